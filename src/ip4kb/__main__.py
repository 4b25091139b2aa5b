"""The command line: what the knowledge base holds, and who of the four came to which summit."""

import sys

from ip4kb.knowledge_base import load
from ip4kb.model.kind import Kind
from ip4kb.results.attendance import Attendance

NEXT = """\
What to try next, in Python:

  import ip4kb
  ip4kb.attendance("the-hague-2025")        who came, in whose place, and why
  ip4kb.evidence("south-korea#capital")     the passages behind one fact
  ip4kb.claims_about("ip4", stance="supports")
  ip4kb.disagreements_about("the-hague-2025")
  ip4kb.timeline("japan", since="2023")
"""


def summary() -> str:
    """The summary that `python -m ip4kb` prints."""
    kb = load()
    counts = ", ".join(f"{len(getattr(kb, kind.collection))} {kind.collection}" for kind in Kind)
    found: Attendance = kb.attendance()
    return f"ip4kb, data version {kb.data_version}: {counts}.\n\n{found!r}\n\n{NEXT}"


if __name__ == "__main__":
    sys.stdout.write(summary())
