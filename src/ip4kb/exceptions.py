"""The failures of ip4kb, each a class of its own and each a sentence for people."""

import attrs


class Ip4kbError(Exception):
    """The base of every error that ip4kb raises on purpose."""


class DateError(Ip4kbError, ValueError):
    """A date that is not ISO 8601 in year, year-month or year-month-day form, or does not exist."""


class InvalidValueError(Ip4kbError, ValueError):
    """A value that breaks a rule of the field it was given to."""


class ArgumentError(Ip4kbError, ValueError):
    """An argument of a question that has the wrong type, form or order."""


class UnknownRecordError(Ip4kbError, LookupError):
    """An id or a name that belongs to no record of the kind that was asked for."""


class AmbiguousNameError(Ip4kbError, LookupError):
    """A name that several bearers share; the message names them."""


class MissingLibraryError(Ip4kbError, ImportError):
    """A library that is not needed for anything else and is not installed; the message gives the command."""


class ExportError(Ip4kbError, OSError):
    """An export that could not be written; what stood in its place before is as it was."""


class OverlayWarning(UserWarning):
    """What an overlay leaves behind that is no fault of its own, such as a source beneath that nothing cites now."""


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong with one place in the data.

    Attributes:
        file: The file, relative to the folder or zip it was read from.
        place: The place in the record (`the-hague-2025#participations.japan`), or empty for the whole file.
        rule: The name of the rule that is broken, such as `references`.
        message: A sentence that says what is wrong, with the value and the way out.
    """

    file: str
    place: str
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        sentence = f"{where}: {self.message} [{self.rule}]"
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in sentence)


class DataError(Ip4kbError, ValueError):
    """Data that breaks the rules; lists every problem found, and nothing of it was loaded.

    Attributes:
        problems: What is wrong, one `Problem` a place.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem in the data" if count == 1 else f"{count} problems in the data"
        return "\n".join([f"{head}; nothing was loaded:", *(f"- {problem}" for problem in self.problems)])
