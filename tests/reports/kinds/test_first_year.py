"""The year in which the books begin: plan and actual both count from their first day, wherever they are compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import cast

from ledger.core.periods import Month
from ledger.registers.plan_records import Budget, BudgetLine
from reports.data.columns import month_columns
from reports.data.dataset import Dataset
from reports.indicators import money
from reports.measures.emergency_fund import essential_costs_of_year
from reports.measures.plan_figures import plan_still_to_come
from reports.tables.plan import CostsTable, ForecastTable
from reports.tables.variance import sum_variances, variance_parts
from reports.workbook import make_workbook
from tests.reports.datasets import make_dataset, posting_row
from tests.reports.willow_reports import report_of

BEGAN, NOVEMBER = dt.date(2025, 11, 10), Month(2025, 11)
PLAN = BudgetLine(fund="GEN", account="6100", unit="EUR", months=(5000,) * 12)
HOURS = BudgetLine(fund="TB", account="T6000", unit="min", months=(60,) * 12)
INCOME = BudgetLine(fund="GEN", account="4310", unit="EUR", months=(700,) * 12)


def begun_in_november() -> Dataset:
    """Books that begin on 10 November 2025, with one cost before that day and one after it."""
    early, later = dt.date(2025, 11, 3), dt.date(2025, 11, 20)
    rows = [
        posting_row("6100", 400, early, 1),
        posting_row("1000", -400, early, 1),
        posting_row("6100", 3000, later, 2),
        posting_row("1000", -3000, later, 2),
    ]
    found = make_dataset(*rows, budgets=(Budget(year=2025, state="approved", lines=(PLAN, HOURS, INCOME)),))
    return replace(found, community=replace(found.community, books_began=BEGAN))


def test_figures_tables_and_screen_count_plan_and_actual_from_the_same_day() -> None:
    given = begun_in_november()
    workbook = make_workbook(given, month_columns(NOVEMBER), "budget-review")
    table = cast(dict[str, CostsTable], workbook.tables["plan_actual_costs"])["ytd"].total
    screen = sum_variances(variance_parts(given, workbook.columns.year_to_date, "costs", "programme"))
    figures = [workbook.figures[slug].columns["ytd"].value for slug in ("plan-costs", "actual-costs", "variance-costs")]
    assert figures == [table.plan, table.actual, table.difference] == [5000, 3000, 2000]
    assert (screen.plan, screen.actual, screen.year_plan) == (5000, 3000, 10000)
    assert workbook.figures["available"].columns["end"].value == table.available == table.year_plan - 3000
    assert workbook.figures["plan-hours"].columns["ytd"].value == 60
    assert workbook.figures["plan-income"].columns["ytd"].value == 700


def test_the_forecast_adds_only_the_months_to_come() -> None:
    workbook = make_workbook(begun_in_november(), month_columns(NOVEMBER), "budget-review")
    total = cast(ForecastTable, workbook.tables["forecast"]).total
    assert (total.actual, total.plan_rest, total.year_plan) == (3000, 5000, 10000)
    assert workbook.figures["forecast-costs"].columns["end"].value == total.forecast == 8000


def test_months_before_the_books_are_neither_planned_nor_still_to_come() -> None:
    assert plan_still_to_come(begun_in_november(), dt.date(2025, 3, 31)) == 10000
    assert sum_variances(variance_parts(begun_in_november(), Month(2025, 3).span, "costs", "fund")).plan == 0


def test_a_plan_of_two_months_is_stretched_to_a_year_where_a_year_of_costs_is_asked_for() -> None:
    given = begun_in_november()
    assert essential_costs_of_year(given, NOVEMBER.last, frozenset({"GEN"}))[0] == 12 * 5000
    assert money.planned_cash_costs(given, NOVEMBER.last, frozenset({"GEN"})) == Fraction(12 * 5000)


def test_the_sheet_says_from_when_plan_and_actual_are_counted() -> None:
    said = "The books begin on 10 November: plan and actual count from then on."
    assert report_of(begun_in_november(), "budget-review", NOVEMBER).as_html().count(said) == 1
    assert said not in report_of(begun_in_november(), "budget-review", Month(2026, 1)).as_html()
