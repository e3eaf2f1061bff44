"""A sheet can always be made: of new books with nothing in them, and of any books whatever, and its sums tie."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import Engine

from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_transaction
from ledger.registers import communities
from reports.data.columns import Columns, month_columns, year_columns
from reports.data.dataset import Community, Dataset
from reports.data.load_dataset import load_dataset
from reports.indicators import compute_figures
from reports.language.figure import Reason
from reports.render.json_export import figures_json
from reports.workbook import Workbook, make_workbook
from tests.reports.datasets import make_dataset, random_datasets

MAY = Month(2026, 5)
BOTH = [month_columns(MAY), year_columns(MAY)]
COUNTS_OF_NOTHING = {"refill-planned", "policy-exceptions"}


@pytest.mark.parametrize("columns", BOTH, ids=["month", "year"])
def test_books_with_nothing_in_them_give_reasons_and_no_numbers(columns: Columns) -> None:
    found = compute_figures(Dataset(community=Community(slug="new", name="New")), columns)
    assert {cell.reason for figure in found for cell in figure.columns.values()} == {Reason.NO_DATA, Reason.NOT_SET}


@pytest.mark.parametrize("columns", BOTH, ids=["month", "year"])
def test_a_sheet_of_nothing_has_every_table_and_says_so_in_sentences(columns: Columns) -> None:
    workbook = make_workbook(Dataset(community=Community(slug="new", name="New")), columns)
    assert json.dumps(figures_json(workbook))
    assert str(workbook.sentences["plan_actual_costs"]) == "We spent 0.00; no plan was approved."
    assert str(workbook.sentences["emergency"]) == "We keep no emergency fund."


def test_a_community_just_founded_has_a_sheet(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        communities.create(connection, "new", "New", "JPY", "Asia/Tokyo", year_starts="04-01")
    with read_books(engine, "new") as unit:
        found = load_dataset(unit, MAY)
    workbook = make_workbook(found, month_columns(MAY, found.community.year_starts_month))
    assert workbook.figures["plan-costs"].columns["month"].reason == Reason.NO_DATA
    assert workbook.figures["money-left"].unit == "JPY"


def test_books_begun_without_a_plan_show_what_happened_and_no_plan() -> None:
    workbook = make_workbook(make_dataset(), BOTH[0])
    cells = {slug: figure.columns for slug, figure in workbook.figures.items()}
    assert cells["actual-costs"]["month"].value == 0
    assert cells["plan-costs"]["month"].reason == Reason.NOT_SET
    assert cells["months-of-cover"]["end"].reason == Reason.DIV0
    assert cells["months-of-cover"]["last_year"].reason == Reason.NOT_SET
    assert cells["partners-median"]["month"].reason == Reason.TOO_FEW


@given(random_datasets())
def test_any_books_give_a_sheet_whose_sums_tie(found: Dataset) -> None:
    for columns in BOTH:
        workbook = make_workbook(found, columns)
        assert json.dumps(figures_json(workbook))
        assert_money_ties(workbook)
        assert_time_ties(workbook)


def assert_money_ties(workbook: Workbook) -> None:
    tables: Any = workbook.tables
    span = "year" if workbook.columns.is_annual else "month"
    sums = {
        slug: workbook.figures[slug].columns for slug in ("actual-costs", "actual-income", "net-result", "money-left")
    }
    assert tables["plan_actual_costs"][span].total.actual == sums["actual-costs"][span].value
    assert tables["plan_actual_income"][span].total.actual == sums["actual-income"][span].value
    moved = tables["funds"][span].total
    assert moved.income + moved.costs == sums["net-result"][span].value
    assert sum(tables["cash_by_fund"].values()) == sums["money-left"]["end"].value
    assert all(sides.debit == sides.credit for sides in tables["trial_balance"].total.values())
    assert tables["checks"].entries_out_of_balance == 0


def assert_time_ties(workbook: Workbook) -> None:
    tables: Any = workbook.tables
    span = "year" if workbook.columns.is_annual else "month"
    given_minutes = workbook.figures["hours-given"].columns[span].value
    assert sum(tables["hours_by_programme"][span].values()) == given_minutes
    assert tables["pot"][span].lines["close"] == workbook.figures["pot"].columns["end"].value
