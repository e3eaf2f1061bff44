"""The input of a report: entry lines and registers, read once and frozen.

A dataset holds one row per entry line for the years that a report compares. Older lines are summed into opening
rows, one per account and fund. Opening rows count in balances only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.periods import Month, Span, financial_year
from ledger.registers.plan_records import Budget
from ledger.registers.records import Fund
from reports.data.registers import Registers
from reports.data.rows import BROUGHT_FORWARD, NO_ROWS, DatasetRow, DatasetRows, row_order

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

MONEY_CLASSES = ("co-op", "unrestricted-general", "unrestricted-designated", "restricted", "endowment")
"""Classes of funds that hold money, in the order in which income is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """The community's name and settings, the first day of its books and the first month of its financial year."""

    slug: str
    name: str
    currency: str = "EUR"
    language: str = "en"
    paper: str = "a4"
    year_starts_month: int = 1
    books_began: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link of the chain that the report includes: its number, its hash and the time it was recorded."""

    seq: int = 0
    hash: str = ""
    recorded_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Hours that one side claims to have given: the day of the claim and the day of the confirmation."""

    opened: dt.date
    confirmed: dt.date | None = None
    closed: dt.date | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """All input of a report, read in one snapshot. Datasets compare by identity.

    `entries_before` counts the entries older than the rows; `last_before` is the number and key of the newest of
    them. `reached` is the day of the last link, or of an entry dated later: a running month is complete up to it.
    `reopened` lists the months that were opened again after their close. `whole` is the unfiltered dataset, where
    this one was filtered for members. `cache` holds results of `cached_on_dataset`.
    """

    community: Community
    head: ChainHead = field(default_factory=ChainHead)
    rows: DatasetRows = NO_ROWS
    registers: Registers = field(default_factory=Registers)
    names: Mapping[int, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    entries_before: int = 0
    last_before: tuple[int, str] | None = None
    reached: dt.date | None = None
    reopened: frozenset[Month] = frozenset()
    whole: Dataset | None = None
    cache: dict[object, object] = field(default_factory=dict, repr=False)

    @property
    def source(self) -> Dataset:
        """The unfiltered dataset: for figures that apply disclosure control themselves, and for checks."""
        return self.whole or self

    @property
    def currency(self) -> str:
        """The community's currency."""
        return self.community.currency

    @cached_property
    def began(self) -> dt.date | None:
        """The first day of the books: as set, else the day of the first entry, else None."""
        return self.community.books_began or next((row.date for row in self.rows), None)

    def policy(self, key: str) -> object:
        """The value of a policy; None where neither the community nor the defaults set one."""
        return self.registers.policies.get(key)

    def policy_number(self, key: str, unset: int) -> int:
        """The value of a policy that is a whole number; `unset` where it is not set."""
        value = self.policy(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else unset

    @property
    def min_people(self) -> int:
        """The smallest number of people for which a private count is shown (k)."""
        return self.policy_number("privacy.k_members", 5)

    def year_of(self, day: dt.date) -> Span:
        """The financial year of a day."""
        return financial_year(Month.of(day), self.community.year_starts_month)

    def year_to(self, day: dt.date) -> Span:
        """From the first day of the financial year to a day."""
        return Span(self.year_of(day).first, day)

    @cached_property
    def _by_account(self) -> Mapping[str, DatasetRows]:
        return _grouped(self.rows, lambda row: row.chart.code)

    @cached_property
    def _by_fund(self) -> Mapping[str, DatasetRows]:
        return _grouped(self.money, lambda row: row.fund)

    def account_rows(self, *codes: str) -> DatasetRows:
        """The rows of some accounts, in row order."""
        if len(codes) == 1:
            return self._by_account.get(codes[0], NO_ROWS)
        return DatasetRows(sorted((row for code in codes for row in self.account_rows(code)), key=row_order))

    def fund_rows(self, fund: str) -> DatasetRows:
        """The rows of a fund in the community's money."""
        return self._by_fund.get(fund, NO_ROWS)

    @cached_property
    def money(self) -> DatasetRows:
        """The rows in the community's money."""
        return DatasetRows(row for row in self.rows if row.unit == self.currency)

    @cached_property
    def costs(self) -> DatasetRows:
        """Costs in money, without the year's closing entry."""
        return DatasetRows(row for row in self.money if row.chart.kind == "expense" and row.family != YEAR_CLOSE)

    @cached_property
    def income(self) -> DatasetRows:
        """Income in money, credit negative, without the year's closing entry."""
        return DatasetRows(row for row in self.money if row.chart.kind == "income" and row.family != YEAR_CLOSE)

    @cached_property
    def cash(self) -> DatasetRows:
        """The rows of bank accounts, cash boxes and processors."""
        return DatasetRows(row for row in self.money if row.chart.cash)

    @cached_property
    def time(self) -> DatasetRows:
        """The rows in minutes."""
        return DatasetRows(row for row in self.rows if row.unit == MINUTES)

    @cached_property
    def barter(self) -> DatasetRows:
        """The rows in barter values."""
        return DatasetRows(row for row in self.rows if row.unit == BARTER_VALUE)

    @cached_property
    def exchange_rows(self) -> DatasetRows:
        """The rows of exchanges, community hours and partner hours that are not reversed."""
        return DatasetRows(row for row in self.rows if row.is_counted and row.kind != BROUGHT_FORWARD)

    @cached_property
    def entries(self) -> Mapping[int, tuple[DatasetRow, ...]]:
        """The lines of each entry, by entry number."""
        entries: dict[int, list[DatasetRow]] = {}
        for row in self.rows:
            if row.kind != BROUGHT_FORWARD:
                entries.setdefault(row.seq, []).append(row)
        return {seq: tuple(lines) for seq, lines in entries.items()}

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
        """The position of a month in the financial year, from 0."""
        return (month.month - self.community.year_starts_month) % 12

    def budget(self, day: dt.date, as_at: dt.date) -> Budget | None:
        """The plan of a day's financial year: the version last approved by `as_at`, else the first approved one."""
        year = self.year_of(day).first.year
        approved = [b for b in self.registers.budgets if b.year == year and b.state == "approved"]
        approved.sort(key=lambda b: (b.approved or dt.date.min, b.version))
        in_time = [b for b in approved if (b.approved or dt.date.min) <= as_at]
        return in_time[-1] if in_time else approved[0] if approved else None


def cached_on_dataset(
    function: Callable[Concatenate[Dataset, Parameters], Result],
) -> Callable[Concatenate[Dataset, Parameters], Result]:
    """Cache a function's result on the dataset, by arguments. Datasets and arguments are immutable."""

    @wraps(function)
    def cached(dataset: Dataset, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        key = (function, args, tuple(kwargs.items()))
        if key not in dataset.cache:
            dataset.cache[key] = function(dataset, *args, **kwargs)
        return dataset.cache[key]  # type: ignore[return-value]  # this function stored it

    return cached


def _grouped(rows: Iterable[DatasetRow], key: Callable[[DatasetRow], str]) -> Mapping[str, DatasetRows]:
    groups: dict[str, list[DatasetRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: DatasetRows(group) for name, group in groups.items()}
