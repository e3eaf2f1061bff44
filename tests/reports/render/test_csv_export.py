"""The figures of a report in a spreadsheet: numbers that add up, and no cell that runs as a formula."""

from __future__ import annotations

import csv as stdlib_csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.csv_export import formula_safe, grids, render_csv
from reports.story.elements import (
    BigFigure,
    BigFigures,
    Column,
    Fact,
    Facts,
    KeepTogether,
    Number,
    Section,
    SideBySide,
    Table,
    TableRow,
)
from tests.reports.pdf_reading import WILLOW, ledger_table
from tests.reports.sample_story import HEADER_FOOTER, STORY


def csv_rows(*story: Table | Facts | SideBySide | KeepTogether | Section | BigFigures) -> list[list[str]]:
    return list(stdlib_csv.reader(StringIO(render_csv(story, WILLOW).removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_words_that_could_run_as_a_formula_are_made_harmless(start: str) -> None:
    assert formula_safe(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@given(st.text())
def test_no_cell_of_words_begins_like_a_formula(text: str) -> None:
    assert not formula_safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_plain_even_below_zero() -> None:
    assert [formula_safe(Decimal("-244.70")), formula_safe(-467), formula_safe(Decimal("1E+3"))] == [
        "-244.70",
        "-467",
        "1000",
    ]


def test_a_hostile_name_reaches_the_sheet_as_words() -> None:
    assert ["'=cmd|'/c calc'!A1 1", "1.00"] in csv_rows(ledger_table(1, name="=cmd|'/c calc'!A1"))


def test_a_table_has_its_heads_rows_total_and_sentence() -> None:
    assert csv_rows(Section("Costs"), ledger_table(2))[4:] == [
        ["Costs", "ledger"],
        ["Costs", "Actual"],
        ["Line 1", "1.00"],
        ["Line 2", "2.00"],
        ["All lines", "0.00"],
        ["That is all."],
    ]


def test_the_sheet_says_which_books_it_was_read_from() -> None:
    assert csv_rows()[:3] == [
        ["Willow"],
        ["Monthly budget report", "March 2026"],
        ["W26-03-B", "70", WILLOW.chain_head],
    ]


def test_a_head_says_its_common_head_and_its_unit() -> None:
    columns = Column(head="Programme", kind="name"), Column(head="Plan", group="Whole year", unit="EUR")
    assert ["Programme", "Whole year: Plan (EUR)"] in csv_rows(Table(slug="x", columns=columns, rows=(), sentence=""))


def test_what_stands_below_a_name_follows_its_row() -> None:
    row = TableRow(cells=("Farm", Number("−64.70", Decimal("-64.70"))), note="Real: a repair.")
    table = Table(slug="x", columns=(Column(head="Line"), Column(head="Left")), rows=(row,), sentence="")
    assert ["Farm", "-64.70", "Real: a repair."] in csv_rows(table)


def test_facts_and_figures_side_by_side_are_in_the_sheet_too() -> None:
    facts = Facts(slug="facts", facts=(Fact(name="In the fund", value=Number("3,100.00", Decimal("3100.00"))),))
    figures = BigFigures(slug="figures", figures=(BigFigure(label="Given", value=Number("22:00", 1320), unit="hours"),))
    found = csv_rows(SideBySide(left=(facts,), right=(KeepTogether((figures,)),)))
    assert ["In the fund", "3100.00"] in found
    assert ["Given", "1320", "hours"] in found


def test_every_table_of_a_report_is_in_its_sheet() -> None:
    slugs = [grid.slug for grid in grids(STORY)]
    assert {"plan-costs", "funds", "emergency", "checks", "resources", "statement"} <= set(slugs)
    assert all(slug in render_csv(STORY, HEADER_FOOTER) for slug in slugs)
