"""Year plans: drafted, entered line by line, approved, and fixed from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from ledger.chain.record_acts import NewIdentities
from ledger.core.errors import FieldWrong, LedgerError, UnknownAccount, UnknownDecision, UnknownFund, UnknownProgramme
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.registers import communities, decisions, store
from ledger.registers.communities import OPERATOR
from ledger.registers.plan_records import Budget, BudgetLine, BudgetNote, KnownChange
from ledger.registers.records import Decision, Programme
from ledger.registers.registry import KNOWN_CHANGES, PROGRAMMES
from ledger.workflow import budgets
from ledger.workflow.budgets import BudgetEmpty, BudgetFixed, BudgetUnknown
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.databases import Filling

EVERY_MONTH = (100,) * 12
ENERGY = BudgetLine(fund="GEN", programme="HOME", account="6100", unit="EUR", months=EVERY_MONTH)
RENT = BudgetLine(fund="GEN", account="6200", unit="EUR", months=EVERY_MONTH)
HOURS = BudgetLine(fund="TB", programme="HOME", account="T6000", unit="min", months=EVERY_MONTH)
DAY = dt.date(2026, 1, 10)


def begin(engine: Engine) -> None:
    small_community.create_empty(engine)
    with write_books(engine, SLUG) as unit:
        home = PROGRAMMES.change(Programme(code="HOME", name="House"))
        store.write(unit, [home], opens=NewIdentities(programmes=["HOME"]), entered_by=OPERATOR)
        decisions.add(
            unit, Decision(id="A-01", date=DAY, body="assembly", text="The plan", method="vote"), entered_by=OPERATOR
        )


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(begin)


def enter(unit: WriteUnit, *lines: BudgetLine, version: int = 1) -> int | None:
    return budgets.enter(unit, 2026, version, lines, entered_by=OPERATOR)


def draft(unit: WriteUnit) -> Budget:
    return budgets.draft(unit, 2026, entered_by=OPERATOR)


def approve(unit: WriteUnit, version: int = 1) -> None:
    budgets.approve(unit, 2026, version, "A-01", DAY, entered_by=OPERATOR)


def test_a_draft_is_begun_once_and_filled_line_by_line(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert draft(unit) == draft(unit)
        enter(unit, ENERGY, RENT, HOURS)
        enter(unit, replace(ENERGY, months=(200,) * 12), replace(RENT, months=(0,) * 12))
        assert enter(unit, HOURS) is None
    with read_books(books, SLUG) as unit:
        assert {line.account: line.months[0] for line in budgets.lines(unit, 2026)} == {"6100": 200, "T6000": 100}
        assert budgets.lines(unit, 2025) == ()
        assert budgets.in_force(unit, 2026) is None


def test_a_plan_without_a_line_is_not_put_in_force(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        draft(unit)
        with pytest.raises(BudgetEmpty):
            approve(unit)


def test_a_plan_is_put_in_force_under_a_decision_on_the_list_or_none(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        draft(unit)
        enter(unit, ENERGY)
        with pytest.raises(UnknownDecision, match="A-99") as refusal:
            budgets.approve(unit, 2026, 1, "A-99", DAY, entered_by=OPERATOR)
        assert refusal.value.field == "decision"
        budgets.approve(unit, 2026, 1, None, DAY, entered_by=OPERATOR)


def test_an_approved_plan_stays_and_its_next_version_begins_with_its_lines(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        draft(unit)
        enter(unit, ENERGY)
        approve(unit)
        with pytest.raises(BudgetFixed):
            enter(unit, RENT)
        second = draft(unit)
        assert (second.version, second.lines) == (2, (ENERGY,))
        enter(unit, RENT, version=2)
        assert budgets.lines(unit, 2026) == (ENERGY,)
        approve(unit, 2)
        assert set(budgets.lines(unit, 2026)) == {ENERGY, RENT}
    with read_books(books, SLUG) as unit:
        assert [(b.version, b.state, b.decision, b.approved) for b in budgets.all(unit)] == [
            (1, "approved", "A-01", DAY),
            (2, "approved", "A-01", DAY),
        ]


WRONG: dict[str, tuple[BudgetLine, type[LedgerError]]] = {
    "an account that is in no chart": (replace(RENT, account="9999"), UnknownAccount),
    "an account of neither income nor costs": (replace(RENT, account="1000"), FieldWrong),
    "hours out of a fund of money": (replace(HOURS, fund="GEN"), FieldWrong),
    "money out of the time bank": (replace(RENT, fund="TB"), FieldWrong),
    "an account of another unit": (replace(RENT, unit="min"), UnknownAccount),
    "a fund that is in no list": (replace(RENT, fund="ZZZ"), UnknownFund),
    "a programme that is in no list": (replace(RENT, programme="ZZZ"), UnknownProgramme),
    "eleven months": (replace(RENT, months=(1,) * 11), FieldWrong),
}


@pytest.mark.parametrize(("line", "error"), WRONG.values(), ids=WRONG.keys())
def test_a_line_names_what_is_in_the_lists(books: Engine, line: BudgetLine, error: type[LedgerError]) -> None:
    with write_books(books, SLUG) as unit:
        draft(unit)
        with pytest.raises(error):
            enter(unit, line)


def test_a_plan_that_was_never_begun_is_refused(books: Engine) -> None:
    with pytest.raises(BudgetUnknown, match="2026"), write_books(books, SLUG) as unit:
        enter(unit, RENT)


def test_notes_and_known_changes_belong_to_the_financial_year_of_their_month(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        settings = replace(communities.settings(unit), year_starts="04-01")
        communities.change_settings(unit, settings, entered_by=OPERATOR)
        draft(unit)
        for period in ("2026-03", "2026-04", "2027-03"):
            said = BudgetNote(period=period, programme="HOME", kind="timing", text="The bill comes later.")
            budgets.note(unit, said, entered_by=OPERATOR)
        known = KnownChange(as_at=dt.date(2026, 6, 30), amount=100)
        store.write(unit, [KNOWN_CHANGES.change(known)], entered_by=OPERATOR)
        (plan,) = budgets.all(unit)
        assert [note.period for note in plan.notes] == ["2026-04", "2027-03"]
        assert plan.known_changes == (known,)


def test_a_note_says_timing_or_real_and_names_a_programme(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        with pytest.raises(FieldWrong, match="timing"):
            budgets.note(unit, BudgetNote(period="2026-03", kind="because"), entered_by=OPERATOR)
        with pytest.raises(UnknownProgramme):
            budgets.note(unit, BudgetNote(period="2026-03", kind="real", programme="ZZZ"), entered_by=OPERATOR)
        assert budgets.note(unit, BudgetNote(period="2026-03", kind="real"), entered_by=OPERATOR)


def test_one_amount_for_the_year_is_spread_from_the_month_in_which_the_books_begin(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert budgets.months_before(unit, 2026) == 0
        settings = replace(communities.settings(unit), books_began=dt.date(2026, 11, 10))
        communities.change_settings(unit, settings, entered_by=OPERATOR)
    with read_books(books, SLUG) as unit:
        assert (budgets.months_before(unit, 2026), budgets.months_before(unit, 2027)) == (10, 0)
    assert budgets.spread(55001, 10) == (0,) * 10 + (27501, 27500)
    assert budgets.spread(1200, 0) == (100,) * 12
