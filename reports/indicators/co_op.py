"""The co-operative businesses: margin, result, equity and allocation of the surplus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from ledger.core.account_roles import (
    COST_OF_SALES_PREFIX,
    INDIVISIBLE_RESERVE,
    MEMBER_CAPITAL,
    PATRONAGE_PAYABLE,
    TRANSFERS_IN,
)
from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.registry import ANNUAL, MONEY, ColumnScope, FigureVariant, period_indicator, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.measures.aggregates import balance, costs, fund_net_assets, income

PRINTED = (ANNUAL,)
ALLOCATED, SHARED_OUT = "surplus-allocated", "surplus-transferred"
CO_OP = "co-op"


def co_op_income(dataset: Dataset, span: Span) -> int:
    """Income of the co-operative businesses; minor units."""
    funds = dataset.funds_of(CO_OP)
    return income(dataset, span, lambda row: row.fund in funds)


def co_op_costs(dataset: Dataset, span: Span, begins: str = "") -> int:
    """Costs of the co-operative businesses in accounts with a code prefix; minor units."""
    funds = dataset.funds_of(CO_OP)
    return costs(dataset, span, lambda row: row.fund in funds and row.account.startswith(begins))


@period_indicator("gross-margin", "percent", N_("Gross margin of the co-op"), PRINTED)
def gross_margin(dataset: Dataset, span: Span) -> FigureValue:
    """(Sales - cost of sales) / sales; percent, DIV0 without sales."""
    sales = co_op_income(dataset, span)
    return percent(sales - co_op_costs(dataset, span, COST_OF_SALES_PREFIX), sales)


@period_indicator("co-op-result", MONEY, N_("Operating result of the co-op"), PRINTED)
def co_op_result(dataset: Dataset, span: Span) -> FigureValue:
    """Income - costs, before the surplus is allocated; minor units."""
    earned, spent = co_op_income(dataset, span), co_op_costs(dataset, span)
    return figure_value(earned - spent, income=earned, costs=spent)


def hours_worked(dataset: Dataset, year: int) -> Fraction:
    """Hours worked for the co-op in a financial year."""
    return Fraction(sum(worked.minutes for worked in dataset.registers.hours_worked if worked.year == year), 60)


@period_indicator("surplus-per-hour", f"{MONEY}/h", N_("Surplus per hour worked"), PRINTED)
def surplus_per_hour(dataset: Dataset, span: Span) -> FigureValue:
    """Result / hours worked, for whole financial years; minor units per hour. NO_DATA without hours worked."""
    hours = hours_worked(dataset, span.first.year) if span == dataset.year_of(span.first) else Fraction(0)
    if not hours:
        return no_value(Reason.NO_DATA)
    result = co_op_income(dataset, span) - co_op_costs(dataset, span)
    return figure_value(result / hours, result=result, hours=hours)


@point_indicator("indivisible-share", "percent", N_("Indivisible share of the co-op's equity"), PRINTED)
def indivisible_share(dataset: Dataset, day: dt.date) -> FigureValue:
    """Indivisible reserve / net assets of the co-op, open year included; percent. DIV0 without net assets.

    Source: co-operative principle 3.
    """
    own = sum(fund_net_assets(dataset, day, fund) for fund in dataset.funds_of(CO_OP))
    return percent(-balance(dataset, day, INDIVISIBLE_RESERVE), max(own, 0))


def allocated(dataset: Dataset, span: Span) -> list[DatasetRow]:
    """The rows that allocate a surplus: to reserve, patronage and other funds."""
    uses = (PATRONAGE_PAYABLE, MEMBER_CAPITAL, INDIVISIBLE_RESERVE, TRANSFERS_IN)
    return [row for row in dataset.account_rows(*uses).within(span) if row.kind in (ALLOCATED, SHARED_OUT)]


@period_indicator(
    "surplus-allocated", MONEY, N_("Surplus of the year before, allocated"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def surplus_allocated(dataset: Dataset, span: Span) -> FigureValue:
    """The allocated surplus of the year before, over all uses; minor units."""
    return figure_value(-sum(row.amount for row in allocated(dataset, span)))


def _year_before(dataset: Dataset, day: dt.date) -> Sequence[FigureVariant]:
    return (FigureVariant(values={"year": dataset.year_of(day).first.year - 1}),)


@period_indicator(
    "patronage-per-hour",
    f"{MONEY}/h",
    N_("Patronage per hour worked in %(year)s"),
    PRINTED,
    fills=ColumnScope.THIS_YEAR,
    variants=_year_before,
)
def patronage_per_hour(dataset: Dataset, span: Span) -> FigureValue:
    """Patronage in cash and retained / hours worked in the year before; minor units per hour.

    DIV0 without patronage, NO_DATA without hours worked.
    """
    patronage = (PATRONAGE_PAYABLE, MEMBER_CAPITAL)
    pool = -sum(row.amount for row in allocated(dataset, span) if row.kind == ALLOCATED and row.account in patronage)
    hours = hours_worked(dataset, dataset.year_of(span.last).first.year - 1)
    if not pool:
        return no_value(Reason.DIV0)
    return figure_value(pool / hours, pool=pool, hours=hours) if hours else no_value(Reason.NO_DATA)


@period_indicator("pay-ratio", "ratio", N_("Pay ratio"), PRINTED, fills=ColumnScope.THIS_YEAR)
def pay_ratio(_: Dataset, __: Span) -> FigureValue:
    """Highest / lowest hourly pay. The books hold no pay by person, so NO_DATA."""
    return no_value(Reason.NO_DATA)


@period_indicator(
    "below-living-wage", "count", N_("Workers below the living wage"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def below_living_wage(dataset: Dataset, _: Span) -> FigureValue:
    """Workers paid below the living wage. NOT_SET without a living wage, else NO_DATA: no pay by person is recorded."""
    return no_value(Reason.NOT_SET if dataset.policy("coop.living_wage") is None else Reason.NO_DATA)


@period_indicator("member-involvement", "percent", N_("Sales to members"), PRINTED, fills=ColumnScope.THIS_YEAR)
def member_involvement(_: Dataset, __: Span) -> FigureValue:
    """Sales to members / all sales. Sales name no buyer, so NO_DATA."""
    return no_value(Reason.NO_DATA)
