"""Net assets at the year's end by class of fund, the co-op's equity, and the allocation of the surplus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.core.account_roles import (
    INDIVISIBLE_RESERVE,
    MEMBER_CAPITAL,
    PATRONAGE_PAYABLE,
    SHARE_CAPITAL,
    SURPLUS,
    TRANSFERS_IN,
)
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Span
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow, total_amount
from reports.indicators.co_op import CO_OP, allocated
from reports.indicators.income import internal_sales
from reports.language.value_formats import NameInSentence
from reports.measures.aggregates import balance, fund_net_assets
from reports.tables.registry import ANNUAL, report_table

FUND_CLASSES = {
    "general": ("unrestricted-general",),
    "designated": ("unrestricted-designated",),
    "restricted": ("restricted", "endowment"),
    "co_op": (CO_OP,),
}


@dataclass(frozen=True, kw_only=True)
class SurplusUse:
    """One use of a surplus: minor units, and percent of the whole."""

    use: str | Message
    amount: int
    percent: Fraction | None


@dataclass(frozen=True, kw_only=True)
class Patronage:
    """A member's patronage by hours worked, in cash and retained; minor units. Shown to that member only."""

    member: str
    hours: int
    cash: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class AllocationTable:
    """The allocation of the surplus of the year before."""

    rows: tuple[SurplusUse, ...]
    total: int
    members: tuple[Patronage, ...]


@report_table("net_assets", (ANNUAL,))
def net_assets(dataset: Dataset, columns: Columns) -> Mapping[str, int]:
    """Net assets by class of fund with their total, and all assets and liabilities; minor units."""
    by_class = {
        name: sum(fund_net_assets(dataset, columns.end, fund) for fund in dataset.funds_of(*classes))
        for name, classes in FUND_CLASSES.items()
    }
    sides = {
        kind: total_amount(r for r in dataset.money.until(columns.end) if r.chart.kind == kind)
        for kind in ("asset", "liability")
    }
    return by_class | {"total": sum(by_class.values()), "assets": sides["asset"], "liabilities": -sides["liability"]}


@report_table("co_op_equity", (ANNUAL,))
def co_op_equity(dataset: Dataset, columns: Columns) -> Mapping[str, int]:
    """The co-op's equity by account, and its net assets as total. Both are equal after the year's close."""
    codes = (SHARE_CAPITAL, MEMBER_CAPITAL, INDIVISIBLE_RESERVE, SURPLUS)
    own = sum(fund_net_assets(dataset, columns.end, fund) for fund in dataset.funds_of(CO_OP))
    return {code: -balance(dataset, columns.end, code) for code in codes} | {"total": own}


@report_table("internal_sales", (ANNUAL,))
def sales_between_funds(dataset: Dataset, columns: Columns) -> int:
    """Internal sales, which sums over all funds count twice; minor units."""
    return internal_sales(dataset, columns.period)


@report_table("allocation")
def allocation(dataset: Dataset, columns: Columns) -> AllocationTable:
    """The allocation of last year's surplus, year to date; minor units."""
    rows = allocated(dataset, columns.year_to_date)
    uses = _uses(dataset, rows)
    total = sum(amount for _, amount in uses)
    return AllocationTable(
        rows=tuple(
            SurplusUse(use=use, amount=a, percent=Fraction(a * 100, total) if total else None) for use, a in uses
        ),
        total=total,
        members=_patronage(dataset, columns.year_to_date, rows),
    )


def _uses(dataset: Dataset, rows: list[DatasetRow]) -> list[tuple[Message, int]]:
    def of(account: str, fund: str | None = None) -> int:
        return -total_amount(row for row in rows if row.account == account and fund in (None, row.fund))

    own = [
        (make_message(N_("indivisible reserve")), of(INDIVISIBLE_RESERVE)),
        (make_message(N_("patronage in cash")), of(PATRONAGE_PAYABLE)),
        (make_message(N_("patronage kept")), of(MEMBER_CAPITAL)),
    ]
    to_funds = [
        (make_message(N_("%(fund)s fund"), fund=NameInSentence(fund.name)), of(TRANSFERS_IN, fund.code))
        for fund in dataset.money_funds
    ]
    return [(use, amount) for use, amount in own + to_funds if amount] if rows else []


def _patronage(dataset: Dataset, span: Span, rows: list[DatasetRow]) -> tuple[Patronage, ...]:
    year = span.first.year - 1
    worked = [(w.member, w.minutes) for w in dataset.registers.hours_worked if w.year == year]

    def of(account: str, owner: int) -> int:
        return -total_amount(row for row in rows if row.account == account and row.owner == owner)

    return tuple(
        Patronage(
            member=dataset.names.get(member, str(member)),
            hours=minutes // 60,
            cash=of(PATRONAGE_PAYABLE, member),
            kept=of(MEMBER_CAPITAL, member),
        )
        for member, minutes in worked
    )
