"""verify by two processes at once: what it says is what one process says, and a helper that stops is no clean bill."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from ledger.checks import Verdict, following, verify
from ledger.checks.books import Books
from ledger.checks.helping import Helper, Order, follow
from ledger.checks.links import Begin, Links, Part
from ledger.db import Reading, checking, writing
from ledger.errors import CheckCutShort
from ledger.idempotency import Actors
from ledger.posting import post
from tests.databases import Filling
from tests.ledger.checks.tampering import guards_dropped, unchecked
from tests.ledger.checks.test_verify import fill
from tests.ledger.village import ANA, key, put, sale


def decided(engine: Engine) -> None:
    """Two hundred entries, the last of them decided by the assembly."""
    fill(engine)
    with writing(engine, "village") as unit:
        post(unit, replace(sale(), decision="A-01"), Actors(ANA), key())


@pytest.fixture
def books(own_filled: Callable[[Filling], Engine], monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(following, "LEAST", 100)
    return own_filled(decided)


def verdict(engine: Engine, processes: int) -> Verdict:
    with checking(engine, "village") as unit:
        return verify(unit, processes=processes)


FAULTS = (
    "UPDATE posting SET amount = amount + 1 WHERE entry_id IN (20, 180) AND line = 1",
    "UPDATE entry_text SET body = 'Resting' WHERE entry_id IN (30, 170) AND part = 'narration'",
    "UPDATE journal_entry SET effective_on = '2026-02-28', period_id = 202602 WHERE entry_id IN (21, 181)",
    "UPDATE journal_entry SET kind = 'gift' WHERE entry_id IN (3, 190)",
    "DELETE FROM seal WHERE seq IN (40, 41, 160, 161)",
    "DELETE FROM entry_text WHERE entry_id IN (50, 150)",
    "DELETE FROM posting WHERE entry_id IN (51, 151)",
    "UPDATE balance SET posted = posted + 1 WHERE account_id = 1",
)
COLUMNS = (
    "line, account_id, unit, fund, effective_on, period_id, programme, amount, quantity_milli, quantity_unit, method"
)
BEYOND = (
    f"INSERT INTO posting (community_id, entry_id, {COLUMNS}) SELECT 1, 900, {COLUMNS} FROM posting WHERE entry_id = 9",
)
FIRST_HALF = FAULTS[0].replace(", 180", "")
STUCK = (FIRST_HALF, "DELETE FROM decision")


@pytest.mark.unhurried
@pytest.mark.parametrize("statements", [(), FAULTS, (FIRST_HALF,), BEYOND, STUCK[1:], STUCK], ids=str)
def test_two_processes_say_what_one_says(books: Engine, statements: tuple[str, ...]) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    alone = verdict(books, 1)
    assert verdict(books, 2) == alone
    assert ({finding.check for finding in alone.findings} == {"guards"}) is (not statements)
    assert multiprocessing.active_children() == []


@pytest.mark.unhurried
def test_three_processes_give_the_digest_that_one_gives(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LEAST", 100)
    fill(sqlite_engine)
    together = verdict(sqlite_engine, 3)
    assert together.journal
    assert together == verdict(sqlite_engine, 1)


def test_nobody_helps_where_the_seal_in_the_middle_is_gone(books: Engine) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql("DELETE FROM seal WHERE seq BETWEEN 60 AND 150")
    assert verdict(books, 2) == verdict(books, 1)


def test_nobody_helps_with_books_that_are_being_written(books: Engine) -> None:
    with writing(books, "village") as unit:
        post(unit, sale(), Actors(ANA), key())
        assert verify(Reading(unit.connection, 1, unit.uid, "village", unit.head), processes=2).ok
    assert multiprocessing.active_children() == []


@contextmanager
def helping(order: Order) -> Iterator[Part | None]:
    """Follow an order in a thread of this process, and give what was told first."""
    mine, its = multiprocessing.Pipe(duplex=False)
    thread = threading.Thread(target=follow, args=(order, its))
    with mine, its:
        thread.start()
        part: Part | None = mine.recv()
        yield part
        while part is not None and mine.recv_bytes():
            pass
        thread.join()


def ordered(unit: Reading, upto: int) -> Order:
    begin = following._begin(Books(unit), 90)
    assert begin is not None
    snapshot = following._exported(unit.connection)
    return Order(unit.connection.engine.url, "village", snapshot, unit.head, begin, upto)


def test_a_helper_tells_what_it_found_and_where_it_ended(books: Engine) -> None:
    with checking(books, "village") as unit, helping(ordered(unit, 150)) as part:
        assert part is not None
        assert part.findings == ()
        assert (part.end.after, part.end.expected) == (150, 151)
        links = Links(Books(unit), Begin(0, 1, b""))
        assert [*links.take(part, ())] == []


def test_a_helper_tells_findings_in_words_that_can_be_said_again(books: Engine) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql("UPDATE posting SET amount = amount + 1 WHERE entry_id = 120 AND line = 1")
    with checking(books, "village") as unit, helping(ordered(unit, 150)) as part:
        assert part is not None
        assert part.findings == (
            ("links", 120, "Number %(number)s does not hold what was sealed.", {"number": 120}),
            ("entries", 120, "Entry %(number)s does not balance, or has too few lines.", {"number": 120}),
        )
        assert part.is_sound is False


def test_a_helper_that_sees_other_books_leaves_the_work(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with checking(sqlite_engine, "village") as unit:
        order = ordered(unit, 150)
        put(sqlite_engine, sale())
        with helping(order) as part:
            assert part is None


def test_a_helper_that_cannot_reckon_with_a_value_leaves_the_work(sqlite_engine: Engine) -> None:
    decided(sqlite_engine)
    guards_dropped(sqlite_engine)
    with unchecked(sqlite_engine) as connection:
        connection.exec_driver_sql("DELETE FROM decision")
    with checking(sqlite_engine, "village") as unit, helping(ordered(unit, unit.head.seq)) as part:
        assert part is None


@pytest.mark.unhurried
def test_what_was_written_meanwhile_changes_nothing(books: Engine) -> None:
    with checking(books, "village") as unit:
        put(books, sale())
        found = verify(unit, processes=2)
    assert (found.ok, found.entries) == (True, 201)


def test_a_helper_that_dies_is_no_clean_bill(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with ExitStack() as ending, checking(sqlite_engine, "village") as unit:
        helper = Helper(ordered(unit, 150))
        ending.callback(helper.close)
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(CheckCutShort):
            helper.part()
