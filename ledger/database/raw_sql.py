"""Runs fixed SQL on the DB-API cursor, past SQLAlchemy, for speed.

The engine's event listeners are called as usual, and the driver's errors are raised as SQLAlchemy's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]

_CURSOR_NUMBERS = count()


def fetch_rows(connection: Connection, sql: str, values: Values = ()) -> list[Row]:
    """All rows of a query, as the driver returns them."""
    return _fetch(connection, sql, _send(connection, sql, values, many=False).fetchall)


def stream_rows(connection: Connection, batch_size: int, sql: str, values: Values = ()) -> Iterator[list[Row]]:
    """The rows of a query in batches of `batch_size`, to keep memory small."""
    with closing(_send(connection, sql, values, many=False, streamed=True)) as cursor:
        while rows := _fetch(connection, sql, lambda: cursor.fetchmany(batch_size)):
            yield rows


def with_placeholders(engine_name: str, sql: str) -> str:
    """The SQL with its `?` placeholders as the engine's driver writes them; it must hold no other `?` or `%`."""
    return sql.replace("?", "%s") if engine_name == "postgresql" else sql


def fetch_portable(connection: Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query that both engines understand, with `?` placeholders; days are given as ISO text."""
    return fetch_rows(connection, with_placeholders(connection.dialect.name, sql), values)


def to_date(value: Any) -> dt.date:
    """A day as a driver returns it: SQLite as text, PostgreSQL as a date."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def fetch_in_sequence(connection: Connection, queries: Sequence[tuple[str, Values]]) -> list[list[Row]]:
    """The rows of each query, in order; PostgreSQL gets all queries in one round trip."""
    with pipeline(connection):
        cursors = [_send(connection, sql, values, many=False) for sql, values in queries]
    return [cursor.fetchall() for cursor in cursors]


@contextmanager
def pipeline(connection: Connection) -> Iterator[None]:
    """Send the block's statements to PostgreSQL in one round trip; errors are raised when the block ends."""
    if connection.dialect.name != "postgresql":
        yield
        return
    failures: list[Exception] = []
    try:
        with _driver(connection).pipeline():
            try:
                yield
            except DBAPIError as error:  # kept until the pipeline is closed, else psycopg logs it
                failures.append(error)
    except connection.dialect.loaded_dbapi.Error as error:
        failures = failures or [_wrapped(connection, "", (), error)]
    if failures:
        raise failures[0]


def execute(connection: Connection, sql: str, values: Values = ()) -> None:
    """Run a statement that returns no rows."""
    _send(connection, sql, values, many=False)


def execute_many(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    """Run a statement once for each row of values."""
    if len(rows) == 1:
        _send(connection, sql, rows[0], many=False)
    elif rows:
        _send(connection, sql, rows, many=True)


def _send(connection: Connection, sql: str, values: Values, *, many: bool, streamed: bool = False) -> Any:
    is_server_side = streamed and connection.dialect.name == "postgresql"
    cursor: Any = _driver(connection).cursor(*([f"rows_{next(_CURSOR_NUMBERS)}"] if is_server_side else []))
    listeners = connection.engine.dispatch
    for listener in listeners.before_cursor_execute:
        listener(connection, cursor, sql, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, values, error) from error
    for listener in listeners.after_cursor_execute:
        listener(connection, cursor, sql, values, None, many)
    return cursor


def _fetch(connection: Connection, sql: str, fetch: Callable[[], list[Row]]) -> list[Row]:
    try:
        return fetch()
    except connection.dialect.loaded_dbapi.Error as error:  # SQLite computes rows only as they are fetched
        raise _wrapped(connection, sql, (), error) from error


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _wrapped(connection: Connection, sql: str, values: Values, error: Any) -> Exception:
    """The driver's error as SQLAlchemy's; a lost connection is invalidated."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(error, connection.connection, None)
    if is_lost:
        connection.invalidate(error)
    wrapped: Exception = DBAPIError.instance(
        sql, values, error, dialect.loaded_dbapi.Error, connection_invalidated=is_lost, dialect=dialect
    )
    return wrapped
