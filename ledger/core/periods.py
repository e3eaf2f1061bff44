"""Periods: calendar months, which can be closed, and the spans that reports compare."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

EARLIEST, LATEST = 1900, 2999
"""The years that someone may name; beyond them a report would reckon with days that no calendar holds."""


@dataclass(frozen=True, order=True)
class Span:
    """The days from `first` to `last`, both counted."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        """Whether a day lies in the span."""
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
        """The month that a day falls in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written `2026-03`, of the years 1900 to 2999; anything else is a ValueError."""
        year, _, month = text.partition("-")
        if len(year) != 4 or len(month) != 2 or not (year + month).isdecimal() or not 1 <= int(month) <= 12:
            raise ValueError(f"not a month: {text!r}; write it as 2026-03")
        if not EARLIEST <= int(year) <= LATEST:
            raise ValueError(f"no year of these books: {text!r}")
        return cls(int(year), int(month))

    def is_over(self, today: dt.date) -> bool:
        """Whether its last day lies behind."""
        return today > self.last

    @classmethod
    def from_id(cls, period_id: int) -> Self:
        """The month numbered 202603."""
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
        """The month that lies so many months earlier (later, when negative)."""
        count = self.year * 12 + self.month - 1 - months
        return Month(count // 12, count % 12 + 1)

    def next(self) -> Month:
        """The month after."""
        return self.back(-1)

    def previous(self) -> Month:
        """The month before."""
        return self.back(1)

    def __str__(self) -> str:
        """`2026-03`."""
        return f"{self.year:04d}-{self.month:02d}"


def year_to_date(month: Month, first_month: int = 1) -> Span:
    """From the first day of the financial year that the month lies in, to the month's end."""
    start = month.back((month.month - first_month) % 12)
    return Span(start.first, month.last)


def financial_year(month: Month, first_month: int = 1) -> Span:
    """The whole financial year that the month lies in."""
    start = month.back((month.month - first_month) % 12)
    return Span(start.first, start.back(-11).last)


def moving_12(month: Month) -> Span:
    """The twelve months that end with this one."""
    return Span(month.back(11).first, month.last)


def last_year(span: Span) -> Span:
    """The same whole months a year earlier."""
    return Span(Month.of(span.first).back(12).first, Month.of(span.last).back(12).last)
