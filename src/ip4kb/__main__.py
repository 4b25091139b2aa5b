"""The command line: what the knowledge base holds, and who of the four came to which summit."""

import itertools
import sys

from ip4kb.knowledge_base import load
from ip4kb.queries.attendance import AttendanceRow
from ip4kb.queries.evidence import ResolvedCitation, Verification

NEXT = """\
What to try next, in Python:

  import ip4kb
  ip4kb.attendance("the-hague-2025")            who came, in whose place and why, with every citation
  ip4kb.evidence("the-hague-2025#start")        the passages behind one place in the data
  ip4kb.claims_about("ip4", stance="supports")  what analysts argue
  ip4kb.disagreements_about("the-hague-2025")   where sources differ
  ip4kb.timeline("japan", since="2023")         what happened, and when
  ip4kb.search("liaison office")                where something is told
  ip4kb.cite("the-hague-2025", style="bibtex")  what to cite for it
"""


def _telling(row: AttendanceRow) -> ResolvedCitation | None:
    """The citation that tells most: it says who came, and a machine has checked its passage."""

    def weight(citation: ResolvedCitation) -> tuple[bool, bool, bool, bool]:
        verified = citation.verification is Verification.VERIFIED
        return "delegates" in citation.supports, verified, not citation.inferred, citation.phrase is not None

    return max(row.citations, key=weight, default=None)


def summary() -> str:
    """What `python -m ip4kb` prints: the size of the record, who came to which summit, and what to try next."""
    kb = load()
    lines = [repr(kb), "", "Who of the four came to which NATO summit, and at what level:"]
    notes: dict[ResolvedCitation, int] = {}
    silent = []
    for gathering, rows in itertools.groupby(kb.attendance(), key=lambda row: row.gathering):
        told = list(rows)
        if not any(row.citations for row in told):
            silent.append(gathering)
            continue
        lines += ["", f"{told[0].name} ({gathering}), {told[0].date}"]
        for row in told:
            citation = _telling(row)
            mark = "" if citation is None else f" [{notes.setdefault(citation, len(notes) + 1)}]"
            instead = f", in place of {row.in_place_of}" if row.in_place_of else ""
            who = row.representative or row.presence
            lines.append(f"  {row.partner:<12} {row.level or '-':<26} {who}{instead}{mark}")
    if silent:
        lines += ["", f"Unknown, as no source here tells of the four: {', '.join(silent)}."]
    lines += ["", "One passage for each; ask for a summit to see all of them:", ""]
    lines += [f"[{number}] {citation} {citation.source}" for citation, number in notes.items()]
    return "\n".join([*lines, "", NEXT])


if __name__ == "__main__":
    sys.stdout.write(summary())
