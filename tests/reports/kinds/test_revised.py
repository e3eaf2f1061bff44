"""A report of a month that was opened again says so, in its head and its foot, from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from ledger.chain import hashing
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.snapshots import close_month
from reports import report_builder
from reports.data.columns import year_columns
from reports.data.load_dataset import load_dataset
from reports.kinds import Parameters
from reports.workbook import make_workbook
from tests.databases import Filling
from tests.willow import bring

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(bring)


def printed(books: Engine, month: Month, at: int | None = None) -> report_builder.BuiltReport:
    with read_books(books, "willow", at) as unit:
        return report_builder.build_report(unit, "trial-balance", Parameters(month))


def test_a_report_of_a_month_opened_again_says_revised(books: Engine) -> None:
    with write_books(books, "willow") as unit:
        before = close_month(unit, JANUARY, entered_by=1)
        hashing.append_act(unit, "reopen", entered_by=1, facts={}, period_id=JANUARY.id)
        close_month(unit, JANUARY, entered_by=1)
    now = printed(books, JANUARY)
    assert now.header_footer.period == "January 2026, revised"
    assert now.header_footer.state.startswith("Revised")
    assert "January 2026, revised" in now.as_html()
    assert now.as_pdf()
    for other in (printed(books, FEBRUARY), printed(books, JANUARY, before)):
        assert "revised" not in other.header_footer.period
        assert other.header_footer.state == "Draft until it is signed."
    with read_books(books, "willow") as unit:
        assert report_builder.is_revised(
            make_workbook(load_dataset(unit, Month(2026, 5), annual=True), year_columns(Month(2026, 5)))
        )
