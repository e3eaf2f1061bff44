"""The emergency fund's standing, and the cash line of the months to come."""

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
    """The fund beside what usual costs ask of it; minor units. None where no usual costs are known."""

    balance: int
    essential_month: Fraction | None
    least: Fraction | None
    aim: Fraction | None


@dataclass(frozen=True, kw_only=True)
class EmergencyHistory(EmergencyStatus):
    """The same with the fund at each month's end of twelve; None for a month that is kept back."""

    month_ends: Mapping[dt.date, int | None]


@dataclass(frozen=True, kw_only=True)
class CashStep:
    """Money expected on a day, and what would then be at hand in all funds and in its own; minor units."""

    date: dt.date
    fund: str
    amount: int
    all_funds: int
    fund_balance: int


@dataclass(frozen=True, kw_only=True)
class LowestDay:
    """The day on which least would be at hand."""

    date: dt.date
    amount: int


@dataclass(frozen=True, kw_only=True)
class CashForecast:
    """The money expected in the months to come, step by step from what is at hand."""

    start: int
    rows: tuple[CashStep, ...]
    lowest: LowestDay


def emergency_status(dataset: Dataset, day: dt.date) -> EmergencyStatus:
    """The emergency fund's cash, and the usual costs of one month, of the least months and of the months aimed for."""
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
    """The emergency fund's cash at each month's end of the last twelve, from the month the books began."""
    fund = emergency_fund(dataset)
    if fund is None or dataset.began is None:
        return {}
    ends = [min(month.last, day) for month in last_12_months(Month.of(day)).months() if month.last >= dataset.began]
    return {end: fund_cash(dataset, end, fund) for end in ends}


@report_table("emergency")
def emergency(dataset: Dataset, columns: Columns) -> EmergencyStatus:
    """The emergency fund at the end; in a monthly report with the line of its balances."""
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
    """What the newest list of expected money, made by a day, has for later days."""
    made = [item for item in dataset.registers.expected_cash if item.as_at <= day]
    newest = max((item.as_at for item in made), default=day)
    return sorted((item for item in made if item.as_at == newest and item.date > day), key=lambda item: item.date)


@report_table("cash_line", (MONTHLY,))
def cash_line(dataset: Dataset, columns: Columns) -> CashForecast:
    """What would be at hand after each expected payment, and the lowest day; days end with all their payments."""
    start, held = (
        cash(dataset, columns.end),
        {code: fund_cash(dataset, columns.end, code) for code in dataset.fund_codes},
    )
    now, steps, ends = start, list[CashStep](), {columns.end: start}
    for item in expected_cash_after(dataset, columns.end):
        now += item.amount
        held[item.fund] = held.get(item.fund, 0) + item.amount
        steps.append(_step(item, now, held[item.fund]))
        ends[item.date] = now
    low = min(ends, key=lambda day: (ends[day], day))
    return CashForecast(start=start, rows=tuple(steps), lowest=LowestDay(date=low, amount=ends[low]))


def _step(item: ExpectedCash, all_funds: int, own_fund: int) -> CashStep:
    return CashStep(date=item.date, fund=item.fund, amount=item.amount, all_funds=all_funds, fund_balance=own_fund)
