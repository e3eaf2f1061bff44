"""A month that still runs is read up to the day that the books have reached, and says so; one to come is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.core.periods import Month, Span
from ledger.database.unit_of_work import read_books
from ledger.exchange.imports.journal import import_journal
from ledger.registers import communities
from ledger.registers.plan_records import Budget, KnownChange
from reports import report_builder
from reports.data.columns import LAST_YEAR, month_columns
from reports.kinds import Parameters, find_report
from reports.kinds.base import MonthToCome
from reports.measures.plan_figures import known_changes
from reports.report_builder import BuiltReport, report_from_workbook
from reports.workbook import make_workbook
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.databases import Filling
from tests.golden.willow import willow
from tests.reports.datasets import make_dataset

NOVEMBER, TWELFTH = Month(2026, 11), dt.date(2026, 11, 12)
END = NOVEMBER.last


def on_the_twelfth(kind: str) -> BuiltReport:
    """A sheet of Willow in the middle of November."""
    columns = month_columns(NOVEMBER).until(TWELFTH)
    return report_from_workbook(find_report(kind), make_workbook(replace(willow(), cache={}), columns, kind))


def test_columns_end_on_the_day_reached_and_never_before_the_month() -> None:
    columns = month_columns(NOVEMBER)
    assert columns.until(TWELFTH).period == Span(NOVEMBER.first, TWELFTH)
    assert columns.until(TWELFTH).spans[LAST_YEAR] == columns.spans[LAST_YEAR]
    assert columns.until(dt.date(2026, 10, 3)).end == NOVEMBER.first
    assert columns.until(END) is columns
    assert (columns.is_so_far, columns.until(TWELFTH).is_so_far) == (False, True)


def test_a_sheet_of_a_running_month_says_so_and_counts_to_the_day() -> None:
    found = on_the_twelfth("budget-review")
    assert found.header_footer.period == "November 2026, so far"
    html = found.as_html()
    assert "Left so far, 12 November" in html
    assert "The month is not over: all counts up to 12 November." in html
    assert "30 November" not in html
    assert len(found.workbook.tables["emergency"].month_ends) <= 12  # type: ignore[attr-defined]
    assert "Trial balance on 12 November, in a month that still runs" in on_the_twelfth("trial-balance").as_html()
    assert "all counts up to 12 November." in on_the_twelfth("sustainability").as_html()


def test_changes_known_in_a_running_month_are_those_of_its_last_list() -> None:
    early, late = (KnownChange(as_at=dt.date(2026, 11, day), amount=day) for day in (3, 9))
    plan = Budget(year=2026, state="approved", known_changes=(early, late))
    assert known_changes(make_dataset(budgets=(plan,)), TWELFTH) == {None: 9}
    assert known_changes(make_dataset(budgets=(plan,)), dt.date(2026, 12, 31)) == {}


@pytest.fixture
def empty_books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(small_community.create_empty)


def made(engine: Engine, month: Month, at: int | None = None) -> BuiltReport:
    with read_books(engine, SLUG, at) as unit:
        return report_builder.build_report(unit, "trial-balance", Parameters(month))


def test_a_month_to_come_is_refused_until_an_entry_is_dated_in_it(empty_books: Engine, tmp_path: Path) -> None:
    with read_books(empty_books, SLUG) as unit:
        now, today = Month.of(communities.today(unit)), communities.today(unit)
    assert (made(empty_books, now).header_footer.period.endswith("so far")) == (today != now.last)
    with pytest.raises(MonthToCome, match="has not begun"):
        made(empty_books, now.next())
    opening(empty_books, now.next().last, tmp_path / "one.jsonl")
    assert "so far" not in made(empty_books, now.next()).header_footer.period
    assert "so far" not in made(empty_books, now).header_footer.period
    with pytest.raises(MonthToCome):
        made(empty_books, now.next().next())


def opening(engine: Engine, day: dt.date, file: Path) -> None:
    """Money that is there on a day, imported."""
    postings = [{"account": code, "unit": "EUR", "fund": "GEN", "amount": n} for code, n in (("1000", 5), ("3030", -5))]
    line = {"key": "o", "date": str(day), "family": "opening", "narration": "Opening", "postings": postings}
    file.write_text(json.dumps(line), "utf-8")
    assert not import_journal(engine, SLUG, file).refused
