"""A briefing on one of NATO's Indo-Pacific partners, as a page to print before a meeting."""

from ip4brief.desk import opened
from ip4brief.page import briefing

__all__ = ["briefing", "opened"]
