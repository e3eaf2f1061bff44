"""Plan and actual: costs, income and community hours."""

from __future__ import annotations

import datetime as dt

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import BUDGET_REVIEW, MONEY, ColumnScope, period_indicator, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.measures.aggregates import costs, hours_used, income
from reports.measures.plan_figures import (
    has_plan,
    known_changes,
    open_commitments,
    plan_costs,
    plan_hours,
    plan_income,
    plan_still_to_come,
    since_books_began,
)

PRINTED = (BUDGET_REVIEW,)
THE_SAME = N_("the same in percent")


def _of_plan(dataset: Dataset, span: Span, outcome: FigureValue) -> FigureValue:
    """The outcome, or NOT_SET without an approved plan."""
    return outcome if has_plan(dataset, span) else no_value(Reason.NOT_SET)


@period_indicator("plan-costs", MONEY, N_("Planned costs"), PRINTED, fills=ColumnScope.THIS_YEAR)
def planned_costs(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the monthly cost lines in the last approved plan; NOT_SET without a plan. Minor units."""
    return _of_plan(dataset, span, figure_value(plan_costs(dataset, span)))


@period_indicator("plan-income", MONEY, N_("Planned income"), PRINTED, fills=ColumnScope.THIS_YEAR)
def planned_income(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the plan's monthly income lines; NOT_SET without a plan. Minor units."""
    return _of_plan(dataset, span, figure_value(plan_income(dataset, span)))


@period_indicator("plan-hours", "min", N_("Planned community hours"), PRINTED, fills=ColumnScope.THIS_YEAR)
def planned_hours(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the plan's monthly programme hours; NOT_SET without a plan. Minutes."""
    return _of_plan(dataset, span, figure_value(plan_hours(dataset, span)))


@period_indicator("actual-costs", MONEY, N_("Costs"), PRINTED, fills=ColumnScope.THIS_YEAR)
def actual_costs(dataset: Dataset, span: Span) -> FigureValue:
    """Costs of all funds by date of the entry; late entries count in the month they are recorded in. Minor units."""
    return figure_value(costs(dataset, span))


@period_indicator("actual-income", MONEY, N_("Income"), PRINTED, fills=ColumnScope.THIS_YEAR)
def actual_income(dataset: Dataset, span: Span) -> FigureValue:
    """Income of all funds; minor units."""
    return figure_value(income(dataset, span))


@period_indicator("actual-hours", "min", N_("Community hours used"), PRINTED, fills=ColumnScope.THIS_YEAR)
def actual_hours(dataset: Dataset, span: Span) -> FigureValue:
    """Programme hours paid by the community; minutes."""
    return figure_value(hours_used(dataset, span))


@point_indicator("commitments-open", MONEY, N_("Promised, not yet invoiced"), PRINTED, fills=ColumnScope.THIS_YEAR)
def commitments_open(dataset: Dataset, day: dt.date) -> FigureValue:
    """Sum of open commitments: promised less invoiced, at least 0 each; 0 once cancelled. Minor units."""
    return figure_value(open_commitments(dataset, day))


@point_indicator("available", MONEY, N_("Left of the year plan for costs"), PRINTED, fills=ColumnScope.THIS_YEAR)
def available(dataset: Dataset, day: dt.date) -> FigureValue:
    """Planned costs of the year - costs to date - open commitments; minor units. Below 0: over-committed."""
    year = dataset.year_of(day)
    spent, open_ = costs(dataset, since_books_began(dataset, dataset.year_to(day))), open_commitments(dataset, day)
    whole = plan_costs(dataset, year)
    outcome = figure_value(whole - spent - open_, plan_year=whole, actual=spent, commitments=open_)
    return _of_plan(dataset, year, outcome)


@period_indicator("variance-costs", MONEY, N_("Costs better or worse than plan"), PRINTED, fills=ColumnScope.THIS_YEAR)
def variance_costs(dataset: Dataset, span: Span) -> FigureValue:
    """Planned costs - actual costs: above 0 is better than plan. Minor units; NOT_SET without a plan."""
    return _of_plan(dataset, span, figure_value(plan_costs(dataset, span) - costs(dataset, span)))


@period_indicator(
    "variance-income", MONEY, N_("Income better or worse than plan"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def variance_income(dataset: Dataset, span: Span) -> FigureValue:
    """Actual income - planned income: above 0 is better than plan. Minor units; NOT_SET without a plan."""
    return _of_plan(dataset, span, figure_value(income(dataset, span) - plan_income(dataset, span)))


@period_indicator(
    "variance-hours", "min", N_("Community hours better or worse than plan"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def variance_hours(dataset: Dataset, span: Span) -> FigureValue:
    """Planned - used programme hours: above 0 is better than plan. Minutes; NOT_SET without a plan."""
    return _of_plan(dataset, span, figure_value(plan_hours(dataset, span) - hours_used(dataset, span)))


@period_indicator("variance-percent-costs", "percent", THE_SAME, PRINTED, fills=ColumnScope.THIS_YEAR)
def variance_percent_costs(dataset: Dataset, span: Span) -> FigureValue:
    """Variance of costs / planned costs; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_costs(dataset, span)
    return _of_plan(dataset, span, percent(plan - costs(dataset, span), plan))


@period_indicator("variance-percent-income", "percent", THE_SAME, PRINTED, fills=ColumnScope.THIS_YEAR)
def variance_percent_income(dataset: Dataset, span: Span) -> FigureValue:
    """Variance of income / planned income; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_income(dataset, span)
    return _of_plan(dataset, span, percent(income(dataset, span) - plan, plan))


@period_indicator("variance-percent-hours", "percent", THE_SAME, PRINTED, fills=ColumnScope.THIS_YEAR)
def variance_percent_hours(dataset: Dataset, span: Span) -> FigureValue:
    """Variance of hours / planned hours; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_hours(dataset, span)
    return _of_plan(dataset, span, percent(plan - hours_used(dataset, span), plan))


@point_indicator("forecast-costs", MONEY, N_("Costs expected for the whole year"), PRINTED, fills=ColumnScope.THIS_YEAR)
def forecast_costs(dataset: Dataset, day: dt.date) -> FigureValue:
    """Costs to date + planned costs of the remaining months + known changes; minor units.

    NOT_SET without a plan.
    """
    spent, rest = costs(dataset, since_books_began(dataset, dataset.year_to(day))), plan_still_to_come(dataset, day)
    change = sum(known_changes(dataset, day).values())
    outcome = figure_value(spent + rest + change, actual=spent, plan_rest=rest, known_changes=change)
    return _of_plan(dataset, dataset.year_to(day), outcome)


@period_indicator("hours-budget-use", "percent", N_("Hours budget used"), PRINTED, fills=ColumnScope.THIS_YEAR)
def hours_budget_use(dataset: Dataset, span: Span) -> FigureValue:
    """Programme hours used / programme hours planned; percent. NOT_SET where none were approved.

    Source: labour budgets as kept at Twin Oaks.
    """
    return _of_plan(dataset, span, percent(hours_used(dataset, span), plan_hours(dataset, span)))
