"""Entry lines as reports read them, in date order."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from ledger.core.drafts import COMMUNITY, EXCHANGE, PARTNER
from ledger.core.periods import Span
from ledger.registers.records import Account

BROUGHT_FORWARD = "brought-forward"
"""The kind of opening rows, which sum up all older lines."""

COUNTED_FAMILIES = frozenset({EXCHANGE, COMMUNITY, PARTNER})
"""Families whose live entries count as exchanges of hours."""


class DatasetRow(NamedTuple):
    """One line of an entry with the fields of its entry.

    `amount` is in minor units, debit positive. `owner` 0 is the community itself. `live` is false for reversed
    entries and reversals. `about` is the real day of an entry recorded late. `quantity_milli` is in thousandths.
    """

    seq: int
    line: int
    key: str
    date: dt.date
    family: str
    kind: str
    chart: Account
    unit: str
    fund: str
    amount: int
    owner: int = 0
    programme: str | None = None
    document: str | None = None
    about: dt.date | None = None
    live: bool = True
    private: bool = False
    quantity_milli: int | None = None
    quantity_unit: str | None = None
    method: str | None = None
    entered_by: int | None = None
    confirmed_by: int | None = None
    imported: bool = False

    @property
    def account(self) -> str:
        """The account code."""
        return self.chart.code

    @property
    def quantity(self) -> Fraction:
        """The quantity in its unit; 0 where the line has none."""
        return Fraction(self.quantity_milli or 0, 1000)

    @property
    def is_counted(self) -> bool:
        """Whether the line belongs to an exchange of hours that was not reversed."""
        return self.live and self.family in COUNTED_FAMILIES


class DatasetRows:
    """Rows sorted by date, number and line. A span of days is found by binary search."""

    __slots__ = ("_all", "_days")

    def __init__(self, rows: Iterable[DatasetRow]) -> None:
        self._all = tuple(rows)
        self._days = [row.date for row in self._all]

    def __iter__(self) -> Iterator[DatasetRow]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def within(self, span: Span) -> tuple[DatasetRow, ...]:
        """The rows dated within a span."""
        return self._all[bisect_left(self._days, span.first) : bisect_right(self._days, span.last)]

    def until(self, day: dt.date) -> tuple[DatasetRow, ...]:
        """The rows dated on a day or before it."""
        return self._all[: bisect_right(self._days, day)]


NO_ROWS = DatasetRows(())


row_order = attrgetter("date", "seq", "line")
"""The sort key of rows: date, number, line."""


def total_amount(rows: Iterable[DatasetRow]) -> int:
    """The sum of the rows' amounts, debit positive."""
    return sum(row.amount for row in rows)
