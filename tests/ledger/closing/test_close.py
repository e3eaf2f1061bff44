"""A month is closed in its turn, when it is over and the books hold; what is worth a look is only shown."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from ledger.checks import Finding, Verdict, verify
from ledger.closing import period_states
from ledger.closing.close import (
    AlreadyClosed,
    BooksDoNotHold,
    ClosePreview,
    EarlierMonthOpen,
    MonthNotOver,
    close,
    preview_close,
)
from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import NotAllowed, PeriodClosed
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import posting, snapshots
from ledger.journal.idempotency import Actors
from ledger.models import act
from ledger.registers import decisions
from ledger.registers.communities import OPERATOR
from ledger.rules.books_view import BooksLookup
from tests.communities.small_community import ANA, BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key


def last_month(community: SmallCommunity) -> Month:
    return Month.of(community.today).previous()


def verdict(community: SmallCommunity) -> Verdict:
    with read_books(community.engine, SLUG) as books:
        return verify(books)


def shut(community: SmallCommunity, month: Month, by: int = BEA, found: Verdict | None = None) -> int:
    found = found or verdict(community)
    with write_books(community.engine, SLUG) as books:
        return close(books, month, found, entered_by=by)


def outlook(community: SmallCommunity, month: Month) -> ClosePreview:
    with read_books(community.engine, SLUG) as books:
        return preview_close(books, month)


def told(community: SmallCommunity, month: Month) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for notice in outlook(community, month).notices:
        found.setdefault(notice.slug, []).append(str(notice.says))
    return found


def given(community: SmallCommunity, day: dt.date, fund: str = "GEN", amount: int = 5000) -> None:
    community.record("donation", BEA, day=day, amount=amount, fund=fund, into="1000")


def put(community: SmallCommunity, day: dt.date, *lines: tuple[str, str, int]) -> None:
    """Post lines as they are, asking no rule."""
    drafts = tuple(PostingDraft(AccountKey(chart, "EUR", fund), amount) for chart, fund, amount in lines)
    draft = EntryDraft(kind="journal", family=OTHER, effective_on=day, postings=drafts, narration="by hand")
    with write_books(community.engine, SLUG) as books:
        posting.post(books, draft, Actors(BEA), new_key())


def test_a_month_that_is_over_is_closed_with_what_was_checked_and_kept(community: SmallCommunity) -> None:
    month = last_month(community)
    given(community, month.first)
    assert outlook(community, month).may_be_closed
    assert outlook(community, month).month == month
    number = shut(community, month)
    with read_books(community.engine, SLUG) as books:
        state = period_states.month_state(books, month)
        row = books.connection.execute(select(act.c.facts).where(act.c.act_id == number)).scalar_one()
        taken = snapshots.compute_snapshot(books, month)
        assert not BooksLookup(books).is_open(month.first)
        assert not BooksLookup(books).is_open(month.previous().first)
        assert BooksLookup(books).is_open(community.today)
    assert (state.is_closed, state.by, state.act_id, state.was_reopened) == (True, BEA, number, False)
    assert json.loads(row) == {"checked": number - 1, "snapshot": taken.digest}
    assert taken.balances[0][1:] == (0, 5000, 5000)
    assert verdict(community).ok


def test_the_month_that_runs_is_not_closed(community: SmallCommunity) -> None:
    given(community, community.today)
    assert not outlook(community, Month.of(community.today)).is_over
    with pytest.raises(MonthNotOver):
        shut(community, Month.of(community.today))


def test_months_are_closed_in_their_order_from_the_first_entry_on(community: SmallCommunity) -> None:
    month = last_month(community)
    given(community, month.back(2).first)
    assert outlook(community, month).earlier == (month.back(2), month.back(1))
    with pytest.raises(EarlierMonthOpen, match=str(month.back(2))):
        shut(community, month)
    for back in (2, 1, 0):
        shut(community, month.back(back))
    assert outlook(community, month).is_closed
    with pytest.raises(AlreadyClosed):
        shut(community, month)


def test_a_month_that_was_never_in_the_list_is_closed_too(community: SmallCommunity) -> None:
    given(community, dt.date(2019, 11, 30))
    shut(community, Month(2019, 11))
    shut(community, Month(2019, 12))
    with read_books(community.engine, SLUG) as books:
        assert [one.is_closed for one in period_states.month_states(books, Month(2020, 1))] == [False, True, True]
        assert period_states.open_months_before(books, Month(2020, 3)) == [Month(2020, 1), Month(2020, 2)]


def test_books_without_entries_have_no_months(community: SmallCommunity) -> None:
    with read_books(community.engine, SLUG) as books:
        assert period_states.month_states(books, last_month(community)) == []


@pytest.mark.parametrize("who", [ANA, CAI, DEE])
def test_only_the_treasurer_closes(community: SmallCommunity, who: int) -> None:
    given(community, last_month(community).first)
    with pytest.raises(NotAllowed):
        shut(community, last_month(community), who)


def test_the_operator_may_close_for_the_treasurer(community: SmallCommunity) -> None:
    given(community, last_month(community).first)
    assert shut(community, last_month(community), OPERATOR)


def test_books_in_which_a_check_finds_something_are_not_closed(community: SmallCommunity) -> None:
    given(community, last_month(community).first)
    honest = verdict(community)
    with pytest.raises(BooksDoNotHold):
        shut(community, last_month(community), found=replace(honest, head=replace(honest.head, hash=b"x" * 32)))
    found = replace(honest, findings=(Finding("balances", 7, make_message("A balance differs.")),))
    assert not replace(outlook(community, last_month(community)), verdict=found).may_be_closed
    with pytest.raises(BooksDoNotHold):
        shut(community, last_month(community), found=found)


# what is worth a look


def test_what_lies_in_clearing_is_told_with_its_age_the_oldest_first(community: SmallCommunity) -> None:
    month = last_month(community)
    put(community, month.back(2).first, ("1600", "GEN", 300), ("1000", "GEN", -300))
    put(community, month.back(1).first, ("1600", "GEN", -300), ("1000", "GEN", 300))
    put(community, month.back(1).last, ("1600", "GEN", 500), ("1000", "GEN", -500))
    put(community, month.first, ("1600", "GEN", 100), ("1000", "GEN", -100))
    put(community, month.back(2).last, ("1030", "GEN", -250), ("1000", "GEN", 250))
    found = [one for one in outlook(community, month).notices if one.slug == "clearing"]
    assert [(one.leaf.chart if one.leaf else "", one.since) for one in found] == [
        ("1030", month.back(2).last),
        ("1600", month.back(1).last),
    ]
    assert "6.00 EUR" in str(found[1].says)
    assert found[1].days == (month.last - month.back(1).last).days
    assert outlook(community, month.back(1)).may_be_closed is False


def test_funds_below_nought_and_worth_on_strange_lines_are_told(community: SmallCommunity) -> None:
    month = last_month(community)
    put(community, month.first, ("6300", "GRN", 900), ("1000", "GRN", -900))
    put(community, month.first, ("1000", "COP", 700), ("3030", "COP", -400), ("3000", "COP", -300))
    found = told(community, month)
    assert found["fund"] == ["The fund “Garden grant” is below nought by 9.00 EUR."]
    assert ["4.00 EUR" in one for one in found["co-op"]] == [True]


@pytest.mark.unhurried
def test_payments_behind_which_one_person_stands_are_told(community: SmallCommunity) -> None:
    month = last_month(community)
    with write_books(community.engine, SLUG) as books:
        assert decisions.codes(books)["A-01"]
    given(community, month.first, amount=500_000)
    put(community, month.first, ("6300", "GEN", 5000), ("1000", "GEN", -5000))
    put(community, month.first, ("6300", "GEN", 4999), ("1000", "GEN", -4999))
    put(community, month.first, ("1010", "GEN", 9000), ("1000", "GEN", -9000))
    undone = told(community, month)["one-person"]
    assert ["50.00 EUR" in one for one in undone] == [True]
    waits = community.record(
        "cost",
        BEA,
        day=month.first,
        what="Roof",
        fund="GEN",
        paid_from="1000",
        account="6220",
        amount=7000,
    )
    assert told(community, month)["waiting"] == ["1 thing of this month still waits for a yes."]
    community.confirm(waits.agreement_id, CAI)
    assert "waiting" not in told(community, month)
    assert told(community, month)["one-person"] == undone


# late facts


@pytest.mark.unhurried
def test_a_late_bill_is_told_where_it_goes(community: SmallCommunity) -> None:
    month = last_month(community)
    given(community, month.first, amount=500_000)
    shut(community, month)
    bill: dict[str, Any] = {"what": "Seed", "fund": "GEN", "paid_from": "1000", "account": "6220", "amount": 100}
    with pytest.raises(PeriodClosed, match="the day it is about") as refusal:
        community.record("cost", BEA, day=month.last, **bill)
    assert refusal.value.field == "day"
    entry = community.entry(community.record("cost", BEA, about=month.last, **bill))
    assert (entry.effective_on, entry.about_on) == (community.today, month.last)


@pytest.mark.unhurried
def test_a_payment_that_waited_too_long_is_not_posted_into_a_closed_month(community: SmallCommunity) -> None:
    month = last_month(community)
    given(community, month.first, amount=500_000)
    bill: dict[str, Any] = {"what": "Roof", "fund": "GEN", "paid_from": "1000", "account": "6220", "amount": 9000}
    waits = community.record("cost", BEA, day=month.last, **bill)
    shut(community, month)
    with pytest.raises(PeriodClosed):
        community.confirm(waits.agreement_id, CAI)


@pytest.mark.unhurried
def test_members_late_hours_about_a_closed_month_stand_today(community: SmallCommunity) -> None:
    month = last_month(community)
    given(community, month.first)
    shut(community, month)
    outcome = community.record("hours", ELI, day=month.last, helpers=(DEE,), receiver=ELI, minutes=30, what="Weeding")
    entry = community.entry(outcome)
    assert (entry.effective_on, entry.about_on) == (community.today, month.last)
