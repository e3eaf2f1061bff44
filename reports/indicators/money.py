"""Cash flow, cash balance, and how long cash would last."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from fractions import Fraction

from ledger.core.account_roles import DEPRECIATION, FIXED_ASSETS
from ledger.core.drafts import OPENING
from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import BUDGET_REVIEW, MONEY, ColumnScope, period_indicator, point_indicator
from reports.language.figure import FROM_THE_PLAN, FigureValue, Reason, figure_value, no_value
from reports.measures.aggregates import balance, cash, costs, fund_net_assets, income, twelve_months
from reports.measures.emergency_fund import cover_in_months
from reports.measures.plan_figures import plan_lines, twelve_month_total

GENERAL = "unrestricted-general"
FREE_CLASSES = (GENERAL, "unrestricted-designated")
"""Classes of unrestricted funds."""


def entry_nets(dataset: Dataset, span: Span, funds: Collection[str] | None = None) -> list[int]:
    """The net cash change of each entry in some funds, or in all; without opening balances.

    Money moved between two places within one entry nets to 0.
    """
    nets: Counter[int] = Counter()
    for row in dataset.cash.within(span):
        if row.family != OPENING and (funds is None or row.fund in funds):
            nets[row.seq] += row.amount
    return list(nets.values())


@period_indicator("money-in", MONEY, N_("Money that came in, all funds"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR)
def money_in(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the positive net cash changes of entries; minor units."""
    return figure_value(sum(net for net in entry_nets(dataset, span) if net > 0))


@period_indicator(
    "money-out", MONEY, N_("Money that went out, all funds"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def money_out(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the negative net cash changes of entries, as a positive number; minor units."""
    return figure_value(-sum(net for net in entry_nets(dataset, span) if net < 0))


@point_indicator("money-left", MONEY, N_("Money at hand, all funds"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR)
def money_left(dataset: Dataset, day: dt.date) -> FigureValue:
    """Balance of all bank accounts, cash boxes and payment processors; minor units."""
    return figure_value(cash(dataset, day))


@period_indicator(
    "money-in-general", MONEY, N_("Money that came in, general fund"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def money_in_general(dataset: Dataset, span: Span) -> FigureValue:
    """Money in, general fund only; minor units."""
    return figure_value(sum(net for net in entry_nets(dataset, span, dataset.funds_of(GENERAL)) if net > 0))


@period_indicator(
    "money-out-general", MONEY, N_("Money that went out, general fund"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def money_out_general(dataset: Dataset, span: Span) -> FigureValue:
    """Money out, general fund only; minor units."""
    return figure_value(-sum(net for net in entry_nets(dataset, span, dataset.funds_of(GENERAL)) if net < 0))


@point_indicator(
    "money-left-general", MONEY, N_("Money at hand, general fund"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def money_left_general(dataset: Dataset, day: dt.date) -> FigureValue:
    """Cash of the general fund; minor units."""
    return figure_value(cash(dataset, day, dataset.funds_of(GENERAL)))


@point_indicator(
    "general-months",
    "months",
    N_("Months of usual costs that the general money would pay"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
)
def general_months(dataset: Dataset, day: dt.date) -> FigureValue:
    """Cash of the general fund x 12 / essential costs of a year; months, PARTIAL while the costs come from the plan."""
    return cover_in_months(dataset, day, dataset.funds_of(GENERAL))


@period_indicator(
    "net-result", MONEY, N_("Income less costs, all funds"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def net_result(dataset: Dataset, span: Span) -> FigureValue:
    """Income - costs of all funds; transfers between funds are neither. Minor units.

    Source: charity accounts (SORP), statement of financial activities.
    """
    earned, spent = income(dataset, span), costs(dataset, span)
    return figure_value(earned - spent, income=earned, costs=spent)


@point_indicator("days-of-cash", "days", N_("Days that unrestricted cash would last"), (BUDGET_REVIEW,))
def days_of_cash(dataset: Dataset, day: dt.date) -> FigureValue:
    """Unrestricted cash x 365 / cash costs of twelve months; days.

    Costs exclude depreciation and gifts in kind. In the books' first year they come from the plan (PARTIAL).
    NOT_SET without a plan, DIV0 without costs.
    """
    free = dataset.funds_of(*FREE_CLASSES)
    span = twelve_months(day)
    source = None if dataset.began is not None and dataset.began <= span.first else FROM_THE_PLAN
    if source is None:
        spent: int | Fraction = costs(dataset, span, lambda row: row.fund in free and not row.chart.non_cash)
    elif dataset.budget(day, day) is None:
        return no_value(Reason.NOT_SET)
    else:
        spent = planned_cash_costs(dataset, day, free)
    if not spent:
        return no_value(Reason.DIV0)
    held = cash(dataset, day, free)
    return figure_value(Fraction(held * 365) / spent, cash=held, cash_costs=spent, days=365).partly(source)


def planned_cash_costs(dataset: Dataset, day: dt.date, funds: frozenset[str]) -> Fraction:
    """Planned cash costs of some funds for twelve months; minor units."""
    accounts = dataset.registers.accounts
    lines = plan_lines(dataset, day, "expense")
    in_cash = (line for line in lines if line.fund in funds and not accounts[line.account].non_cash)
    return twelve_month_total(dataset, day, in_cash)


@point_indicator("free-reserve", MONEY, N_("Free reserve, general and designated"), (BUDGET_REVIEW,))
def free_reserve(dataset: Dataset, day: dt.date) -> FigureValue:
    """Net assets of the general and designated funds - their fixed assets; minor units, may be below 0.

    Source: Charity Commission CC19 on reserves.
    """
    free = dataset.funds_of(*FREE_CLASSES)
    own = sum(fund_net_assets(dataset, day, fund) for fund in free)
    fixed = sum(balance(dataset, day, code, fund) for code in (FIXED_ASSETS, DEPRECIATION) for fund in free)
    return figure_value(own - fixed, general_and_designated=own, fixed_assets=fixed)
