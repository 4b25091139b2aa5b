"""What type checkers must refuse. They read this file and complain of an ignore that is not needed; it is never run.

Each line names the refusal of mypy, then that of pyright.
"""

# What follows from a refusal is not refused a second time.
# pyright: reportUnknownMemberType=false, reportUnusedExpression=false

import ip4kb
from ip4kb import Alias, AliasKind, KnowledgeBase, PartialDate

# Names that are not there.
ip4kb.partnrs  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.load().partnrs  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.partners["japan"].captial  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.attendance()[0].levle  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.find("japan").participations  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.Theme.SPCAE  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]

# Arguments of the wrong type, or that are not there.
ip4kb.partners[1]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
ip4kb.partners.lookup(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ip4kb.attendance(2025)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ip4kb.attendance("madrid-2022", "japan")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
ip4kb.attendance(parnter="japan")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
ip4kb.timeline(since=2022)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ip4kb.claims_about()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
KnowledgeBase.from_directory(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ip4kb.load().with_overlay(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ip4kb.load().with_overlay([1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
PartialDate.parse(2025)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
PartialDate("2025")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
PartialDate(2025) < 2026  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
Alias(text="Nippon")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Alias("Nippon", AliasKind.SHORT)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

# Changing what never changes.
ip4kb.partners["japan"] = ip4kb.partners["australia"]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
ip4kb.partners["japan"].name = "Nippon"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.load().partners = ip4kb.partners  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
ip4kb.people["someone"] = ip4kb.people["mark-rutte"]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
ip4kb.attendance().title = "Another"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
PartialDate(2025).month = 6  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
