"""The summary: what the knowledge base holds, and who of the four came to which summit."""

import itertools
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any, Final

import ip4kb
from ip4kb.commands.answer import Answer, document, knowledge_base
from ip4kb.commands.terminal import coloured

if TYPE_CHECKING:
    from ip4kb import AttendanceRow, KnowledgeBase, ResolvedCitation, Table

NEXT: Final = """\
What to try next, in Python:

  import ip4kb
  ip4kb.attendance("the-hague-2025")            who came, in whose place and why, with every citation
  ip4kb.evidence("the-hague-2025#start")        the passages behind one place in the data
  ip4kb.claims_about("ip4", stance="supports")  what analysts argue
  ip4kb.disagreements_about("the-hague-2025")   where sources differ
  ip4kb.timeline("japan", since="2023")         what happened, and when
  ip4kb.search("liaison office")                where something is told
  ip4kb.cite("the-hague-2025", style="bibtex")  what to cite for it

In the shell, as ip4kb or as python -m ip4kb:

  ip4kb attendance the-hague-2025               who came, in whose place and why, with every citation
  ip4kb show tokyo-liaison-office               a record, fact by fact
  ip4kb timeline japan --since 2023 --json      what happened, and when, for another program
  ip4kb --help                                  all commands
"""


def arguments(parser: ArgumentParser) -> None:
    """It takes none of its own."""
    parser.set_defaults(answer=_answer)


def _answer(given: Namespace) -> Answer:
    kb = knowledge_base(given)
    table = kb.attendance()
    return Answer(lambda: coloured(text(kb, table)), lambda: document(table, records=_counts(kb)))


def _counts(kb: "KnowledgeBase") -> dict[str, int]:
    return {kind.collection: len(getattr(kb, kind.collection)) for kind in ip4kb.Kind}


def text(kb: "KnowledgeBase", table: "Table[AttendanceRow]") -> str:
    """The size of the record, who came to which summit, and what to try next."""
    from ip4kb.queries.layers import mark_of  # noqa: PLC0415 (a question's module, imported when it is asked)

    lines = [repr(kb), "", "Who of the four came to which NATO summit, and at what level:"]
    notes: dict[ResolvedCitation, int] = {}
    silent = []
    for gathering, rows in itertools.groupby(table, key=lambda row: row.gathering):
        told = list(rows)
        if not any(row.citations for row in told):
            silent.append(gathering)
            continue
        lines += ["", f"{told[0].name} ({gathering}), {told[0].date}"]
        for row in told:
            citation = _telling(row)
            note = "" if citation is None else f" [{notes.setdefault(citation, len(notes) + 1)}]"
            own = f" ({mark})" if (mark := mark_of(row)) else ""
            instead = f", in place of {row.in_place_of}" if row.in_place_of else ""
            who = row.representative or row.presence
            lines.append(f"  {row.partner:<12} {row.level or '-':<26} {who}{instead}{note}{own}")
    if silent:
        lines += ["", f"Unknown, as no source here tells of the four: {', '.join(silent)}."]
    lines += ["", "One passage for each; ask for a summit to see all of them:", ""]
    lines += [f"[{number}] {citation} {citation.source}" for citation, number in notes.items()]
    return "\n".join([*lines, "", NEXT])


def _telling(row: "AttendanceRow") -> "ResolvedCitation | None":
    """The citation that tells most: it says who came, and a machine has checked its passage."""

    def weight(citation: "ResolvedCitation") -> tuple[Any, ...]:
        verified = citation.verification is ip4kb.Verification.VERIFIED
        return "delegates" in citation.supports, verified, not citation.inferred, citation.phrase is not None

    return max(row.citations, key=weight, default=None)
