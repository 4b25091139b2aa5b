"""The common questions as views of SQLite; what no source says is `unknown` there, too.

`layer` names the last overlay without which a row would not be so.
"""

from typing import Final

import attrs


@attrs.frozen(kw_only=True)
class View:
    """A question and its answer.

    Attributes:
        name: Its name.
        meaning: What a row is.
        query: The query, in the SQL of SQLite 3.30 or later.
    """

    name: str
    meaning: str
    query: str


VIEWS: Final = (
    View(
        name="attendance",
        meaning="Who of the four came to which gathering: a row for each at each summit, and for each at those meetings"
        " of which something is known. 'unknown' is what no source says; no level means that nobody came.",
        query="""
with
    gathering(id, kind, name, date) as (
        select id, 'summit', name, start from summit union all select id, 'meeting', name, start from meeting
    ),
    present(participation, names) as (
        select participation, group_concat(name, '; ') from (
            select participation, coalesce(person.name || ', ' || office, person.name, office, level) as name
            from delegate left join person on person.id = delegate.person
            order by participation, nth
        ) group by participation
    ),
    weakness(standing, rank) as (
        values ('disputed', 1), ('single-source', 2), ('corroborated', 3), ('official', 4), ('unknown', 5)
    )
select
    gathering.id as gathering,
    gathering.kind,
    gathering.name,
    gathering.date,
    partner.id as partner,
    coalesce(took.invitation, 'unknown') as invitation,
    coalesce(took.presence, 'unknown') as presence,
    coalesce(
        (
            select level from delegate join word on word.vocabulary = 'Level' and word.word = delegate.level
            where delegate.participation = took.place order by word.rank limit 1
        ),
        case took.presence when 'not-represented' then null else 'unknown' end
    ) as level,
    present.names as representatives,
    instead.name as in_place_of,
    coalesce(took.mode, 'unknown') as mode,
    coalesce(took.basis, 'unknown') as basis,
    coalesce(
        (
            select standing from fact join weakness using (standing)
            where part = took.place and field in ('presence', 'delegates') order by weakness.rank limit 1
        ),
        (
            select standing from fact join weakness using (standing)
            where part = took.place order by weakness.rank limit 1
        ),
        'unknown'
    ) as standing,
    gathering.id || '#participations.' || partner.id as place,
    (select layer from place where place.place = took.place) as layer
from gathering cross join partner
left join participation as took on took.record = gathering.id and took.party = partner.id
left join present on present.participation = took.place
left join person as instead on instead.id = took.in_place_of
where gathering.kind = 'summit' or took.place is not null
order by gathering.date is null, gathering.date, gathering.id, partner.id
""",
    ),
    View(
        name="timeline",
        meaning="What happened: summits, meetings, documents, and steps of initiatives and partners.",
        query="""
with
    theme(record, names) as (
        select record, group_concat(theme, '; ') from (
            select summit as record, nth, theme from summit_themes
            union all select meeting, nth, theme from meeting_themes
            union all select initiative, nth, theme from initiative_themes
            union all select declaration, nth, theme from provision
            order by 1, 2
        ) group by record
    ),
    step(place, names) as (
        select place, group_concat(theme, '; ') from (
            select place, 0 as nth, theme from development where theme is not null
            union all
            select development.place, initiative_themes.nth, initiative_themes.theme
            from development join initiative_themes on initiative_themes.initiative = development.record
            where initiative_themes.theme is not development.theme
            order by 1, 2
        ) group by place
    )
select happened.*, place.standing, place.layer from (
    select start as date, "end" as until, 'summit' as kind, id as record, name, id as place,
        coalesce(summary, name) as summary, theme.names as themes
    from summit left join theme on theme.record = id
    union all
    select start, "end", 'meeting', id, name, id, coalesce(summary, name), theme.names
    from meeting left join theme on theme.record = id
    union all
    select issued, null, 'declaration', id, name, id, coalesce(summary, name || ' issued.'), theme.names
    from declaration left join theme on theme.record = id
    union all
    select date, until, 'development', record, subject.name, development.place, summary, step.names
    from development join subject on subject.id = development.record left join step on step.place = development.place
) as happened
join place on place.place = happened.place
order by date is null, date, happened.record, happened.place
""",
    ),
    View(
        name="wording",
        meaning="What each document says on each theme, or that it is silent; 'not coded' is unknown, and no silence.",
        query="""
select
    word.word as theme,
    declaration.id as declaration,
    declaration.name,
    declaration.issued,
    coalesce(told.speech, 'not coded') as speech,
    told.summary,
    coalesce(told.place, declaration.id) as place,
    place.layer
from declaration
join word on word.vocabulary = 'Theme'
left join (
    select declaration, theme, 'says' as speech, summary, place from provision
    union all
    select declaration, theme, 'silent', summary, place from silence
) as told on told.declaration = declaration.id and told.theme = word.word
left join place on place.place = told.place
order by word.rank, declaration.issued is null, declaration.issued, declaration.id, told.speech
""",
    ),
    View(
        name="signatories",
        meaning="Who issued which document, alone or with others.",
        query="""
select
    declaration.id as declaration, declaration.name, declaration.kind, declaration.issued,
    issuer.id as party, issuer.name as party_name, fact.layer
from declaration_issuers
join declaration on declaration.id = declaration_issuers.declaration
join subject as issuer on issuer.id = declaration_issuers.party
left join fact on fact.place = declaration.id || '#issuers'
order by declaration.issued is null, declaration.issued, declaration.id, declaration_issuers.nth
""",
    ),
    View(
        name="initiative_status",
        meaning="What became of each initiative: the status that the last step with one sets; none where none does.",
        query="""
select
    initiative.id as initiative, initiative.name, initiative.kind, last.status, last.date, last.place, place.layer
from initiative
left join development as last on last.place = (
    select place from development where record = initiative.id and status is not null order by nth desc limit 1
)
left join place on place.place = last.place
order by initiative.id
""",
    ),
    View(
        name="arguments",
        meaning="What sources argue, foresee or count: a row for each claim and what it is about.",
        query="""
select
    claim_about.about, claim.id as claim, claim.kind, claim.stance, claim.summary, source.id as source, source.title,
    source.publisher, source.published, place.layer
from claim
join claim_about on claim_about.claim = claim.id
join place on place.place = claim.id
join source on source.id = (select citation.source from citation where citation.part = claim.id order by id limit 1)
order by claim.id, claim_about.nth
""",
    ),
    View(
        name="positions",
        meaning="Where sources differ: a row for each position, with the sources that take it.",
        query="""
select
    disagreement.id as disagreement, disagreement.name, position."key" as position, position.statement,
    position.adopted, disagreement.reasoning,
    (
        select group_concat(source, '; ') from (
            select distinct citation.source from citation
            where citation.part = position.place
                or citation.part in (select claim from position_claims where position_claims.position = position.place)
            order by citation.source
        )
    ) as sources,
    place.layer
from disagreement join position on position.disagreement = disagreement.id join place on place.place = position.place
order by disagreement.id, position.nth
""",
    ),
    View(
        name="evidence",
        meaning="The citations behind each fact, with the address that opens the source at the passage.",
        query="""
select
    fact.place, fact.value, fact.standing, source.id as source, source.title, source.publisher, source.published,
    citation.paragraph, citation.number, citation.page, citation.phrase, citation.inferred, citation.verification,
    citation.url, fact.layer, citation.layer as citation_layer
from fact
join fact_citation on fact_citation.fact = fact.place
join citation on citation.id = fact_citation.citation
join source on source.id = citation.source
order by fact.place, citation.id
""",
    ),
)
