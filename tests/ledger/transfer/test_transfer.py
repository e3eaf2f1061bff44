"""A community goes from one database to another and back, row for row, with the same head; nobody writes in the old."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

import migrations
from ledger.chain.record_acts import NewIdentities, record
from ledger.checks import verify
from ledger.core.errors import BooksMoved, BooksReadOnly, CommunityExists
from ledger.core.periods import Month
from ledger.database import book_status
from ledger.database.book_status import MOVED, MOVING, OPEN, READ_ONLY
from ledger.database.unit_of_work import (
    Head,
    read_books,
    read_transaction,
    set_book_status,
    write_books,
    write_transaction,
)
from ledger.exchange.exports.digest import journal_digest
from ledger.journal.posting import Actors
from ledger.journal.reversal import reverse
from ledger.journal.snapshots import close_month
from ledger.limits.limit_rules import set_bounds
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import erase_names, erase_words
from ledger.transfer import transfer as moving
from ledger.transfer.transfer import CopyDiffers, cancel, move
from ledger.workflow import record as recording
from tests.attacks.books import Books
from tests.communities import small_community
from tests.communities.small_community import BEA, DEE, ELI, SLUG, SmallCommunity, new_key
from tests.ledger.checks.tampering import guards_dropped

Make = Callable[[str], Engine]


def lived_in(community: SmallCommunity) -> SmallCommunity:
    """Leave everything in the books that acts and entries can leave there."""
    community.donate("GEN", 120_00)
    claims = [helped(community, minutes) for minutes in (60, 30, 15)]
    community.confirm(claims[0], DEE)
    with write_books(community.engine, SLUG) as unit:
        outsider = members.add_party(unit, "outside", "Seed Shop", entered_by=OPERATOR)
        erase_names(unit, outsider, entered_by=OPERATOR)
        recording.decline(unit, claims[1] or 0, Actors(DEE), new_key(), "Another day")
        set_bounds(unit, 1, (-90_000, 90_000), entered_by=OPERATOR)
    community.donate("GRN", 50_00)
    with write_books(community.engine, SLUG) as unit:
        gift = unit.at
        reverse(unit, gift, "Twice", Actors(BEA), new_key())
        erase_words(unit, gift, entered_by=OPERATOR)
        early = Month.of(community.today).back(14)
        record(unit, entered_by=OPERATOR, opens=NewIdentities(periods=[early.id]))
        close_month(unit, early, entered_by=OPERATOR)
    return community


def helped(community: SmallCommunity, minutes: int) -> int | None:
    """Write help down that waits for Dee, and keeps room meanwhile."""
    return community.record("hours", ELI, helpers=(ELI,), receiver=DEE, minutes=minutes, note="Weeding").agreement_id


@pytest.fixture
def target(empty_url: str, make: Make) -> Engine:
    """Another database, on each engine in turn."""
    engine = make(empty_url)
    migrations.upgrade(engine)
    return engine


def known(engine: Engine) -> tuple[Head, str | None, int]:
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
        return books.head, journal_digest(books), books.community_id


def state(engine: Engine) -> str:
    with read_books(engine, SLUG) as books:
        return book_status.read_status(books.connection, books.community_id).state


def test_a_community_moves_with_the_same_head_and_lives_on(community: SmallCommunity, target: Engine) -> None:
    before = known(lived_in(community).engine)
    Books(target)
    assert move(community.engine, target, SLUG, "there") == before[0]
    after = known(target)
    assert (after[:2], after[2] != before[2]) == (before[:2], True)
    assert (state(community.engine), state(target)) == (MOVED, OPEN)
    with pytest.raises(BooksMoved):
        community.donate("GEN", 100)
    SmallCommunity(target, community.today).donate("GEN", 100)
    assert known(target)[0].seq > before[0].seq


def test_there_and_back_gives_the_same_books(
    community: SmallCommunity, target: Engine, tmp_path: Path, make: Make
) -> None:
    before = known(lived_in(community).engine)
    back = make(f"sqlite:///{tmp_path / 'back.sqlite'}")
    migrations.upgrade(back)
    move(community.engine, target, SLUG, "there")
    move(target, back, SLUG, "back")
    assert known(back)[:2] == before[:2]


def test_a_move_that_fails_leaves_the_books_where_they_are(community: SmallCommunity, target: Engine) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    community.donate("GEN", 100)
    with pytest.raises(ZeroDivisionError):
        move(community.engine, target, SLUG, "there", copy_more=fail)
    with read_transaction(target) as connection:
        assert communities.slugs(connection) == []
    assert state(community.engine) == OPEN
    community.donate("GEN", 100)


def test_a_move_cut_short_after_the_copy_is_ended_by_the_same_command(
    community: SmallCommunity, target: Engine
) -> None:
    community.donate("GEN", 100)
    set_book_status(community.engine, SLUG, MOVING, "there")
    with read_books(community.engine, SLUG) as books:
        moving._copy(books, target, lambda _: None, lambda *_: None)
    head = move(community.engine, target, SLUG, "there")
    assert (head, state(community.engine)) == (known(target)[0], MOVED)


def test_a_move_cut_short_can_be_given_up(community: SmallCommunity) -> None:
    set_book_status(community.engine, SLUG, MOVING, "there")
    cancel(community.engine, SLUG)
    assert state(community.engine) == OPEN
    cancel(community.engine, SLUG)
    community.donate("GEN", 100)


def test_books_with_a_finding_do_not_move(community: SmallCommunity, target: Engine) -> None:
    set_book_status(community.engine, SLUG, READ_ONLY, "balances")
    with pytest.raises(BooksReadOnly):
        move(community.engine, target, SLUG, "there")
    assert state(community.engine) == READ_ONLY


def test_books_do_not_move_onto_themselves_or_others(community: SmallCommunity, target: Engine) -> None:
    with pytest.raises(CommunityExists):
        move(community.engine, community.engine, SLUG, "here")
    assert state(community.engine) == OPEN
    with write_transaction(target) as connection:
        communities.create(connection, SLUG, "Another", "EUR", "UTC")
    with pytest.raises(CommunityExists):
        move(community.engine, target, SLUG, "there")
    assert state(community.engine) == OPEN


def test_a_copy_that_went_on_by_itself_is_not_taken_for_the_same(community: SmallCommunity, target: Engine) -> None:
    set_book_status(community.engine, SLUG, MOVING, "there")
    with read_books(community.engine, SLUG) as books:
        moving._copy(books, target, lambda _: None, lambda *_: None)
    SmallCommunity(target, community.today).donate("GEN", 100)
    with pytest.raises(CopyDiffers):
        move(community.engine, target, SLUG, "there")
    assert state(community.engine) == MOVING


def test_a_move_that_failed_after_the_copy_stood_is_not_undone(community: SmallCommunity, target: Engine) -> None:
    set_book_status(community.engine, SLUG, MOVING, "there")
    with read_books(community.engine, SLUG) as books:
        moving._copy(books, target, lambda _: None, lambda *_: None)
        moving._undo_begin(community.engine, target, books)
    assert state(community.engine) == MOVING


def test_a_copy_that_does_not_hold_is_not_kept(sqlite_engine: Engine, tmp_path: Path, make: Make) -> None:
    small_community.create(sqlite_engine)
    community = SmallCommunity.of(sqlite_engine)
    community.donate("GEN", 100)
    guards_dropped(sqlite_engine)
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry_text SET body = 'other words'")
    target = make(f"sqlite:///{tmp_path / 'there.sqlite'}")
    migrations.upgrade(target)
    with pytest.raises(CopyDiffers):
        move(sqlite_engine, target, SLUG, "there")
    assert state(sqlite_engine) == OPEN
