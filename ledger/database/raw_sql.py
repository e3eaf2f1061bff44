"""The driver: statements that are written out go straight to it, for the way around takes longer than they do.

Whoever listens to the engine's statements hears these too, and what the driver refuses comes out as SQLAlchemy's error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]

_NUMBERS = count()


def fetch_rows(connection: Connection, sql: str, values: Values = ()) -> list[Row]:
    """Every row of the answer to a statement, as the driver gives it."""
    return _fetched(connection, sql, _sent(connection, sql, values, many=False).fetchall)


def stream_rows(connection: Connection, at_once: int, sql: str, values: Values = ()) -> Iterator[list[Row]]:
    """The answer some rows at a time, so that a long one takes little memory here."""
    with closing(_sent(connection, sql, values, many=False, streamed=True)) as cursor:
        while rows := _fetched(connection, sql, lambda: cursor.fetchmany(at_once)):
            yield rows


def with_placeholders(engine_name: str, sql: str) -> str:
    """A statement in which each value is a `?`, as the engine's driver takes it; no other `?` or `%` may be in it."""
    return sql.replace("?", "%s") if engine_name == "postgresql" else sql


def fetch_in_sequence(connection: Connection, questions: Sequence[tuple[str, Values]]) -> list[list[Row]]:
    """The answers to some statements, one after another; PostgreSQL is sent them all in one round trip."""
    with pipeline(connection):
        asked = [_sent(connection, sql, values, many=False) for sql, values in questions]
    return [cursor.fetchall() for cursor in asked]


@contextmanager
def pipeline(connection: Connection) -> Iterator[None]:
    """Send PostgreSQL what the block says in one round trip; a refusal comes when the block ends."""
    if connection.dialect.name != "postgresql":
        yield
        return
    refused: list[Exception] = []
    try:
        with _driver(connection).pipeline():
            try:
                yield
            except DBAPIError as refusal:  # the way ends in order, or psycopg would log it
                refused.append(refusal)
    except connection.dialect.loaded_dbapi.Error as refusal:
        refused = refused or [_told(connection, "", (), refusal)]
    if refused:
        raise refused[0]


def execute(connection: Connection, sql: str, values: Values = ()) -> None:
    """Send a statement that has no answer."""
    _sent(connection, sql, values, many=False)


def execute_many(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    """Send a statement once for each row of values."""
    if len(rows) == 1:
        _sent(connection, sql, rows[0], many=False)
    elif rows:
        _sent(connection, sql, rows, many=True)


def _sent(connection: Connection, sql: str, values: Values, *, many: bool, streamed: bool = False) -> Any:
    at_the_server = streamed and connection.dialect.name == "postgresql"
    cursor: Any = _driver(connection).cursor(*([f"rows_{next(_NUMBERS)}"] if at_the_server else []))
    listeners = connection.engine.dispatch
    for hear in listeners.before_cursor_execute:
        hear(connection, cursor, sql, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except connection.dialect.loaded_dbapi.Error as refusal:
        raise _told(connection, sql, values, refusal) from refusal
    for hear in listeners.after_cursor_execute:
        hear(connection, cursor, sql, values, None, many)
    return cursor


def _fetched(connection: Connection, sql: str, fetch: Callable[[], list[Row]]) -> list[Row]:
    try:
        return fetch()
    except connection.dialect.loaded_dbapi.Error as refusal:  # SQLite reads on while it is asked for rows
        raise _told(connection, sql, (), refusal) from refusal


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _told(connection: Connection, sql: str, values: Values, refusal: Any) -> Exception:
    """The refusal as SQLAlchemy tells it; a connection that broke off is not used again."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(refusal, connection.connection, None)
    if is_lost:
        connection.invalidate(refusal)
    told: Exception = DBAPIError.instance(
        sql, values, refusal, dialect.loaded_dbapi.Error, connection_invalidated=is_lost, dialect=dialect
    )
    return told
