"""Who came, as a table."""

from typing import ClassVar

from ip4kb.queries.attendance import AttendanceRow
from ip4kb.queries.evidence import UNKNOWN
from ip4kb.results.table import Column, Table


def _who(row: AttendanceRow) -> str:
    told = row.representative or row.presence
    if told == UNKNOWN and row.invitation is not UNKNOWN:
        told = row.invitation
    instead = f", in place of {row.in_place_of}" if row.in_place_of else ""
    return f"{told}{instead}" + "".join(f". Reason: {reason}" for reason in row.reasons)


class Attendance(Table[AttendanceRow]):
    """Who of the four came to which gathering: an `AttendanceRow` for each, by date, then by partner."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("gathering", 16, lambda row: row.gathering),
        Column("partner", 11, lambda row: row.partner),
        Column("level", 20, lambda row: row.level),
        Column("standing", 13, lambda row: row.standing),
        Column("who", 42, _who),
    )
