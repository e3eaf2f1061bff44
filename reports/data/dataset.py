"""What a report is worked out from: the entries it reads, line by line, and the registers, frozen.

A dataset holds the rows of the years that a report compares. What is older stands in rows brought
forward, one for each leaf: they count in balances and in nothing else.
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
"""Classes of the funds that hold money, in the order in which income is shown."""


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
class ChainHead:
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

    `entries_before` counts the entries that are older than the rows, `last_before` is the newest of them by number
    and key; `reached` is the day of the last link, or of a later-dated entry: up to it an unfinished month is known;
    `reopened` are the months that were opened again after their close; `whole` is the dataset that this one
    was made from by keeping something back.
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
    def _by_account(self) -> Mapping[str, DatasetRows]:
        return _grouped(self.rows, lambda row: row.chart.code)

    @cached_property
    def _by_fund(self) -> Mapping[str, DatasetRows]:
        return _grouped(self.money, lambda row: row.fund)

    def of(self, *codes: str) -> DatasetRows:
        """The rows of some accounts."""
        if len(codes) == 1:
            return self._by_account.get(codes[0], NO_ROWS)
        return DatasetRows(sorted((row for code in codes for row in self.of(code)), key=row_order))

    def in_fund(self, fund: str) -> DatasetRows:
        """The rows of a fund in the community's money."""
        return self._by_fund.get(fund, NO_ROWS)

    @cached_property
    def money(self) -> DatasetRows:
        """The rows in the community's money."""
        return DatasetRows(row for row in self.rows if row.unit == self.currency)

    @cached_property
    def costs(self) -> DatasetRows:
        """Costs in money; the year's close is left out."""
        return DatasetRows(row for row in self.money if row.chart.kind == "expense" and row.family != YEAR_CLOSE)

    @cached_property
    def income(self) -> DatasetRows:
        """Income in money, credit negative; the year's close is left out."""
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
    def counted(self) -> DatasetRows:
        """The rows of exchanges, community hours and partner hours that stand: what hours are counted from."""
        return DatasetRows(row for row in self.rows if row.is_counted and row.kind != BROUGHT_FORWARD)

    @cached_property
    def entries(self) -> Mapping[int, tuple[DatasetRow, ...]]:
        """The lines of each entry, by its number."""
        found: dict[int, list[DatasetRow]] = {}
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


def cached_on_dataset(
    function: Callable[Concatenate[Dataset, Parameters], Result],
) -> Callable[Concatenate[Dataset, Parameters], Result]:
    """Work a thing out once for each dataset and question, since neither ever changes."""

    @wraps(function)
    def keeping(dataset: Dataset, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        asked = (function, args, tuple(kwargs.items()))
        if asked not in dataset.memory:
            dataset.memory[asked] = function(dataset, *args, **kwargs)
        return dataset.memory[asked]  # type: ignore[return-value]  # what this very function gave back

    return keeping


def _grouped(rows: Iterable[DatasetRow], name: Callable[[DatasetRow], str]) -> Mapping[str, DatasetRows]:
    found: dict[str, list[DatasetRow]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    return {key: DatasetRows(group) for key, group in found.items()}
