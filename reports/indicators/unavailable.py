"""Figures that the reports promise and no register feeds yet: they say so, and become files of their own.

Each reads `no data`, never 0, until the list it needs is kept.
"""

from __future__ import annotations

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, SUSTAINABILITY, flow
from reports.language.figure import Outcome, Reason, missing

SHOWN, YEARLY = (SUSTAINABILITY,), (ANNUAL,)


@flow("local-food-share", "percent", N_("Local share of food"), SHOWN, is_registered=True)
def local_food_share(_: Dataset, __: Span) -> Outcome:
    """Food from within the set distance / all food; percent. Distances are not kept."""
    return missing(Reason.NO_DATA)


@flow("food-waste-per-meal", "kg", N_("Food waste for each meal"), SHOWN, is_registered=True)
def food_waste_per_meal(_: Dataset, __: Span) -> Outcome:
    """Food thrown away / meals; kg. Meals are not kept."""
    return missing(Reason.NO_DATA)


@flow("shared-meals", "count", N_("Shared meals"), YEARLY, is_registered=True)
def shared_meals(_: Dataset, __: Span) -> Outcome:
    """Count of meals eaten together. Meals are not kept."""
    return missing(Reason.NO_DATA)


@flow("food-self-sufficiency", "percent", N_("Food grown, of all food"), YEARLY, is_registered=True)
def food_self_sufficiency(_: Dataset, __: Span) -> Outcome:
    """Food grown / (grown + bought + given); percent of weight. Food given is not kept."""
    return missing(Reason.NO_DATA)


@flow("energy-self-sufficiency", "percent", N_("Energy made here, of all energy"), YEARLY, is_registered=True)
def energy_self_sufficiency(_: Dataset, __: Span) -> Outcome:
    """Own energy used / all energy; percent. Energy made here is not kept."""
    return missing(Reason.NO_DATA)


@flow("needs-met-inside", "percent", N_("Basic needs met inside"), YEARLY, is_registered=True)
def needs_met_inside(_: Dataset, __: Span) -> Outcome:
    """Needs that members say are met here / needs asked; percent, from k answers on. Surveys are not kept."""
    return missing(Reason.NO_DATA)


@flow("tool-loans", "count", N_("Tool loans"), YEARLY, is_registered=True)
def tool_loans(_: Dataset, __: Span) -> Outcome:
    """Count of loans of the tool library. Loans of tools are not kept."""
    return missing(Reason.NO_DATA)


@flow("land-cared-for", "count", N_("Land cared for"), YEARLY, is_registered=True)
def land_cared_for(_: Dataset, __: Span) -> Outcome:
    """Land that members look after, as stated. Land is not kept."""
    return missing(Reason.NO_DATA)


@flow("fairness-check", "percent", N_("Fairness between groups"), YEARLY, is_registered=True)
def fairness_check(_: Dataset, __: Span) -> Outcome:
    """Gap between groups that members chose themselves, each of ten or more; off until the assembly wants it."""
    return missing(Reason.NOT_SET)


@flow("skills-coverage", "percent", N_("Skills with two people or more"), YEARLY, is_registered=True)
def skills_coverage(_: Dataset, __: Span) -> Outcome:
    """Skills that two people or more offer / skills asked for in twelve months; percent. Offers are not kept."""
    return missing(Reason.NO_DATA)


@flow("requests-answered", "percent", N_("Requests answered"), SHOWN, is_registered=True)
def requests_answered(_: Dataset, __: Span) -> Outcome:
    """Requests matched within 14 days / requests; percent. Requests are not kept."""
    return missing(Reason.NO_DATA)


@flow("survey-response", "count", N_("Survey answers"), SHOWN, is_registered=True)
def survey_response(_: Dataset, __: Span) -> Outcome:
    """Count of answers, from ten on, never linked to accounts. Surveys are not kept."""
    return missing(Reason.NO_DATA)


@flow("reports-in-large-print", "percent", N_("Reports also in large print and easy read"), YEARLY, is_registered=True)
def reports_in_large_print(_: Dataset, __: Span) -> Outcome:
    """Reports made in large print and easy read too / all reports; percent. Editions made are not kept."""
    return missing(Reason.NO_DATA)
