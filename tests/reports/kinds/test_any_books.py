"""Both sheets can be printed of any books: of none, of one entry, of any at all; what is not known is said in words."""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber
import pytest
from hypothesis import given, settings
from sqlalchemy import Engine

from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_transaction
from ledger.registers import communities
from reports import report_builder
from reports.data.dataset import Community, Dataset
from reports.kinds import Parameters
from tests.reports.datasets import make_dataset, posting_row, random_datasets
from tests.reports.willow_reports import KINDS, MARCH, report_of

MAY = Month(2026, 5)


def words_of(made: bytes) -> str:
    with pdfplumber.open(BytesIO(made)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


@pytest.mark.parametrize("kind", KINDS)
def test_books_with_nothing_in_them_print_reasons_in_words(kind: str) -> None:
    said = words_of(report_of(Dataset(community=Community(slug="new", name="New")), kind).as_pdf())
    assert "no data" in said
    assert "The books had not begun by the end of this month." in said
    assert not re.search(r"\b0[.:]00\b", said.partition("Checks and sign-off")[0])


def test_books_without_a_plan_print_no_plan_of_zero() -> None:
    found = make_dataset(
        posting_row("6100", 1250, MARCH.first, programme="GARDEN"), posting_row("1000", -1250, MARCH.first)
    )
    said = words_of(report_of(found, "budget-review").as_pdf())
    assert "All lines – 12.50 – – – –" in said
    assert "No plan was approved" in said
    assert "There is no plan to forecast from yet." in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_community_just_founded_prints_on_letter_and_as_every_form(engine: Engine, kind: str) -> None:
    with write_transaction(engine) as connection:
        communities.create(connection, "new", "New", "JPY", "Asia/Tokyo", year_starts="04-01")
    with read_books(engine, "new") as unit:
        made = report_builder.build_report(unit, kind, Parameters(MARCH))
    assert "no data" in words_of(made.as_pdf("letter"))
    assert all(made.render(form) for form in ("html", "csv", "json"))


@pytest.mark.parametrize("kind", KINDS)
def test_books_of_one_entry_print(kind: str) -> None:
    found = make_dataset(
        posting_row("6100", 1250, MARCH.first, programme="GARDEN"), posting_row("1000", -1250, MARCH.first)
    )
    assert report_of(found, kind).as_pdf()


@given(random_datasets())
@settings(max_examples=12)
def test_any_books_print_and_nothing_is_cut(found: Dataset) -> None:
    for kind in KINDS:
        printed = report_of(found, kind, MAY)
        assert printed.as_pdf()
        assert printed.as_html()
        assert printed.as_csv()
