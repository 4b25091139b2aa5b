"""The command line: `python -m ip4brief japan --output briefing.html`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ip4kb import Ip4kbError

from ip4brief.desk import opened
from ip4brief.page import briefing


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the briefing that was asked for; what cannot be answered is told in a sentence."""
    parser = argparse.ArgumentParser("ip4brief", description="A briefing on one of NATO's Indo-Pacific partners.")
    parser.add_argument("partner", help="name, id or code: japan, 'South Korea', NZ")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the page to write; standard output without it")
    parser.add_argument("--overlay", type=Path, metavar="PATH", action="append", default=[], help="further own records")
    parser.add_argument("--as-known-on", metavar="DATE", help="only what sources published by then say")
    asked = parser.parse_args(arguments)
    try:
        kb = opened(asked.overlay, asked.as_known_on)
        page = briefing(kb, kb.partners.lookup(asked.partner))
        if asked.output is None:
            sys.stdout.buffer.write(page.encode())
        else:
            asked.output.write_text(page, "utf-8")
    except (Ip4kbError, OSError) as error:
        sys.exit(f"ip4brief: {error}")


if __name__ == "__main__":
    main()
