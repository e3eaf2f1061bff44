"""Sentences on plan and actual: for several months, one month, a year, and without a plan."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.language.value_formats import Measure, MonthName, YearName
from reports.measures.plan_figures import has_plan, since_books_began
from reports.sentences.registry import sentence
from reports.tables.hours import hours_table
from reports.tables.plan import costs_table, forecast, income_table
from reports.tables.registry import MONTHLY
from reports.tables.variance import Variance


class PeriodKind(Enum):
    """How a sentence names its period."""

    MONTHS = "months"
    MONTH = "month"
    YEAR = "year"


def period_kind(columns: Columns) -> PeriodKind:
    """Whether the year to date is a year, one month or several months."""
    if columns.is_annual:
        return PeriodKind.YEAR
    return PeriodKind.MONTH if columns.year_to_date == columns.period else PeriodKind.MONTHS


def period_values(columns: Columns) -> dict[str, object]:
    """The message values of the period: `first` and `last` month, and `year`."""
    span = columns.year_to_date
    return {
        "first": MonthName(Month.of(span.first)),
        "last": MonthName(Month.of(span.last)),
        "year": YearName(span),
    }


Wordings = Mapping[tuple[PeriodKind, bool | None], str]
"""The text by kind of period and whether actual is less than plan; None where they are equal."""

COSTS: Wordings = {
    (PeriodKind.MONTHS, None): N_("From %(first)s to %(last)s we planned to spend %(plan)s and spent just that."),
    (PeriodKind.MONTH, None): N_("In %(last)s we planned to spend %(plan)s and spent just that."),
    (PeriodKind.YEAR, None): N_("In %(year)s we planned to spend %(plan)s and spent just that."),
    (PeriodKind.MONTHS, True): N_(
        "From %(first)s to %(last)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.MONTHS, False): N_(
        "From %(first)s to %(last)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s more than planned."
    ),
    (PeriodKind.MONTH, True): N_(
        "In %(last)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.MONTH, False): N_(
        "In %(last)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s more than planned."
    ),
    (PeriodKind.YEAR, True): N_(
        "In %(year)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.YEAR, False): N_(
        "In %(year)s we planned to spend %(plan)s and spent %(actual)s: %(gap)s more than planned."
    ),
}
INCOME: Wordings = {
    (PeriodKind.MONTHS, None): N_("From %(first)s to %(last)s we planned an income of %(plan)s and had just that."),
    (PeriodKind.MONTH, None): N_("In %(last)s we planned an income of %(plan)s and had just that."),
    (PeriodKind.YEAR, None): N_("In %(year)s we planned an income of %(plan)s and had just that."),
    (PeriodKind.MONTHS, True): N_(
        "From %(first)s to %(last)s we planned an income of %(plan)s and had %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.MONTHS, False): N_(
        "From %(first)s to %(last)s we planned an income of %(plan)s and had %(actual)s: %(gap)s more than planned."
    ),
    (PeriodKind.MONTH, True): N_(
        "In %(last)s we planned an income of %(plan)s and had %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.MONTH, False): N_(
        "In %(last)s we planned an income of %(plan)s and had %(actual)s: %(gap)s more than planned."
    ),
    (PeriodKind.YEAR, True): N_(
        "In %(year)s we planned an income of %(plan)s and had %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.YEAR, False): N_(
        "In %(year)s we planned an income of %(plan)s and had %(actual)s: %(gap)s more than planned."
    ),
}
HOURS: Wordings = {
    (PeriodKind.MONTHS, None): N_(
        "From %(first)s to %(last)s we planned %(plan)s of community hours and used just that."
    ),
    (PeriodKind.MONTH, None): N_("In %(last)s we planned %(plan)s of community hours and used just that."),
    (PeriodKind.YEAR, None): N_("In %(year)s we planned %(plan)s of community hours and used just that."),
    (PeriodKind.MONTHS, True): N_(
        "From %(first)s to %(last)s we planned %(plan)s of community hours and used %(actual)s: "
        "%(gap)s less than planned."
    ),
    (PeriodKind.MONTHS, False): N_(
        "From %(first)s to %(last)s we planned %(plan)s of community hours and used %(actual)s: "
        "%(gap)s more than planned."
    ),
    (PeriodKind.MONTH, True): N_(
        "In %(last)s we planned %(plan)s of community hours and used %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.MONTH, False): N_(
        "In %(last)s we planned %(plan)s of community hours and used %(actual)s: %(gap)s more than planned."
    ),
    (PeriodKind.YEAR, True): N_(
        "In %(year)s we planned %(plan)s of community hours and used %(actual)s: %(gap)s less than planned."
    ),
    (PeriodKind.YEAR, False): N_(
        "In %(year)s we planned %(plan)s of community hours and used %(actual)s: %(gap)s more than planned."
    ),
}


NOTHING = {
    "costs": N_("Up to now no costs were planned, and there were none."),
    "income": N_("Up to now no income was planned, and none came in."),
    "hours": N_("Up to now no community hours were planned, and none were used."),
}


def _compared(dataset: Dataset, columns: Columns, texts: Wordings, nothing: str, sums: Variance, unit: str) -> Message:
    if not sums.plan and not sums.actual:
        return make_message(nothing)
    span = since_books_began(dataset, columns.year_to_date)
    is_one_month = not columns.is_annual and Month.of(span.first) == Month.of(span.last)
    is_less = None if sums.actual == sums.plan else sums.actual < sums.plan
    return make_message(
        texts[PeriodKind.MONTH if is_one_month else period_kind(columns), is_less],
        plan=Measure(sums.plan, unit),
        actual=Measure(sums.actual, unit),
        gap=Measure(abs(sums.difference), unit),
        **period_values(columns) | {"first": MonthName(Month.of(span.first))},
    )


@sentence("plan_actual_costs")
def plan_actual_costs(dataset: Dataset, columns: Columns) -> Message:
    """Planned and actual costs to date."""
    sums = costs_table(dataset, columns.year_to_date).total
    if has_plan(dataset, columns.year_to_date):
        return _compared(dataset, columns, COSTS, NOTHING["costs"], sums, dataset.currency)
    return make_message(N_("We spent %(actual)s; no plan was approved."), actual=Measure(sums.actual, dataset.currency))


@sentence("plan_actual_income")
def plan_actual_income(dataset: Dataset, columns: Columns) -> Message:
    """Planned and actual income to date."""
    sums = income_table(dataset, columns.year_to_date).total
    if has_plan(dataset, columns.year_to_date):
        return _compared(dataset, columns, INCOME, NOTHING["income"], sums, dataset.currency)
    return make_message(
        N_("We had an income of %(actual)s; no plan was approved."), actual=Measure(sums.actual, dataset.currency)
    )


@sentence("plan_actual_hours")
def plan_actual_hours(dataset: Dataset, columns: Columns) -> Message:
    """Planned and used community hours to date."""
    sums = hours_table(dataset, columns.year_to_date).total_programme_hours
    if has_plan(dataset, columns.year_to_date):
        return _compared(dataset, columns, HOURS, NOTHING["hours"], sums, MINUTES)
    text = N_("We used %(actual)s of community hours; no plan was approved.")
    return make_message(text, actual=Measure(sums.actual, MINUTES))


@sentence("forecast", (MONTHLY,))
def expected_costs(dataset: Dataset, columns: Columns) -> Message | None:
    """Expected costs of the year; None without a plan."""
    if not has_plan(dataset, columns.year_to_date):
        return None
    total = forecast(dataset, columns).total
    less = N_("We expect to spend %(forecast)s in the whole year: %(gap)s less than planned.")
    more = N_("We expect to spend %(forecast)s in the whole year: %(gap)s more than planned.")
    return make_message(
        less if total.difference >= 0 else more,
        forecast=Measure(total.forecast, dataset.currency),
        gap=Measure(abs(total.difference), dataset.currency),
    )
