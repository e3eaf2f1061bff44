"""Engines for SQLite and PostgreSQL: how connections are set up, and the fair lock of SQLite's writers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from ledger.core.errors import BooksBusy, DatabaseUnfit
from ledger.core.messages import make_message
from ledger.database import file_permissions, raw_sql
from ledger.models import sqlite_authorizer

LOCK_TIMEOUT_SECONDS = 10


MAX_CONNECTIONS = 30
"""How many connections one process may have open; further units of work wait up to LOCK_TIMEOUT_SECONDS."""


_POOL: Mapping[str, Any] = {
    "poolclass": QueuePool,
    "pool_size": 10,
    "max_overflow": MAX_CONNECTIONS - 10,
    "pool_timeout": LOCK_TIMEOUT_SECONDS,
}


_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "cache_size=-65536",
    "journal_size_limit=67108864",  # the log grows during a long report; it is cut back to this size
    f"busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}",
)


class FairLock:
    """A lock for the writers of one process, granted in order of arrival."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def acquired(self, timeout_seconds: float = LOCK_TIMEOUT_SECONDS) -> Iterator[None]:
        """Hold the lock during the block; raises BooksBusy if it is not free in time."""
        ticket = threading.Lock()
        ticket.acquire()
        with self._mutex:
            self._waiting.append(ticket)
            is_first = self._waiting[0] is ticket
        if not is_first and not ticket.acquire(timeout=timeout_seconds):
            self._stop_waiting(ticket)
        try:
            yield
        finally:
            with self._mutex:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].release()

    def _stop_waiting(self, ticket: threading.Lock) -> None:
        with self._mutex:
            if self._waiting[0] is ticket:  # granted just after the timeout
                return
            self._waiting.remove(ticket)
        raise BooksBusy(make_message("The books are busy. Nothing was written; please try again."))


def make_engine(url: str | URL) -> Engine:
    """An engine for the books; every connection has the database's own checks switched on."""
    database_url = make_url(url)
    if database_url.get_backend_name() == "postgresql":
        engine = create_engine(
            database_url.set(drivername="postgresql+psycopg"), connect_args={"options": "-c timezone=UTC"}, **_POOL
        )
        # Many rows per INSERT: statement triggers run once and write one version of each balance.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if database_url.get_backend_name() != "sqlite":
        kind = database_url.get_backend_name()
        raise DatabaseUnfit(make_message("The books are kept in SQLite or PostgreSQL, not in “%(kind)s”.", kind=kind))
    readers = _sqlite_engine(database_url, {})
    engine = _sqlite_engine(database_url, {"write_lock": FairLock(), "readers": readers})
    event.listen(engine, "engine_disposed", lambda _: readers.dispose())
    return engine


def _sqlite_engine(database_url: URL, options: Mapping[str, Any]) -> Engine:
    engine = create_engine(database_url, connect_args={"check_same_thread": False}, execution_options=options, **_POOL)
    event.listen(engine, "do_connect", file_permissions.create_private_file)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin on its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        raise DatabaseUnfit(make_message("This SQLite cannot check foreign keys. Use another build of SQLite."))
    sqlite_authorizer.install_authorizer(connection)


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    if connection.info.get("reads", False) != reads:  # only on change: SQLite then re-prepares every statement
        raw_sql.execute(connection, f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info["reads"] = reads
    raw_sql.execute(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("reads", False):
        raw_sql.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
