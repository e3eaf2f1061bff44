"""Units of work wait for one another, in turn, and not for ever."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ledger.core.errors import BooksBusy, DatabaseUnfit
from ledger.database import engine as engine_module
from ledger.database.engine import FairLock, make_engine
from ledger.database.unit_of_work import read_transaction, write_transaction

LONG_ENOUGH = 30


def wait_in(queue: FairLock, name: str, came: list[str], timeout_seconds: float = LONG_ENOUGH) -> None:
    with queue.acquired(timeout_seconds):
        came.append(name)


def test_writers_get_through_in_the_order_in_which_they_came() -> None:
    queue, came = FairLock(), list[str]()
    with ThreadPoolExecutor() as people, queue.acquired():
        for place, name in enumerate(["Ana", "Bea", "Cai"], 2):
            people.submit(wait_in, queue, name, came)
            while len(queue._waiting) < place:
                threading.Event().wait(0.001)
    assert came == ["Ana", "Bea", "Cai"]


def test_a_writer_who_waited_long_enough_goes_away_and_holds_nobody_up() -> None:
    queue, came = FairLock(), list[str]()
    with ThreadPoolExecutor() as people:
        with queue.acquired():
            assert isinstance(people.submit(wait_in, queue, "Ana", came, 0.01).exception(), BooksBusy)
        people.submit(wait_in, queue, "Bea", came).result()
    assert came == ["Bea"]


def test_a_turn_that_comes_at_the_last_moment_is_taken() -> None:
    queue, ticket = FairLock(), threading.Lock()
    queue._waiting.append(ticket)
    queue._stop_waiting(ticket)
    assert list(queue._waiting) == [ticket]


def test_books_that_another_program_writes_in_are_busy(sqlite_url: str, sqlite_engine: Engine) -> None:
    event.listen(sqlite_engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BooksBusy, match="Nothing was written"), write_transaction(sqlite_engine):
        pass
    other.execute("ROLLBACK")
    with write_transaction(sqlite_engine):
        other.close()


def test_books_to_which_no_connection_is_left_are_busy(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine_module._POOL, "pool_timeout", 0)
    engine = make_engine(database_url)
    held = [
        engine.get_execution_options().get("readers", engine).connect() for _ in range(engine_module.MAX_CONNECTIONS)
    ]
    with pytest.raises(BooksBusy), read_transaction(engine):
        pass
    held.pop().close()
    with read_transaction(engine):
        pass
    for connection in held:
        connection.close()
    engine.dispose()


def test_what_a_long_report_made_of_the_log_does_not_stay(sqlite_engine: Engine) -> None:
    with read_transaction(sqlite_engine) as reader, write_transaction(sqlite_engine) as writer:
        for connection in (reader, writer):
            assert connection.exec_driver_sql("PRAGMA journal_size_limit").scalar() == 64 * 1024 * 1024


def test_an_sqlite_that_cannot_check_foreign_keys_is_refused() -> None:
    engine = make_engine("sqlite://")
    event.listen(engine, "connect", without_foreign_keys, insert=True)
    with pytest.raises(DatabaseUnfit), write_transaction(engine):
        pass
    engine.dispose()


def without_foreign_keys(connection: Any, _record: object) -> None:
    """Let the connection pass over the switch, as a build without foreign keys does."""
    connection.set_authorizer(
        lambda _, name, value, *rest: sqlite3.SQLITE_IGNORE if (name, value) == ("foreign_keys", "ON") else 0
    )
