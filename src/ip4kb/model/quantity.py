"""Figures with their unit, period and scope."""

from enum import StrEnum
from typing import Final

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.field import finite


class Unit(StrEnum):
    """What a quantity counts; currencies by their ISO 4217 code."""

    PERCENT_OF_GDP = "percent-of-gdp"
    """Per cent of gross domestic product."""
    PERCENT = "percent"
    """Per cent of anything else; `scope` says of what."""
    USD = "usd"
    """United States dollars."""
    AUD = "aud"
    """Australian dollars."""
    NZD = "nzd"
    """New Zealand dollars."""
    JPY = "jpy"
    """Japanese yen."""
    KRW = "krw"
    """South Korean won."""
    EUR = "eur"
    """Euros."""
    GBP = "gbp"
    """Pounds sterling."""
    PERSONS = "persons"
    """People."""
    UNITS = "units"
    """Things that can be counted, such as tanks or ships; `scope` says which."""
    COUNTRIES = "countries"
    """Countries."""
    YEARS = "years"
    """Years, as a length of time."""


class Qualifier(StrEnum):
    """How exactly a source gives a figure."""

    EXACT = "exact"
    """The source gives the figure as it stands, rounded or not."""
    ABOUT = "about"
    """The source says about, nearly, some or around."""
    AT_LEAST = "at-least"
    """The source says at least, so this figure or more."""
    OVER = "over"
    """The source says over or more than, so more than this figure."""
    UP_TO = "up-to"
    """The source says up to or at most, so this figure or less."""


_CURRENCIES: Final = frozenset({Unit.USD, Unit.AUD, Unit.NZD, Unit.JPY, Unit.KRW, Unit.EUR, Unit.GBP})
_WORDS: Final = {Unit.PERCENT_OF_GDP: "per cent of GDP", Unit.PERCENT: "per cent", Unit.UNITS: ""}


@attrs.frozen(kw_only=True)
class Quantity:
    """A figure as a source gives it.

    Attributes:
        value: The number in full (600000000000, not 600), or the lower end of a span.
        to: The upper end of a span.
        unit: What is counted.
        qualifier: How exact the source is.
        since: Start of the period the figure is about.
        until: End of the period, or the date by which it is to be reached.
        scope: What or whom the figure concerns, in a few words.
    """

    value: int | float = attrs.field(validator=finite)
    to: int | float | None = attrs.field(default=None, validator=finite)
    unit: Unit
    qualifier: Qualifier = Qualifier.EXACT
    since: PartialDate | None = None
    until: PartialDate | None = None
    scope: str | None = None

    def __str__(self) -> str:
        """The figure in words: `about USD 1,200,000 to 1,500,000, 2024 to 2026 (Japan)`."""
        amount = " to ".join(f"{number:,}" for number in (self.value, self.to) if number is not None)
        qualifier = "" if self.qualifier is Qualifier.EXACT else self.qualifier.replace("-", " ")
        before, after = (self.unit.upper(), "") if self.unit in _CURRENCIES else ("", _WORDS.get(self.unit, self.unit))
        figure = " ".join(filter(None, [qualifier, before, amount, after]))
        period = " to ".join(str(date) for date in (self.since, self.until) if date is not None)
        return figure + (f", {period}" if period else "") + (f" ({self.scope})" if self.scope else "")
