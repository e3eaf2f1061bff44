"""Books in which something was found are read, not written in; books that moved stay as they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from ledger.chain import hashing
from ledger.core.errors import AppendOnly, BooksMoved, BooksReadOnly, ChainBroken
from ledger.database import book_status
from ledger.database.book_status import MOVED, MOVING, OPEN, READ_ONLY, BookStatus
from ledger.database.unit_of_work import (
    open_for_writing,
    read_books,
    set_book_status,
    set_community,
    write_books,
    write_transaction,
)
from ledger.registers import communities, policies
from ledger.registers.communities import OPERATOR
from tests.communities.small_community import SLUG, SmallCommunity


def found(community: SmallCommunity) -> BookStatus:
    with read_books(community.engine, SLUG) as books:
        return book_status.read_status(books.connection, books.community_id)


def entered(connection: Connection) -> int:
    here = communities.find(connection, SLUG)
    assert here
    set_community(connection, here)
    return here


def test_books_can_be_written_in_until_someone_says_otherwise(community: SmallCommunity) -> None:
    assert found(community) == BookStatus()
    assert found(community).is_open
    assert set_book_status(community.engine, SLUG, OPEN) == BookStatus()


def test_read_only_books_are_read_and_not_written_in_until_it_is_lifted(community: SmallCommunity) -> None:
    said = set_book_status(community.engine, SLUG, READ_ONLY, "balances:17")
    assert (said.state, said.about, said.is_open) == (READ_ONLY, "balances:17", False)
    assert set_book_status(community.engine, SLUG, READ_ONLY, "links:3") == said
    with read_books(community.engine, SLUG) as books:
        assert communities.settings(books).name
    with pytest.raises(BooksReadOnly):
        community.donate("GEN", 500)
    assert set_book_status(community.engine, SLUG, OPEN).is_open
    community.donate("GEN", 500)


@pytest.mark.parametrize("state", [MOVING, MOVED])
def test_books_on_their_way_elsewhere_are_not_written_in(community: SmallCommunity, state: str) -> None:
    set_book_status(community.engine, SLUG, state, "postgresql://elsewhere/books")
    with pytest.raises(BooksMoved):
        community.set_policies({"time.unit_step_minutes": 5})


def test_a_move_is_for_good(community: SmallCommunity) -> None:
    set_book_status(community.engine, SLUG, MOVED, "elsewhere")
    with pytest.raises(BooksMoved):
        set_book_status(community.engine, SLUG, OPEN)
    for wrong in ("UPDATE standing SET state = 'open'", "DELETE FROM standing"):
        with pytest.raises((AppendOnly, ProgrammingError)), write_transaction(community.engine) as connection:
            entered(connection)
            connection.execute(text(wrong))


def test_what_was_said_first_stands_before_what_was_said_later(community: SmallCommunity) -> None:
    set_book_status(community.engine, SLUG, READ_ONLY, "balances")
    sql = "INSERT INTO standing SELECT community_id, 1, 'open', '', since FROM standing"
    with pytest.raises(AppendOnly), write_transaction(community.engine) as connection:
        entered(connection)
        connection.execute(text(sql))


def test_who_waits_behind_the_stop_is_refused_too(community: SmallCommunity) -> None:
    with ThreadPoolExecutor(1) as other:
        with write_transaction(community.engine) as connection:
            book_status.change_status(connection, entered(connection), READ_ONLY, "balances")
            waiting = other.submit(community.donate, "GEN", 500)
        assert isinstance(waiting.exception(), BooksReadOnly)


def test_a_chain_that_does_not_continue_stops_the_books(community: SmallCommunity) -> None:
    with pytest.raises(ChainBroken), write_books(community.engine, SLUG) as unit:
        elsewhere = hashing.seal_row(
            unit, unit.at + 1, hashing.ACT, hashing.sha256(b"digest"), hashing.genesis_hash("elsewhere")
        )
        hashing.append_seals(unit, [elsewhere])
    assert (found(community).state, found(community).about) == (READ_ONLY, "chain")


def test_what_must_be_done_in_read_only_books_too_can_be_done(community: SmallCommunity) -> None:
    set_book_status(community.engine, SLUG, READ_ONLY)
    with write_transaction(community.engine) as connection:
        unit = open_for_writing(connection, SLUG, allow_read_only=True)
        policies.set_values(unit, {"time.unit_step_minutes": 5}, entered_by=OPERATOR)
    with pytest.raises(BooksReadOnly), write_books(community.engine, SLUG):
        raise AssertionError
