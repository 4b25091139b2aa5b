"""What every record has in common: how it looks in one line."""


class Record:
    """The base of the nine kinds of record; each is shown by its kind, its id, and its name, title or summary.

    Attributes:
        id: Unique id among all records.
    """

    __slots__ = ()

    id: str

    def __repr__(self) -> str:
        known_as = next(getattr(self, field) for field in ("name", "title", "summary") if hasattr(self, field))
        return f"<{type(self).__name__} {self.id}: {known_as}>"
