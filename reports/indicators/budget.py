"""The year's plan beside what happened: costs, income and community hours."""

from __future__ import annotations

import datetime as dt

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import BUDGET_REVIEW, MONEY, Fills, flow, stock
from reports.language.figure import Outcome, Reason, missing, number, percent
from reports.measures.aggregates import costs, hours_used, income
from reports.measures.plan_figures import (
    counted,
    has_plan,
    known_changes,
    plan_costs,
    plan_hours,
    plan_income,
    plan_rest,
    promised,
)

PRINTED = (BUDGET_REVIEW,)
THE_SAME = N_("the same in percent")


def _of_plan(books: Dataset, span: Span, outcome: Outcome) -> Outcome:
    """A figure that needs an approved plan: NOT_SET without one."""
    return outcome if has_plan(books, span) else missing(Reason.NOT_SET)


@flow("plan-costs", MONEY, N_("Planned costs"), PRINTED, fills=Fills.THIS_YEAR)
def planned_costs(books: Dataset, span: Span) -> Outcome:
    """Sum of the plan's monthly cost lines in money, last approved version; NOT_SET without a plan. Minor units."""
    return _of_plan(books, span, number(plan_costs(books, span)))


@flow("plan-income", MONEY, N_("Planned income"), PRINTED, fills=Fills.THIS_YEAR)
def planned_income(books: Dataset, span: Span) -> Outcome:
    """Sum of the plan's monthly income lines; NOT_SET without a plan. Minor units."""
    return _of_plan(books, span, number(plan_income(books, span)))


@flow("plan-hours", "min", N_("Planned community hours"), PRINTED, fills=Fills.THIS_YEAR)
def planned_hours(books: Dataset, span: Span) -> Outcome:
    """Sum of the plan's monthly programme hours; NOT_SET without a plan. Minutes."""
    return _of_plan(books, span, number(plan_hours(books, span)))


@flow("actual-costs", MONEY, N_("Costs"), PRINTED, fills=Fills.THIS_YEAR)
def actual_costs(books: Dataset, span: Span) -> Outcome:
    """Costs of all funds by the day they were booked; a late one counts in its later month. Minor units."""
    return number(costs(books, span))


@flow("actual-income", MONEY, N_("Income"), PRINTED, fills=Fills.THIS_YEAR)
def actual_income(books: Dataset, span: Span) -> Outcome:
    """Income of all funds; minor units."""
    return number(income(books, span))


@flow("actual-hours", "min", N_("Community hours used"), PRINTED, fills=Fills.THIS_YEAR)
def actual_hours(books: Dataset, span: Span) -> Outcome:
    """Programme hours that the community paid for; minutes."""
    return number(hours_used(books, span))


@stock("commitments-open", MONEY, N_("Promised, not yet invoiced"), PRINTED, fills=Fills.THIS_YEAR)
def commitments_open(books: Dataset, day: dt.date) -> Outcome:
    """Sum of promises to pay less what invoices used of them, each at least 0; cancelled ones are 0. Minor units."""
    return number(promised(books, day))


@stock("available", MONEY, N_("Left of the year plan for costs"), PRINTED, fills=Fills.THIS_YEAR)
def available(books: Dataset, day: dt.date) -> Outcome:
    """Costs planned for the year - costs to date - promises; minor units. Below 0: promised too much."""
    year = books.year_of(day)
    spent, open_ = costs(books, counted(books, books.year_to(day))), promised(books, day)
    whole = plan_costs(books, year)
    outcome = number(whole - spent - open_, plan_year=whole, actual=spent, commitments=open_)
    return _of_plan(books, year, outcome)


@flow("variance-costs", MONEY, N_("Costs better or worse than plan"), PRINTED, fills=Fills.THIS_YEAR)
def variance_costs(books: Dataset, span: Span) -> Outcome:
    """Planned less actual costs: plus is better than plan. Minor units; NOT_SET without a plan."""
    return _of_plan(books, span, number(plan_costs(books, span) - costs(books, span)))


@flow("variance-income", MONEY, N_("Income better or worse than plan"), PRINTED, fills=Fills.THIS_YEAR)
def variance_income(books: Dataset, span: Span) -> Outcome:
    """Actual less planned income: plus is better than plan. Minor units; NOT_SET without a plan."""
    return _of_plan(books, span, number(income(books, span) - plan_income(books, span)))


@flow("variance-hours", "min", N_("Community hours better or worse than plan"), PRINTED, fills=Fills.THIS_YEAR)
def variance_hours(books: Dataset, span: Span) -> Outcome:
    """Planned less used programme hours: plus is better than plan. Minutes; NOT_SET without a plan."""
    return _of_plan(books, span, number(plan_hours(books, span) - hours_used(books, span)))


@flow("variance-percent-costs", "percent", THE_SAME, PRINTED, fills=Fills.THIS_YEAR)
def variance_percent_costs(books: Dataset, span: Span) -> Outcome:
    """Variance of costs / planned costs; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_costs(books, span)
    return _of_plan(books, span, percent(plan - costs(books, span), plan))


@flow("variance-percent-income", "percent", THE_SAME, PRINTED, fills=Fills.THIS_YEAR)
def variance_percent_income(books: Dataset, span: Span) -> Outcome:
    """Variance of income / planned income; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_income(books, span)
    return _of_plan(books, span, percent(income(books, span) - plan, plan))


@flow("variance-percent-hours", "percent", THE_SAME, PRINTED, fills=Fills.THIS_YEAR)
def variance_percent_hours(books: Dataset, span: Span) -> Outcome:
    """Variance of hours / planned hours; percent. DIV0 where nothing was planned, NOT_SET without a plan."""
    plan = plan_hours(books, span)
    return _of_plan(books, span, percent(plan - hours_used(books, span), plan))


@stock("forecast-costs", MONEY, N_("Costs expected for the whole year"), PRINTED, fills=Fills.THIS_YEAR)
def forecast_costs(books: Dataset, day: dt.date) -> Outcome:
    """Costs to date + planned costs of the months to come + changes known on the day; minor units.

    NOT_SET without a plan.
    """
    spent, rest = costs(books, counted(books, books.year_to(day))), plan_rest(books, day)
    change = sum(known_changes(books, day).values())
    outcome = number(spent + rest + change, actual=spent, plan_rest=rest, known_changes=change)
    return _of_plan(books, books.year_to(day), outcome)


@flow("hours-budget-use", "percent", N_("Hours budget used"), PRINTED, fills=Fills.THIS_YEAR)
def hours_budget_use(books: Dataset, span: Span) -> Outcome:
    """Programme hours used / programme hours planned; percent. NOT_SET where none were approved.

    Source: labour budgets as kept at Twin Oaks.
    """
    return _of_plan(books, span, percent(hours_used(books, span), plan_hours(books, span)))
