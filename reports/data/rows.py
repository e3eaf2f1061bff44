"""The lines of the entries as reports read them, in the order of their days."""

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
"""The kind of the rows that sum up what is older than the rows read one by one."""

COUNTED_FAMILIES = frozenset({EXCHANGE, COMMUNITY, PARTNER})
"""Families whose live entries count as exchanges of hours."""


class DatasetRow(NamedTuple):
    """One line of an entry with the entry's head: what every figure is added up from.

    `amount` is in minor units, debit positive; `owner` 0 is the community itself; `live` is false where the
    entry is reversed or reverses; `about` is the real day of a late fact; a quantity is in thousandths.
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
        """The code of its account."""
        return self.chart.code

    @property
    def quantity(self) -> Fraction:
        """How much of a thing the line is about, in its unit; 0 where it says nothing."""
        return Fraction(self.quantity_milli or 0, 1000)

    @property
    def is_counted(self) -> bool:
        """Whether the line belongs to an exchange of hours that stands."""
        return self.live and self.family in COUNTED_FAMILIES


class DatasetRows:
    """Rows in order of day, then number, then line; a span of days is cut out without reading the rest."""

    __slots__ = ("_all", "_days")

    def __init__(self, rows: Iterable[DatasetRow]) -> None:
        self._all = tuple(rows)
        self._days = [row.date for row in self._all]

    def __iter__(self) -> Iterator[DatasetRow]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def within(self, span: Span) -> tuple[DatasetRow, ...]:
        """The rows dated in a span."""
        return self._all[bisect_left(self._days, span.first) : bisect_right(self._days, span.last)]

    def until(self, day: dt.date) -> tuple[DatasetRow, ...]:
        """The rows dated on a day or before it."""
        return self._all[: bisect_right(self._days, day)]


NO_ROWS = DatasetRows(())


row_order = attrgetter("date", "seq", "line")
"""How rows are sorted: by day, then number, then line."""


def total_amount(rows: Iterable[DatasetRow]) -> int:
    """The sum of the rows' amounts, debit positive."""
    return sum(row.amount for row in rows)
