"""Engines for SQLite and PostgreSQL: how connections are made and prepared, and the fair queue of SQLite writers."""

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
"""How many units of work one process may have open at once; whoever comes later waits, as long as for a turn."""


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
    "journal_size_limit=67108864",  # a long report lets the log grow; this is what stays of it afterwards
    f"busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}",
)


class FairLock:
    """Lets writers of one process through one at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def acquired(self, timeout_seconds: float = LOCK_TIMEOUT_SECONDS) -> Iterator[None]:
        """Wait for one's turn; BooksBusy when it does not come in time."""
        ticket = threading.Lock()
        ticket.acquire()
        with self._mutex:
            self._waiting.append(ticket)
            ours = self._waiting[0] is ticket
        if not ours and not ticket.acquire(timeout=timeout_seconds):
            self._leave(ticket)
        try:
            yield
        finally:
            with self._mutex:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].release()

    def _leave(self, ticket: threading.Lock) -> None:
        with self._mutex:
            if self._waiting[0] is ticket:
                return
            self._waiting.remove(ticket)
        raise BooksBusy(make_message("The books are busy. Nothing was written; please try again."))


def make_engine(url: str | URL) -> Engine:
    """The books' database, with its own checks switched on for every connection."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), connect_args={"options": "-c timezone=UTC"}, **_POOL
        )
        # Many rows go in by one statement, so that its guards look once and leave one version of each balance.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if address.get_backend_name() != "sqlite":
        kind = address.get_backend_name()
        raise DatabaseUnfit(make_message("The books are kept in SQLite or PostgreSQL, not in “%(kind)s”.", kind=kind))
    readers = _on_sqlite(address, {})
    engine = _on_sqlite(address, {"write_lock": FairLock(), "readers": readers})
    event.listen(engine, "engine_disposed", lambda _: readers.dispose())
    return engine


def _on_sqlite(address: URL, options: Mapping[str, Any]) -> Engine:
    engine = create_engine(address, connect_args={"check_same_thread": False}, execution_options=options, **_POOL)
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
    sqlite_authorizer.bolt(connection)


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    if connection.info.get("reads", False) != reads:  # SQLite prepares every statement anew after a switch
        raw_sql.execute(connection, f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info["reads"] = reads
    raw_sql.execute(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("reads", False):
        raw_sql.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
