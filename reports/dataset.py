"""What a report is worked out from: the entries it reads, line by line, and the registers, frozen.

A dataset holds the rows of the years that a report compares. What is older stands in rows brought
forward, one for each leaf: they count in balances and in nothing else.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from ledger.amounts import BARTER_VALUE, MINUTES
from ledger.drafts import COMMUNITY, EXCHANGE, PARTNER, YEAR_CLOSE
from ledger.periods import Month, Span, financial_year
from ledger.registers.plans import Budget
from ledger.registers.records import Account, Fund
from reports.registers import Registers

Kept = TypeVar("Kept")
Asked = ParamSpec("Asked")

BROUGHT_FORWARD = "brought-forward"
"""The kind of the rows that sum up what is older than the rows read one by one."""

COUNTED_FAMILIES = frozenset({EXCHANGE, COMMUNITY, PARTNER})
"""Families whose live entries count as exchanges of hours."""

MONEY_CLASSES = ("co-op", "unrestricted-general", "unrestricted-designated", "restricted", "endowment")
"""Classes of the funds that hold money, in the order in which income is shown."""


class Row(NamedTuple):
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


class Rows:
    """Rows in order of day, then number, then line; a span of days is cut out without reading the rest."""

    __slots__ = ("_all", "_days")

    def __init__(self, rows: Iterable[Row]) -> None:
        self._all = tuple(rows)
        self._days = [row.date for row in self._all]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def within(self, span: Span) -> tuple[Row, ...]:
        """The rows dated in a span."""
        return self._all[bisect_left(self._days, span.first) : bisect_right(self._days, span.last)]

    def until(self, day: dt.date) -> tuple[Row, ...]:
        """The rows dated on a day or before it."""
        return self._all[: bisect_right(self._days, day)]


NO_ROWS = Rows(())


def in_order(row: Row) -> tuple[dt.date, int, int]:
    """How rows are sorted: by day, then number, then line."""
    return row.date, row.seq, row.line


def total(rows: Iterable[Row]) -> int:
    """The sum of the rows' amounts, debit positive."""
    return sum(row.amount for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """What a report says of the community itself, and when its books and its financial year begin."""

    slug: str
    name: str
    currency: str = "EUR"
    language: str = "en"
    paper: str = "a4"
    year_starts_month: int = 1
    books_began: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain that the report was read at: its number, its hash and its recorded time."""

    seq: int = 0
    hash: str = ""
    recorded_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Hours that one side says were given: the day it was said and the day the other side agreed."""

    opened: dt.date
    confirmed: dt.date | None = None
    closed: dt.date | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """Everything a report may know, read in one snapshot. Two datasets are never the same, only alike.

    `entries_before` counts the entries that are older than the rows; `whole` is the dataset that this one was
    made from by keeping something back.
    """

    community: Community
    head: Head = field(default_factory=Head)
    rows: Rows = NO_ROWS
    registers: Registers = field(default_factory=Registers)
    names: Mapping[int, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    entries_before: int = 0
    whole: Dataset | None = None
    memory: dict[object, object] = field(default_factory=dict, repr=False)

    @property
    def source(self) -> Dataset:
        """The dataset with nothing kept back: for figures that guard privacy themselves, and for checks."""
        return self.whole or self

    @property
    def currency(self) -> str:
        """The unit of the community's money."""
        return self.community.currency

    @cached_property
    def began(self) -> dt.date | None:
        """The day the books began: as set, else the day of the first entry; None while there is neither."""
        return self.community.books_began or next((row.date for row in self.rows), None)

    def policy(self, key: str) -> object:
        """What the community chose for a policy; None where it chose nothing and no safe value is given."""
        return self.registers.policies.get(key)

    def policy_number(self, key: str, unset: int) -> int:
        """The same for a policy that is a whole number; `unset` is the safe value."""
        value = self.policy(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else unset

    @property
    def least_people(self) -> int:
        """Below how many people a private count is not shown inside the community."""
        return self.policy_number("privacy.k_members", 5)

    def year_of(self, day: dt.date) -> Span:
        """The financial year that a day lies in."""
        return financial_year(Month.of(day), self.community.year_starts_month)

    def year_to(self, day: dt.date) -> Span:
        """From the first day of the financial year to a day."""
        return Span(self.year_of(day).first, day)

    @cached_property
    def _by_account(self) -> Mapping[str, Rows]:
        return _grouped(self.rows, lambda row: row.chart.code)

    @cached_property
    def _by_fund(self) -> Mapping[str, Rows]:
        return _grouped(self.money, lambda row: row.fund)

    def of(self, *codes: str) -> Rows:
        """The rows of some accounts."""
        if len(codes) == 1:
            return self._by_account.get(codes[0], NO_ROWS)
        return Rows(sorted((row for code in codes for row in self.of(code)), key=in_order))

    def in_fund(self, fund: str) -> Rows:
        """The rows of a fund in the community's money."""
        return self._by_fund.get(fund, NO_ROWS)

    @cached_property
    def money(self) -> Rows:
        """The rows in the community's money."""
        return Rows(row for row in self.rows if row.unit == self.currency)

    @cached_property
    def costs(self) -> Rows:
        """Costs in money; the year's close is left out."""
        return Rows(row for row in self.money if row.chart.kind == "expense" and row.family != YEAR_CLOSE)

    @cached_property
    def income(self) -> Rows:
        """Income in money, credit negative; the year's close is left out."""
        return Rows(row for row in self.money if row.chart.kind == "income" and row.family != YEAR_CLOSE)

    @cached_property
    def cash(self) -> Rows:
        """The rows of bank accounts, cash boxes and processors."""
        return Rows(row for row in self.money if row.chart.cash)

    @cached_property
    def time(self) -> Rows:
        """The rows in minutes."""
        return Rows(row for row in self.rows if row.unit == MINUTES)

    @cached_property
    def barter(self) -> Rows:
        """The rows in barter values."""
        return Rows(row for row in self.rows if row.unit == BARTER_VALUE)

    @cached_property
    def counted(self) -> Rows:
        """The rows of exchanges, community hours and partner hours that stand: what hours are counted from."""
        return Rows(row for row in self.rows if row.is_counted and row.kind != BROUGHT_FORWARD)

    @cached_property
    def entries(self) -> Mapping[int, tuple[Row, ...]]:
        """The lines of each entry, by its number."""
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            if row.kind != BROUGHT_FORWARD:
                found.setdefault(row.seq, []).append(row)
        return {seq: tuple(lines) for seq, lines in found.items()}

    @cached_property
    def money_funds(self) -> tuple[Fund, ...]:
        """The funds that hold money, in the order of the register."""
        return tuple(fund for fund in self.registers.funds.values() if fund.class_ in MONEY_CLASSES)

    def funds_of(self, *classes: str) -> frozenset[str]:
        """The codes of the funds of some classes, such as `unrestricted-general`."""
        return frozenset(code for code, fund in self.registers.funds.items() if fund.class_ in classes)

    @cached_property
    def fund_codes(self) -> tuple[str, ...]:
        """The codes of the funds that hold money."""
        return tuple(fund.code for fund in self.money_funds)

    def month_of_year(self, month: Month) -> int:
        """The place of a month in the financial year, from 0."""
        return (month.month - self.community.year_starts_month) % 12

    def budget(self, day: dt.date, as_at: dt.date) -> Budget | None:
        """The plan of a day's financial year: of the approved versions the last approved by `as_at`, else the first."""
        year = self.year_of(day).first.year
        found = [b for b in self.registers.budgets if b.year == year and b.state == "approved"]
        found.sort(key=lambda b: (b.approved or dt.date.min, b.version))
        in_time = [b for b in found if (b.approved or dt.date.min) <= as_at]
        return in_time[-1] if in_time else found[0] if found else None


def kept(function: Callable[Concatenate[Dataset, Asked], Kept]) -> Callable[Concatenate[Dataset, Asked], Kept]:
    """Work a thing out once for each dataset and question, since neither ever changes."""

    @wraps(function)
    def keeping(books: Dataset, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Kept:
        asked = (function, args, tuple(kwargs.items()))
        if asked not in books.memory:
            books.memory[asked] = function(books, *args, **kwargs)
        return books.memory[asked]  # type: ignore[return-value]  # what this very function gave back

    return keeping


def _grouped(rows: Iterable[Row], name: Callable[[Row], str]) -> Mapping[str, Rows]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    return {key: Rows(group) for key, group in found.items()}
