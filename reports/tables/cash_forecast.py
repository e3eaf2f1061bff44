"""The emergency fund's status, and the cash forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.core.periods import Month, last_12_months
from ledger.registers.plan_records import ExpectedCash
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.indicators.emergency import AIM_MONTHS, LEAST_MONTHS
from reports.measures.aggregates import cash, fund_cash
from reports.measures.emergency_fund import emergency_fund, essential_costs_of_year, essential_funds
from reports.tables.registry import MONTHLY, report_table


@dataclass(frozen=True, kw_only=True)
class EmergencyStatus:
    """The fund's balance and its targets; minor units. Targets are None where no usual costs are known."""

    balance: int
    essential_month: Fraction | None
    least: Fraction | None
    aim: Fraction | None


@dataclass(frozen=True, kw_only=True)
class EmergencyHistory(EmergencyStatus):
    """The status with the month-end balances of twelve months; None for a hidden month."""

    month_ends: Mapping[dt.date, int | None]


@dataclass(frozen=True, kw_only=True)
class CashStep:
    """Cash expected on a day, and the cash then held in all funds and in its fund; minor units."""

    date: dt.date
    fund: str
    amount: int
    all_funds: int
    fund_balance: int


@dataclass(frozen=True, kw_only=True)
class LowestDay:
    """The day with the lowest cash."""

    date: dt.date
    amount: int


@dataclass(frozen=True, kw_only=True)
class CashForecast:
    """The expected cash movements, starting from current cash; minor units."""

    start: int
    rows: tuple[CashStep, ...]
    lowest: LowestDay


def emergency_status(dataset: Dataset, day: dt.date) -> EmergencyStatus:
    """The emergency fund's cash, and the usual costs of one month, the minimum months and the target months."""
    fund = emergency_fund(dataset)
    year, _ = essential_costs_of_year(dataset, day, essential_funds(dataset))

    def months(count: int) -> Fraction | None:
        return None if year is None else Fraction(year * count) / 12

    return EmergencyStatus(
        balance=fund_cash(dataset, day, fund) if fund else 0,
        essential_month=months(1),
        least=months(dataset.policy_number(*LEAST_MONTHS)),
        aim=months(dataset.policy_number(*AIM_MONTHS)),
    )


def month_ends(dataset: Dataset, day: dt.date) -> Mapping[dt.date, int | None]:
    """The emergency fund's cash at the last twelve month ends, from the month the books began."""
    fund = emergency_fund(dataset)
    if fund is None or dataset.began is None:
        return {}
    ends = [min(month.last, day) for month in last_12_months(Month.of(day)).months() if month.last >= dataset.began]
    return {end: fund_cash(dataset, end, fund) for end in ends}


@report_table("emergency")
def emergency(dataset: Dataset, columns: Columns) -> EmergencyStatus:
    """The emergency fund at the end of the period; monthly reports include its month-end balances."""
    now = emergency_status(dataset, columns.end)
    if columns.is_annual:
        return now
    return EmergencyHistory(
        balance=now.balance,
        essential_month=now.essential_month,
        least=now.least,
        aim=now.aim,
        month_ends=month_ends(dataset, columns.end),
    )


def expected_cash_after(dataset: Dataset, day: dt.date) -> list[ExpectedCash]:
    """The expected cash after a day, from the newest list made by that day."""
    earlier = [item for item in dataset.registers.expected_cash if item.as_at <= day]
    newest = max((item.as_at for item in earlier), default=day)
    return sorted((item for item in earlier if item.as_at == newest and item.date > day), key=lambda item: item.date)


@report_table("cash_line", (MONTHLY,))
def cash_line(dataset: Dataset, columns: Columns) -> CashForecast:
    """Cash after each expected payment, and the lowest day. The lowest day compares end-of-day cash only."""
    start, by_fund = (
        cash(dataset, columns.end),
        {code: fund_cash(dataset, columns.end, code) for code in dataset.fund_codes},
    )
    now, steps, ends = start, list[CashStep](), {columns.end: start}
    for item in expected_cash_after(dataset, columns.end):
        now += item.amount
        by_fund[item.fund] = by_fund.get(item.fund, 0) + item.amount
        steps.append(_step(item, now, by_fund[item.fund]))
        ends[item.date] = now
    low = min(ends, key=lambda day: (ends[day], day))
    return CashForecast(start=start, rows=tuple(steps), lowest=LowestDay(date=low, amount=ends[low]))


def _step(item: ExpectedCash, all_funds: int, own_fund: int) -> CashStep:
    return CashStep(date=item.date, fund=item.fund, amount=item.amount, all_funds=all_funds, fund_balance=own_fund)
