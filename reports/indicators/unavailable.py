"""Indicators without a data source yet. They print "no data", never 0, until their data is recorded."""

from __future__ import annotations

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, SUSTAINABILITY, period_indicator
from reports.language.figure import FigureValue, Reason, no_value

SHOWN, YEARLY = (SUSTAINABILITY,), (ANNUAL,)


@period_indicator("local-food-share", "percent", N_("Local share of food"), SHOWN, is_registered=True)
def local_food_share(_: Dataset, __: Span) -> FigureValue:
    """Food from within the set distance / all food; percent. Distances are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("food-waste-per-meal", "kg", N_("Food waste for each meal"), SHOWN, is_registered=True)
def food_waste_per_meal(_: Dataset, __: Span) -> FigureValue:
    """Food thrown away / meals; kg. Meals are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("shared-meals", "count", N_("Shared meals"), YEARLY, is_registered=True)
def shared_meals(_: Dataset, __: Span) -> FigureValue:
    """Count of meals eaten together. Meals are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("food-self-sufficiency", "percent", N_("Food grown, of all food"), YEARLY, is_registered=True)
def food_self_sufficiency(_: Dataset, __: Span) -> FigureValue:
    """Food grown / (grown + bought + given); percent of weight. Food given is not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator(
    "energy-self-sufficiency", "percent", N_("Energy made here, of all energy"), YEARLY, is_registered=True
)
def energy_self_sufficiency(_: Dataset, __: Span) -> FigureValue:
    """Own energy used / all energy; percent. Energy made here is not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("needs-met-inside", "percent", N_("Basic needs met inside"), YEARLY, is_registered=True)
def needs_met_inside(_: Dataset, __: Span) -> FigureValue:
    """Needs that members say are met here / needs asked; percent, from k answers on. Surveys are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("tool-loans", "count", N_("Tool loans"), YEARLY, is_registered=True)
def tool_loans(_: Dataset, __: Span) -> FigureValue:
    """Count of loans of the tool library. Loans of tools are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("land-cared-for", "count", N_("Land cared for"), YEARLY, is_registered=True)
def land_cared_for(_: Dataset, __: Span) -> FigureValue:
    """Land that members look after, as stated. Land is not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("fairness-check", "percent", N_("Fairness between groups"), YEARLY, is_registered=True)
def fairness_check(_: Dataset, __: Span) -> FigureValue:
    """Gap between groups that members chose themselves, each of ten or more; off until the assembly wants it."""
    return no_value(Reason.NOT_SET)


@period_indicator("skills-coverage", "percent", N_("Skills with two people or more"), YEARLY, is_registered=True)
def skills_coverage(_: Dataset, __: Span) -> FigureValue:
    """Skills that two people or more offer / skills asked for in twelve months; percent. Offers are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("requests-answered", "percent", N_("Requests answered"), SHOWN, is_registered=True)
def requests_answered(_: Dataset, __: Span) -> FigureValue:
    """Requests matched within 14 days / requests; percent. Requests are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator("survey-response", "count", N_("Survey answers"), SHOWN, is_registered=True)
def survey_response(_: Dataset, __: Span) -> FigureValue:
    """Count of answers, from ten on, never linked to accounts. Surveys are not recorded."""
    return no_value(Reason.NO_DATA)


@period_indicator(
    "reports-in-large-print", "percent", N_("Reports also in large print and easy read"), YEARLY, is_registered=True
)
def reports_in_large_print(_: Dataset, __: Span) -> FigureValue:
    """Reports made in large print and easy read too / all reports; percent. Editions made are not recorded."""
    return no_value(Reason.NO_DATA)
