"""Calendar months, which can be closed, and the spans of days that reports compare."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
"""The accepted years; the margin keeps date arithmetic of reports within Python's calendar."""


@dataclass(frozen=True, order=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        """Whether the day is in the span."""
        return self.first <= day <= self.last

    def months(self) -> Iterator[Month]:
        """The calendar months that the span touches, in order."""
        month = Month.of(self.first)
        while month.first <= self.last:
            yield month
            month = month.next()


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month: the period that a treasurer closes."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written `2026-03`, of the years 1900 to 2999; anything else is a ValueError."""
        year, _, month = text.partition("-")
        if len(year) != 4 or len(month) != 2 or not (year + month).isdecimal() or not 1 <= int(month) <= 12:
            raise ValueError(f"not a month: {text!r}; write it as 2026-03")
        if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            raise ValueError(f"no year of these books: {text!r}")
        return cls(int(year), int(month))

    def is_over(self, today: dt.date) -> bool:
        """Whether its last day is before today."""
        return today > self.last

    @classmethod
    def from_id(cls, period_id: int) -> Self:
        """The month with the number `period_id`, such as 202603."""
        return cls(period_id // 100, period_id % 100)

    @property
    def id(self) -> int:
        """The month's number in the books: 202603 for March 2026."""
        return self.year * 100 + self.month

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)

    def back(self, months: int) -> Month:
        """The month `months` earlier (later if negative)."""
        index = self.year * 12 + self.month - 1 - months
        return Month(index // 12, index % 12 + 1)

    def next(self) -> Month:
        """The next month."""
        return self.back(-1)

    def previous(self) -> Month:
        """The previous month."""
        return self.back(1)

    def __str__(self) -> str:
        """`2026-03`."""
        return f"{self.year:04d}-{self.month:02d}"


def year_to_date(month: Month, first_month: int = 1) -> Span:
    """From the first day of the month's financial year to the end of the month."""
    start = month.back((month.month - first_month) % 12)
    return Span(start.first, month.last)


def financial_year(month: Month, first_month: int = 1) -> Span:
    """The financial year that contains the month."""
    start = month.back((month.month - first_month) % 12)
    return Span(start.first, start.back(-11).last)


def last_12_months(month: Month) -> Span:
    """The twelve months that end with this month."""
    return Span(month.back(11).first, month.last)


def year_earlier(span: Span) -> Span:
    """The same whole months a year earlier."""
    return Span(Month.of(span.first).back(12).first, Month.of(span.last).back(12).last)
