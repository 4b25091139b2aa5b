"""Pictures of answers, drawn with Altair (the extra `plot`): a chart that notebooks show and `save` writes.

`chart.save("picture.png")` needs neither a browser nor a network, nor does `svg`, which gives the picture as text with
the description for those who do not see it. Each chart has a title, and a line with its source and the version of the
data. A < in a text is drawn as the wide sign U+FF1C, which no page takes for markup.

Examples:
    >>> import ip4kb
    >>> chart = ip4kb.plot.attendance(ip4kb.attendance(since="2022"))
    >>> chart.to_dict()["title"]["text"]
    'Who of the four came to the summits of NATO'
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from ip4kb.exceptions import ArgumentError
from ip4kb.extras import require
from ip4kb.model.claim import Stance
from ip4kb.model.gathering import Invitation, Level, Presence
from ip4kb.model.quantity import Unit
from ip4kb.queries.comparison import Speech
from ip4kb.queries.evidence import UNKNOWN
from ip4kb.results.attendance import Attendance
from ip4kb.results.comparison import Comparison
from ip4kb.results.literature import Literature
from ip4kb.results.timeline import Timeline

if TYPE_CHECKING:
    import altair as alt

    from ip4kb.queries.attendance import AttendanceRow
    from ip4kb.queries.timeline import TimelineRow
    from ip4kb.results.table import Table

    Chart = alt.Chart | alt.LayerChart

_TOP: Final = "head of state or government"
_RANKS: Final = {
    Level.HEAD_OF_STATE: _TOP,
    Level.HEAD_OF_GOVERNMENT: _TOP,
    Level.DEPUTY_HEAD_OF_GOVERNMENT: "deputy head of government",
    Level.FOREIGN_MINISTER: "minister",
    Level.DEFENCE_MINISTER: "minister",
    Level.OTHER_MINISTER: "minister",
    Level.DEPUTY_MINISTER: "deputy minister, adviser or official",
    Level.NATIONAL_SECURITY_ADVISER: "deputy minister, adviser or official",
    Level.CHIEF_OF_DEFENCE: "deputy minister, adviser or official",
    Level.AMBASSADOR: "deputy minister, adviser or official",
    Level.OFFICIAL: "deputy minister, adviser or official",
}
_AT_UNKNOWN_LEVEL: Final = "represented, level unknown"
_ATTENDANCE: Final = {
    _TOP: ("circle", "#0072b2"),
    "deputy head of government": ("square", "#56b4e9"),
    "minister": ("triangle-up", "#009e73"),
    "deputy minister, adviser or official": ("diamond", "#e69f00"),
    _AT_UNKNOWN_LEVEL: ("triangle-right", "#5e5e5e"),
    "not represented": ("cross", "#d55e00"),
    "not invited": ("triangle-left", "#cc79a7"),
    "unknown": ("triangle-down", "#949494"),
}
_SPEECH: Final = {
    Speech.SAYS.value: ("circle", "#0072b2"),
    Speech.SILENT.value: ("cross", "#d55e00"),
    Speech.NOT_CODED.value: ("triangle-down", "#949494"),
}
_STANCES: Final = {
    Stance.SUPPORTS.value: "#0072b2",
    Stance.NEUTRAL.value: "#999999",
    Stance.CAUTIONS.value: "#e69f00",
    Stance.OPPOSES.value: "#d55e00",
}


def attendance(answer: Attendance) -> "Chart":
    """Who came to which gathering, as a map of partner by gathering; rank as shape and colour.

    Unknown, not invited and not represented are marks of their own.

    Args:
        answer: What `attendance` answers.

    Raises:
        ArgumentError: If it is another answer, or has no rows.
        MissingLibraryError: If Altair is not installed.
    """
    rows = _rows(answer, Attendance, "attendance")
    values = [
        {
            "partner": row.partner,
            "gathering": row.name,
            "date": str(row.date or ""),
            "came": _came(row),
            "who": _who(row),
        }
        for row in rows
    ]
    order = list(dict.fromkeys(row.name for row in rows))
    told = Counter(value["came"] for value in values)
    alt = require("altair", "plot", "plot.attendance")
    return _dressed(
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=220, opacity=1)
        .encode(
            x=alt.X("gathering:N", sort=order, title=None, axis=alt.Axis(labelAngle=-40, labelLimit=220)),
            y=alt.Y("partner:N", title=None),
            **_by_look(alt, "came", _ATTENDANCE),
            tooltip=["gathering:N", "date:N", "partner:N", "came:N", "who:N"],
        )
        .properties(width=alt.Step(44), height=alt.Step(44)),
        answer,
        "Who of the four came to the summits of NATO",
        f"{_counted(len(order), 'gathering')}; " + ", ".join(f"{name}: {count}" for name, count in told.items()),
    )


def _came(row: "AttendanceRow") -> str:
    if isinstance(row.level, Level):
        return _RANKS[row.level]
    if row.presence is Presence.NOT_REPRESENTED:
        return "not represented"
    if row.presence is Presence.REPRESENTED:
        return _AT_UNKNOWN_LEVEL
    return "not invited" if row.invitation is Invitation.NOT_INVITED else "unknown"


def _who(row: "AttendanceRow") -> str:
    return row.representative or UNKNOWN.value


def timeline(answer: Timeline) -> "Chart":
    """What happened, by theme: a point where the day is known, else a bar over all the days that the date may mean.

    What has no date is left out, and counted in the description.

    Args:
        answer: What `timeline` answers.

    Raises:
        ArgumentError: If it is another answer, or has no rows.
        MissingLibraryError: If Altair is not installed.
    """
    rows = _rows(answer, Timeline, "timeline")
    values = [
        {
            "theme": theme,
            "kind": row.kind,
            "first": row.date.first.isoformat(),
            "last": (row.until or row.date).last.isoformat(),
            "date": str(row.date),
            "day": row.date.first == (row.until or row.date).last,
            "name": row.name,
            "summary": row.summary,
        }
        for row in rows
        if row.date is not None
        for theme in (row.themes or ("no theme",))[:1]
    ]
    undated = sum(row.date is None for row in rows)
    alt = require("altair", "plot", "plot.timeline")
    kinds = {"summit": "#0072b2", "meeting": "#56b4e9", "declaration": "#e69f00", "development": "#009e73"}
    shapes = {"summit": "circle", "meeting": "square", "declaration": "diamond", "development": "triangle-up"}
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("first:T", title=None),
        y=alt.Y("theme:N", title=None, sort=_by_count(value["theme"] for value in values)),
        color=alt.Color("kind:N", title=None, scale=_scale(alt, kinds)),
        tooltip=["date:N", "kind:N", "name:N", "summary:N"],
    )
    return _dressed(
        alt.layer(
            base.transform_filter("!datum.day").mark_bar(height=6, opacity=0.5).encode(x2="last:T"),
            base.transform_filter("datum.day")
            .mark_point(filled=True, size=60, opacity=0.9)
            .encode(shape=alt.Shape("kind:N", title=None, scale=_scale(alt, shapes))),
        ).properties(width=640, height=alt.Step(22)),
        answer,
        answer.title,
        f"{_counted(len(values), 'dated event')} by theme; {undated} without a date left out",
    )


def wording(answer: Comparison) -> "Chart":
    """Which document speaks of which theme, over the years; what is not coded has a mark of its own.

    Args:
        answer: What `compare` answers.

    Raises:
        ArgumentError: If it is another answer, or has no rows.
        MissingLibraryError: If Altair is not installed.
    """
    rows = _rows(answer, Comparison, "compare")
    values = [
        {
            "document": f"{row.name} ({row.issued})" if row.issued else row.name,
            "theme": row.theme.value,
            "speech": row.speech.value,
            "summary": row.summary or "",
        }
        for row in rows
    ]
    order = list(dict.fromkeys(value["document"] for value in values))
    alt = require("altair", "plot", "plot.wording")
    return _dressed(
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=120, opacity=1)
        .encode(
            x=alt.X("theme:N", title=None, sort=None, axis=alt.Axis(labelAngle=-40)),
            y=alt.Y("document:N", title=None, sort=order, axis=alt.Axis(labelLimit=360)),
            **_by_look(alt, "speech", _SPEECH),
            tooltip=["document:N", "theme:N", "speech:N", "summary:N"],
        )
        .properties(width=alt.Step(34), height=alt.Step(26)),
        answer,
        "What the documents speak of",
        f"{_counted(len(order), 'document')}, {_counted(len({row.theme for row in rows}), 'theme')}",
    )


def spending(answer: Timeline) -> "Chart":
    """Defence spending as a share of gross domestic product, where a step gives a figure; as sources say, not measured.

    A point stands where the day is known, else a bar over all the days that the date may mean.

    Args:
        answer: What `timeline` answers, for instance for the theme `defence-spending`.

    Raises:
        ArgumentError: If it is another answer, or no row has a share of GDP and a date.
        MissingLibraryError: If Altair is not installed.
    """
    rows = [row for row in _rows(answer, Timeline, "timeline") if _share(row) is not None and row.date is not None]
    if not rows:
        msg = "No row gives a share of GDP with a date; ask, for instance, timeline(theme='defence-spending')."
        raise ArgumentError(msg)
    values = [
        {
            "first": row.date.first.isoformat(),
            "last": row.date.last.isoformat(),
            "day": row.date.first == row.date.last,
            "share": _share(row),
            "of": row.name,
            "date": str(row.date),
            "told": row.summary,
        }
        for row in rows
        if row.date is not None
    ]
    alt = require("altair", "plot", "plot.spending")
    named, legend = alt.Scale(domain=sorted({row.name for row in rows})), alt.Legend(labelLimit=320)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("first:T", title="told on"),
        y=alt.Y("share:Q", title="per cent of GDP", scale=alt.Scale(domainMin=0)),
        color=alt.Color("of:N", title=None, scale=named, legend=legend),
        tooltip=["of:N", "date:N", "share:Q", "told:N"],
    )
    return _dressed(
        alt.layer(
            base.transform_filter("!datum.day").mark_bar(height=6, opacity=0.6).encode(x2="last:T"),
            base.transform_filter("datum.day")
            .mark_point(filled=True, size=120, opacity=0.9)
            .encode(shape=alt.Shape("of:N", title=None, scale=named, legend=legend)),
        ).properties(width=560, height=320),
        answer,
        "Defence spending as sources put it",
        f"{_counted(len(values), 'figure')}, plans and counts among them",
    )


def _share(row: "TimelineRow") -> float | None:
    quantity = row.quantity
    return quantity.value if quantity is not None and quantity.unit is Unit.PERCENT_OF_GDP else None


def literature(answer: Literature) -> "Chart":
    """How many claims about each partner and grouping support closer ties, caution, oppose or stay neutral.

    Args:
        answer: What `literature` answers.

    Raises:
        ArgumentError: If it is another answer, or no claim in it takes a stance.
        MissingLibraryError: If Altair is not installed.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for row in _rows(answer, Literature, "literature"):
        if row.stance is not None and row.subject is not None:
            counts[row.subject, row.stance.value] += len(row.claims)
    if not counts:
        msg = "No claim in this answer takes a stance on closer ties, so there is nothing to draw."
        raise ArgumentError(msg)
    stances = list(_STANCES)
    values = [
        {"subject": subject, "stance": stance, "claims": count, "order": stances.index(stance)}
        for (subject, stance), count in counts.items()
    ]
    alt = require("altair", "plot", "plot.literature")
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "subject:N",
            title=None,
            sort=_by_count(subject for (subject, _), count in counts.items() for _ in range(count)),
        ),
        x=alt.X("claims:Q", title="claims", stack="zero"),
        order=alt.Order("order:Q"),
    )
    return _dressed(
        alt.layer(
            base.mark_bar().encode(
                color=alt.Color("stance:N", title="on closer ties", scale=_scale(alt, _STANCES)),
                tooltip=["subject:N", "stance:N", "claims:Q"],
            ),
            base.transform_filter("datum.claims > 3")
            .mark_text(align="right", dx=-3, color="black", fontSize=10)
            .encode(text="claims:Q"),
        ).properties(width=520, height=alt.Step(24)),
        answer,
        "What the literature argues, and about whom",
        "; ".join(f"{stance}: {sum(n for (_, s), n in counts.items() if s == stance)} claims" for stance in stances),
    )


def svg(chart: "Chart") -> str:
    """A chart as SVG: its title and description stand in it for screen readers, as the one image that it is.

    Raises:
        MissingLibraryError: If vl-convert is not installed.
    """
    converter = require("vl_convert", "plot", "plot.svg")
    drawn: str = converter.vegalite_to_svg(chart.to_json())
    spoken = f'role="img" aria-label="{escape(str(chart.description))}"'
    return drawn.replace("<svg ", f"<svg {spoken} ", 1)


# --- what all pictures share -----------------------------------------------------------------------------------------


def _rows(answer: Any, wanted: type["Table[Any]"], question: str) -> Sequence[Any]:
    if not isinstance(answer, wanted):
        msg = f"What is drawn must be what {question}() answers, but is {answer!r}."
        raise ArgumentError(msg)
    if not answer:
        msg = f"{answer.title!r} has no rows, so there is nothing to draw."
        raise ArgumentError(msg)
    return answer


def _scale(alt: Any, looks: dict[str, str]) -> Any:
    return alt.Scale(domain=list(looks), range=list(looks.values()))


def _by_look(alt: Any, field: str, looks: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Shape and colour that say the same, so that either is enough."""
    shapes, colours = ({name: look[index] for name, look in looks.items()} for index in (0, 1))
    legend = alt.Legend(symbolOpacity=1, labelLimit=280)
    return {
        "shape": alt.Shape(f"{field}:N", title=None, scale=_scale(alt, shapes), legend=legend),
        "color": alt.Color(f"{field}:N", title=None, scale=_scale(alt, colours), legend=legend),
    }


def _by_count(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common()]


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _dressed(chart: Any, answer: "Table[Any]", title: str, told: str) -> "Chart":
    """The chart with its title, the line with the source, and a description in words."""
    version = f" {answer.data_version}" if answer.data_version else ""
    source = f"Source: ip4kb, data{version}, CC BY 4.0"
    subtitle = [line for line in (answer.caveat, source) if line]
    dressed: Chart = _inert(
        chart.properties(
            title={"text": title, "subtitle": subtitle, "anchor": "start", "fontSize": 14},
            description=f"{title}. {told}. {source}.",
            background="white",
        )
        .configure_view(stroke="#cccccc")
        .configure_axis(grid=True, gridColor="#eeeeee")
    )
    return dressed


def _inert(chart: Any) -> Any:
    """The chart with a wide sign for each <, since Altair writes texts as they are into the script of a page."""
    spec = chart.to_json(validate=False)
    return chart if "<" not in spec else type(chart).from_json(spec.replace("<", "\uff1c"))
