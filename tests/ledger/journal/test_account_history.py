"""An account's history: each page continues the one before, and every balance is the plain sum up to its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import UnitOfWork, read_books, write_books
from ledger.journal import queries
from ledger.journal.account_history import Cursor, HistoryLine, history, start_of_newer_page
from tests.communities.small_community import ANA, CAI, SLUG, hours_draft, post_draft, time_account
from tests.databases import Filling
from tests.ledger.journal.test_snapshots import a_year

OF_ANA = time_account(ANA)


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    """Return books with months closed, opened again and left open, and entries dated ahead and late."""
    return filled(a_year)


def plain(unit: UnitOfWork, leaf: AccountKey) -> list[tuple[Cursor, int, int]]:
    """Every move with the balance after it, newest first, added up by hand."""
    found, balance = [], 0
    entries = queries.entries(unit, limit=1000).entries
    for entry in sorted(entries, key=lambda entry: (entry.effective_on, entry.entry_id)):
        for line in entry.lines:
            if line.leaf == leaf:
                balance += line.amount
                found.append((Cursor(entry.effective_on, entry.entry_id, line.line), line.amount, balance))
    return found[::-1]


def told(moves: tuple[HistoryLine, ...]) -> list[tuple[Cursor, int, int]]:
    return [(move.cursor, move.amount, move.balance) for move in moves]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_pages_give_every_move_once_with_what_stood_after_it(books: Engine, size: int) -> None:
    with read_books(books, SLUG) as unit:
        page = history(unit, OF_ANA, limit=size)
        found = told(page.moves)
        while page.older is not None:
            page = history(unit, OF_ANA, page.older, size)
            assert page.newer is not None
            found += told(page.moves)
        assert found == plain(unit, OF_ANA)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_way_back_leads_over_the_same_moves_to_the_newest(books: Engine, size: int) -> None:
    with read_books(books, SLUG) as unit:
        whole = plain(unit, OF_ANA)
        found: list[tuple[Cursor, int, int]] = []
        assert history(unit, OF_ANA, whole[-1][0], size).moves == ()
        top = start_of_newer_page(unit, OF_ANA, whole[-1][0], size)
        while top is not None:
            page = history(unit, OF_ANA, top, size)
            found = told(page.moves) + found
            assert page.newer is not None
            top = start_of_newer_page(unit, OF_ANA, page.newer, size)
        newest = told(history(unit, OF_ANA, limit=size).moves)
    assert newest == whole[:size]
    above = len(whole) - 1 - len(found)
    assert 0 < above <= size
    assert found == whole[above:-1]


def test_moves_of_one_day_stand_in_the_order_of_their_numbers_across_pages(books: Engine) -> None:
    day = dt.date(2026, 4, 20)
    for minutes in (5, 10, 15):
        post_draft(books, hours_draft(ANA, CAI, minutes, day))
    with read_books(books, SLUG) as unit:
        first = history(unit, OF_ANA, Cursor.after(day), 2)
        second = history(unit, OF_ANA, first.older, 2)
        whole = [move for move in plain(unit, OF_ANA) if move[0].day <= day]
        assert told(first.moves) + told(second.moves) == whole[:4]
        assert [move.amount for move in first.moves] == [-15, -10]
        assert first.newer == first.moves[0].cursor


def test_the_page_of_a_day_begins_with_its_last_move(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        whole = plain(unit, OF_ANA)
        for day in {place.day + dt.timedelta(days) for place, _, _ in whole for days in (-1, 0, 1)}:
            due = [move for move in whole if move[0].day <= day]
            assert told(history(unit, OF_ANA, Cursor.after(day)).moves) == due


def test_at_an_earlier_number_the_history_is_what_it_was_then(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        numbers = [place.entry_id for place, _, _ in plain(unit, OF_ANA)]
    for number in numbers:
        with read_books(books, SLUG, at=number) as unit:
            page = history(unit, OF_ANA, limit=2)
            assert told(page.moves) == plain(unit, OF_ANA)[:2]
            if page.older is not None:
                assert told(history(unit, OF_ANA, page.older).moves) == plain(unit, OF_ANA)[2:]


def test_who_writes_sees_the_history_too(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert told(history(unit, OF_ANA).moves) == plain(unit, OF_ANA)


def test_an_account_that_was_never_used_has_no_history(books: Engine) -> None:
    nowhere = AccountKey("T2000", "min", "TB", 999)
    with read_books(books, SLUG) as unit:
        assert history(unit, nowhere).moves == ()
        assert start_of_newer_page(unit, nowhere, Cursor.after(dt.date(2026, 1, 1))) is None


def test_a_place_is_written_and_read_again() -> None:
    place = Cursor(dt.date(2026, 3, 14), 812, 2)
    assert Cursor.parse(str(place)) == place == Cursor.parse("2026-03-14.812.2")


@pytest.mark.parametrize("text", ["", "812", "2026-03-14.812", "2026-13-01.1.1", "0001-01-01.1.1", "2026-01-01.9e9.1"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Cursor.parse(text)


def test_a_number_that_no_book_reaches_is_no_place() -> None:
    with pytest.raises(ValueError, match="no place"):
        Cursor.parse("2026-01-01.99999999999999999999.1")
