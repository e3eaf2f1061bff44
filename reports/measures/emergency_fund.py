"""The emergency fund: how many months of usual costs it covers, and the help paid out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from fractions import Fraction

from ledger.core.messages import Message
from ledger.core.periods import Month, Span
from ledger.kinds import emergency_help_slugs
from ledger.kinds.emergency.emergency_contribution import FUND as EMERGENCY_FUND
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount
from reports.language.figure import FROM_THE_PLAN, FigureValue, Reason, figure_value, no_value
from reports.measures.aggregates import cash, costs, twelve_months
from reports.measures.plan_figures import plan_lines, twelve_month_total


def emergency_fund(dataset: Dataset) -> str | None:
    """The code of the emergency fund; None where the community has none."""
    plan = dataset.registers.emergency
    code = plan.fund if plan else EMERGENCY_FUND
    return code if code in dataset.registers.funds else None


def essential_funds(dataset: Dataset) -> frozenset[str]:
    """The funds whose usual costs the emergency fund covers: those of its plan, else all flagged essential."""
    plan = dataset.registers.emergency
    if plan and plan.essential_funds:
        return frozenset(plan.essential_funds)
    return frozenset(code for code, fund in dataset.registers.funds.items() if fund.essential)


@cached_on_dataset
def essential_costs_of_year(
    dataset: Dataset, day: dt.date, funds: frozenset[str]
) -> tuple[int | Fraction | None, Message | None]:
    """Essential costs of twelve months: from the books, or from the plan in the books' first year.

    Returns the sum and a note on its source. The sum is None where there is neither a year of books nor a plan.
    """
    span = twelve_months(day)
    if dataset.began is not None and dataset.began <= span.first:
        return costs(dataset, span, lambda row: row.fund in funds and row.chart.essential), None
    if dataset.budget(day, day) is None:
        return None, None
    lines = plan_lines(dataset, day, "expense")
    accounts = dataset.registers.accounts
    essential = (line for line in lines if line.fund in funds and accounts[line.account].essential)
    return twelve_month_total(dataset, day, essential), FROM_THE_PLAN


def cover_in_months(
    dataset: Dataset, day: dt.date, paying: Collection[str], funds: frozenset[str] | None = None
) -> FigureValue:
    """Months of usual costs that the cash of some funds would pay: cash x 12 / essential costs of a year.

    Loans to members do not count as cash. NOT_SET without a paying fund or a plan, DIV0 without essential costs,
    PARTIAL while the costs come from the plan.
    """
    year, source = essential_costs_of_year(dataset, day, essential_funds(dataset) if funds is None else funds)
    if year is None or not paying:
        return no_value(Reason.NOT_SET)
    if not year:
        return no_value(Reason.DIV0)
    available = cash(dataset, day, paying)
    return figure_value(Fraction(available * 12) / year, cash=available, essential_year=year).partly(source)


@cached_on_dataset
def draws(dataset: Dataset, span: Span) -> tuple[DatasetRow, ...]:
    """The payments of help in a span: one cash row per draw, its amount below 0."""
    fund = emergency_fund(dataset)
    rows = dataset.source.cash.within(span)
    return tuple(row for row in rows if row.fund == fund and row.kind in emergency_help_slugs() and row.live)


def draws_total(dataset: Dataset, span: Span) -> int:
    """The total help paid out in a span; minor units."""
    return -total_amount(draws(dataset, span))


def half_years(year: Span) -> tuple[Span, Span]:
    """The two halves of a financial year."""
    middle = Month.of(year.first).back(-5)
    return Span(year.first, middle.last), Span(middle.next().first, year.last)


def is_shown(dataset: Dataset, count: int) -> bool:
    """Whether a private count may be shown: 0, or at least k, so that nobody can be identified."""
    return count == 0 or count >= dataset.min_people


def last_draw(dataset: Dataset, day: dt.date) -> dt.date | None:
    """The day of the last draw up to a day; None where there was none."""
    return max((row.date for row in draws(dataset, Span(dt.date.min, day))), default=None)
