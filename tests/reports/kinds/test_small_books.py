"""Reports of small books: no empty tables, and a text instead of zeros where it says more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ledger.core.drafts import EXCHANGE
from ledger.core.periods import Month
from ledger.registers.plan_records import Budget, BudgetLine
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRows
from tests.reports.datasets import make_dataset, posting_row
from tests.reports.willow_reports import march_report, report_of

BEGAN, FIRST = dt.date(2025, 11, 1), Month(2025, 11)


def small(spent: int = 1900) -> Dataset:
    """Books of one month: a cost beside its plan, and one exchange of 2:15."""
    day = dt.date(2025, 11, 12)
    plan = BudgetLine(fund="GEN", account="6100", unit="EUR", months=(5000,) * 12)
    rows = [
        posting_row("6100", spent, day, 1),
        posting_row("1000", -spent, day, 1),
        posting_row("T2000", 135, day, 2, family=EXCHANGE, kind="hours", owner=2),
        posting_row("T2000", -135, day, 2, family=EXCHANGE, kind="hours", owner=3),
    ]
    found = make_dataset(*rows, budgets=(Budget(year=2025, state="approved", lines=(plan,)),), meters=())
    return replace(found, community=replace(found.community, books_began=BEGAN))


def html(kind: str, given: Dataset | None = None) -> str:
    return report_of(given or small(), kind, FIRST).as_html()


def test_plan_and_actual_are_told_without_zeros_and_in_the_months_that_count() -> None:
    said = html("budget-review", small(100))
    assert "In November we planned to spend 50.00 and spent 1.00: 49.00 less than planned." in said
    assert "Up to now no income was planned, and none came in." in said
    assert "Up to now no community hours were planned, and none were used." in said
    assert "In November we planned to spend 50.00 and spent just that." in html("budget-review", small(5000))
    assert "November: Actual" in said
    assert "January to November: Actual" not in said


def test_the_one_line_of_a_plan_is_far_from_it_alone() -> None:
    said = html("budget-review", small(20000))
    assert "Far from the plan: Shared costs." in said
    assert "The other lines are close." not in said


def test_an_empty_pot_stands_at_zero() -> None:
    assert "The community pot stands at nought." in html("sustainability")


def test_hidden_numbers_and_velocity_are_explained() -> None:
    said = html("sustainability")
    assert "Numbers hidden, with fewer than 5 people behind them: " in said
    assert "velocity is how many times a year an hour in credit is passed on" in said


def test_resources_that_nobody_measures_take_a_line_and_not_two_pages() -> None:
    said = html("sustainability")
    assert "There is no meter yet, and nothing was weighed." in said
    assert "Electricity used, kWh" not in said
    assert "Electricity used, kWh" in march_report("sustainability").as_html()


def test_a_trial_balance_says_why_no_hours_stand_in_it() -> None:
    said = html("trial-balance")
    assert "what some gave, others received. Moved, January to November: 2:15." in said
    empty = html("trial-balance", replace(small(), rows=DatasetRows(list(small().rows)[:2]), cache={}))
    assert "Nothing was written down yet." in empty
