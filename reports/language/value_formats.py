"""Formats of values in sentences and cells. Values stay exact and are rounded once, half away from zero.

The records here are message values. `str()` writes them in English; `web.i18n.formats` localizes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.core.amounts import BARTER_VALUE, MINUTES, scale_of
from ledger.core.messages import N_, Message, make_counted_message, make_message
from ledger.core.periods import Month, Span

DECIMALS: Mapping[str, int] = {
    "count": 0,
    "days": 0,
    "kWh": 0,
    "m3": 0,
    "kg": 0,
    "months": 1,
    "ratio": 1,
    "percent": 1,
    "index": 2,
    "per year": 2,
    "kWh/person-night": 2,
    "kg/person-night": 2,
    "m3/person-night": 3,
}
"""The number of decimals shown for each unit that is not an amount."""

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency code: three capital letters, such as EUR."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def rounded(value: int | Fraction, places: int) -> int:
    """The value times 10**places as an integer, rounded half away from zero."""
    units = (abs(Fraction(value)) * 10**places * 2 + 1) // 2
    return -int(units) if value < 0 else int(units)


def decimal(value: int | Fraction, places: int) -> str:
    """A number with fixed decimals and thousands separators; never "-0"."""
    units = rounded(value, places)
    whole, rest = divmod(abs(units), 10**places)
    return ("-" if units < 0 else "") + f"{whole:,}" + (f".{rest:0{places}d}" if places else "")


def hours_and_minutes(minutes: int | Fraction) -> str:
    """Minutes as hours and minutes: 467 is "7:47"."""
    units = rounded(minutes, 0)
    hours, rest = divmod(abs(units), 60)
    return ("-" if units < 0 else "") + f"{hours}:{rest:02d}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit: minor units for money and barter values, minutes for time, else the unit itself."""

    value: int | Fraction
    unit: str

    def __str__(self) -> str:
        unit, _, per = self.unit.partition("/")
        if self.unit == MINUTES:
            return hours_and_minutes(self.value)
        if self.unit in DECIMALS:
            return decimal(self.value, DECIMALS[self.unit]) + (" %" if self.unit == "percent" else "")
        if unit == BARTER_VALUE or is_money(unit):
            scale = scale_of(unit)
            return decimal(Fraction(self.value, 10**scale), max(scale, 2) if per else scale)
        return decimal(self.value, 0)


@dataclass(frozen=True, slots=True)
class HoursInWords:
    """Minutes in words: "7 hours 47 minutes"."""

    minutes: int

    @property
    def message(self) -> Message:
        """The text as a message with two plural forms."""
        hours, minutes = divmod(self.minutes, 60)
        both = {
            "hours": make_counted_message("%(count)s hour", "%(count)s hours", hours),
            "minutes": make_counted_message("%(count)s minute", "%(count)s minutes", minutes),
        }
        return make_message(N_("%(hours)s %(minutes)s"), **both)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class MonthName:
    """The name of a month, without the year."""

    month: Month

    @property
    def message(self) -> Message:
        """The name as a message."""
        return make_message(MONTHS[self.month.month - 1])

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class YearName:
    """A financial year: "2026", or "2026/27" where it spans two calendar years."""

    span: Span

    def __str__(self) -> str:
        first, last = self.span.first.year, self.span.last.year
        return str(first) if first == last else f"{first}/{last % 100:02d}"


@dataclass(frozen=True, slots=True)
class DayName:
    """A day without its year: "1 April"."""

    day: dt.date

    @property
    def message(self) -> Message:
        """The day as a message, so that a language can put the month first."""
        return make_message(N_("%(day)s %(month)s"), day=self.day.day, month=make_message(MONTHS[self.day.month - 1]))

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class NameInSentence:
    """A register name inside a sentence: lower case where it is a plain word ("the garden"), else unchanged."""

    name: str

    def __str__(self) -> str:
        first, rest = self.name[:1], self.name[1:]
        return first.lower() + rest if rest == rest.lower() else self.name
