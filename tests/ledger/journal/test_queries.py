"""Reading the books: balances, the trial balance, pages of entries and statements, now and as they stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from ledger.core import errors
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, read_for_verify, write_books
from ledger.journal import balances, queries
from ledger.journal.idempotency import Actors
from ledger.journal.queries import EntryFilter
from ledger.journal.reversal import reverse
from ledger.journal.statements import get_statement
from tests.communities import small_community
from tests.communities.small_community import ANA, BANK, BEA, CAI, SLUG, hours_draft, post_draft, time_account
from tests.databases import Filling

MARCH = Month(2026, 3).span
NOWHERE = dt.date(2025, 1, 1)


def begin(engine: Engine) -> None:
    """Ana helps Bea, tomatoes are sold, Cai helps Ana in April, and the sale is taken back."""
    small_community.create(engine)
    post_draft(engine, hours_draft())
    sold = post_draft(engine, small_community.sale_draft()).entry_id
    post_draft(engine, hours_draft(gave=CAI, received=ANA, minutes=30, day=dt.date(2026, 4, 2)))
    with write_books(engine, SLUG) as unit:
        reverse(unit, sold, "typed twice", Actors(BEA), small_community.new_key(), on=dt.date(2026, 4, 3))


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(begin)


def test_the_trial_balance_lists_what_is_not_at_nought_and_adds_up(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        rows = balances.trial_balance(unit)
    assert {(row.leaf.owner, row.balance) for row in rows} == {(ANA, -60), (BEA, 90), (CAI, -30)}
    with write_books(books, SLUG) as unit:
        assert balances.trial_balance(unit) == rows


def test_an_earlier_day_shows_what_was_dated_by_then(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        rows = {row.leaf: row.balance for row in balances.trial_balance(unit, dt.date(2026, 3, 31))}
    assert (rows[BANK], rows[time_account(ANA)]) == (400, -90)


def test_an_earlier_number_shows_the_books_as_they_stood(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        sold = next(entry for entry in queries.entries(unit).entries if entry.kind == "sale" and not entry.reverses)
    with read_books(books, SLUG, at=sold.entry_id) as unit:
        assert {row.leaf: row.balance for row in balances.trial_balance(unit)}[BANK] == 400
        assert queries.entry(unit, sold.entry_id).live
        assert unit.head.hash == sold.hash
        assert unit.head.recorded_at == sold.recorded_at
    with read_books(books, SLUG) as unit:
        assert [entry.live for entry in queries.entries(unit).entries if entry.kind == "sale"] == [False] * 2


def test_books_opened_for_a_check_have_a_clock(books: Engine) -> None:
    with read_for_verify(books, SLUG) as unit:
        assert unit.clock() == unit.clock()
        assert dt.datetime.fromisoformat(unit.clock()).tzinfo is not None


@pytest.mark.parametrize("number", [0, 999])
def test_a_number_that_the_books_do_not_have_is_refused(books: Engine, number: int) -> None:
    with pytest.raises(errors.UnknownEntry), read_books(books, SLUG, at=number):
        pass


def test_a_member_reads_help_given_as_plus(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        assert [balances.member_minutes(unit, party) for party in (ANA, BEA, CAI)] == [60, -90, 30]


def test_a_statement_runs_from_opening_to_closing_with_who_and_what(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        march = get_statement(unit, ANA, MARCH)
        april = get_statement(unit, ANA, Month(2026, 4).span)
    assert (march.opening, march.closing, april.opening, april.closing) == (0, 90, 90, 60)
    assert [(line.narration, line.change, line.balance, line.others) for line in april.lines] == [
        ("Weeding", -30, 60, (CAI,))
    ]


def test_a_statement_of_earlier_books_opens_with_what_was_recorded_by_then(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        helped = max(entry.entry_id for entry in queries.entries(unit).entries if entry.kind == "hours")
    for number, closing in ((helped - 1, 90), (helped, 60)):
        with read_books(books, SLUG, at=number) as unit:
            april = get_statement(unit, ANA, Month(2026, 4).span)
        assert (april.opening, april.closing) == (90, closing)


def test_pages_of_entries_go_back_from_the_newest(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        first = queries.entries(unit, limit=3)
        second = queries.entries(unit, before=first.before, limit=3)
    numbers = [entry.entry_id for entry in first.entries + second.entries]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 4
    assert (first.before, second.before) == (numbers[2], None)


FILTERS = {
    "kind": (EntryFilter(kind="sale"), 2),
    "family": (EntryFilter(family="exchange"), 2),
    "days": (EntryFilter(first=dt.date(2026, 4, 1), last=dt.date(2026, 4, 30)), 2),
    "account": (EntryFilter(chart="1000"), 2),
    "owner": (EntryFilter(owner=CAI), 1),
    "programme and unit": (EntryFilter(programme="GARDEN", unit="min", fund="TB"), 2),
    "nobody's": (EntryFilter(document="none"), 0),
}


@pytest.mark.parametrize(("wanted", "count"), FILTERS.values(), ids=FILTERS.keys())
def test_entries_are_found_by_what_they_say(books: Engine, wanted: EntryFilter, count: int) -> None:
    with read_books(books, SLUG) as unit:
        assert len(queries.entries(unit, wanted).entries) == count


def test_an_entry_that_is_not_there_is_refused_by_number(books: Engine) -> None:
    with pytest.raises(errors.UnknownEntry, match="777"), read_books(books, SLUG) as unit:
        queries.entry(unit, 777)


def test_a_community_that_is_not_there_is_refused_by_name(books: Engine) -> None:
    with pytest.raises(errors.CommunityUnknown, match="castle"), read_books(books, "castle"):
        pass
    with pytest.raises(errors.CommunityUnknown, match="castle"), write_books(books, "castle"):
        pass


def test_an_owners_accounts_are_listed_with_their_balances(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        assert [(row.leaf, row.balance) for row in balances.owner_balances(unit, CAI)] == [(time_account(CAI), -30)]
        assert balances.balance_of(unit, time_account(77)) == 0


def test_whoever_writes_reads_the_newest_balances(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert {(row.leaf.owner, row.balance) for row in balances.trial_balance(unit)} == {
            (ANA, -60),
            (BEA, 90),
            (CAI, -30),
        }
