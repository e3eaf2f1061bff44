"""Days that are too late or too old, and minutes in steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ledger.core.errors import DayTooLate, DayTooOld, FieldWrong, PeriodClosed
from ledger.kinds.general.journal_lines import FreeLine
from ledger.rules.approval import NOBODY
from ledger.rules.dates import MinutesUneven
from tests.ledger.kinds.willow import BEA, ELI
from tests.ledger.rules.cases import COST, HELP, TODAY, pages, tried

LINES = (FreeLine(account="1000", fund="GEN", debit=100), FreeLine(account="4000", fund="GEN", credit=100))


@pytest.mark.parametrize(("slug", "answers", "by"), [("hours", HELP, BEA), ("cost", COST, ELI)])
def test_what_is_still_to_come_is_not_written_down(slug: str, answers: dict[str, Any], by: int) -> None:
    assert tried(slug, by, **answers) == NOBODY
    with pytest.raises(DayTooLate) as refusal:
        tried(slug, by, **answers, day=TODAY + dt.timedelta(1))
    assert refusal.value.field == "day"


def test_a_bookkeepers_entry_may_be_dated_ahead() -> None:
    assert tried("journal", ELI, what="Rent", lines=LINES, day=TODAY + dt.timedelta(9)) == NOBODY


def test_hours_are_written_down_within_the_days_of_the_policy() -> None:
    assert tried("hours", BEA, **HELP, day=TODAY - dt.timedelta(60)) == NOBODY
    with pytest.raises(DayTooOld, match="60 days ago") as refusal:
        tried("hours", BEA, **HELP, day=TODAY - dt.timedelta(61))
    assert refusal.value.field == "day"


def test_a_year_is_closed_on_its_last_day() -> None:
    books = pages(today=dt.date(2027, 1, 31))
    assert tried("year-close", ELI, books, fund="GEN", day=dt.date(2026, 12, 31)).one_of
    with pytest.raises(FieldWrong, match="does not end") as refusal:
        tried("year-close", ELI, books, fund="GEN", day=dt.date(2026, 12, 30))
    assert refusal.value.field == "day"
    assert tried("cost", ELI, books, **COST, day=dt.date(2026, 12, 30)) == NOBODY


def test_a_policy_may_leave_late_hours_open() -> None:
    books = pages(policies={"time.late_claim_days": None})
    assert tried("hours", BEA, books, **HELP, day=TODAY - dt.timedelta(400)) == NOBODY


def test_a_treasurers_entry_may_be_old() -> None:
    assert tried("cost", ELI, **COST, day=TODAY - dt.timedelta(70)) == NOBODY


def test_hours_are_counted_in_the_steps_of_the_policy() -> None:
    books = pages(policies={"time.unit_step_minutes": 15})
    assert tried("hours", BEA, books, **{**HELP, "minutes": 45}) == NOBODY
    with pytest.raises(MinutesUneven, match="15 minutes") as refusal:
        tried("hours", BEA, books, **{**HELP, "minutes": 50})
    assert refusal.value.field == "minutes"
    with pytest.raises(MinutesUneven):
        tried("hours", BEA, pages(policies={"time.unit_step_minutes": 2}), **{**HELP, "minutes": 45})


@pytest.mark.parametrize("step", [None, 0, 1])
def test_a_policy_without_steps_counts_single_minutes(step: int | None) -> None:
    assert tried("hours", BEA, pages(policies={"time.unit_step_minutes": step}), **{**HELP, "minutes": 7}) == NOBODY


@pytest.mark.parametrize(("slug", "answers", "by"), [("cost", COST, ELI), ("hours", HELP, BEA)])
def test_an_office_is_told_where_a_late_fact_goes_and_members_hours_go_there_by_themselves(
    slug: str, answers: dict[str, Any], by: int
) -> None:
    books = pages(closed=frozenset({TODAY.year * 100 + TODAY.month}))
    if slug == "hours":
        assert tried(slug, by, books, **answers) == NOBODY
        return
    with pytest.raises(PeriodClosed, match="the day it is about") as refusal:
        tried(slug, by, books, **answers)
    assert refusal.value.field == "day"
