"""Changes single values behind the guards' back, the way the owner of a database file could."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, Text, text
from sqlalchemy.exc import DataError, IntegrityError

from ledger import models
from ledger.models.column_types import Day, Instant
from ledger.models.sqlite_authorizer import without_authorizer

TABLES = (
    "journal_entry posting entry_text seal act chain_head balance account period "
    "party unit fund chart_line programme decision party_text register_row hold period_balance period_movement"
).split()
Row = dict[str, Any]


def guards_dropped(engine: Engine) -> None:
    """Drop every trigger."""
    with engine.begin() as connection, without_authorizer(connection):
        if connection.dialect.name == "sqlite":
            version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
            connection.exec_driver_sql("PRAGMA writable_schema=ON")
            connection.exec_driver_sql("DELETE FROM sqlite_master WHERE type = 'trigger'")
            connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
            connection.exec_driver_sql("PRAGMA writable_schema=RESET")
            return
        sql = "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
        for name, table in connection.exec_driver_sql(sql).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")


def rows_of(engine: Engine, name: str, chance: random.Random, share: int) -> list[Row]:
    """Some rows of a table, drawn by chance; all when it has few."""
    table: Table = getattr(models, name)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(table.select()).mappings()]
    return rows if len(rows) <= share else chance.sample(rows, share)


def all_values(name: str, row: Row) -> Iterator[tuple[str, Any]]:
    """Each column of the row but the community's local number, with a value that it did not have."""
    table: Table = getattr(models, name)
    for column in table.columns:
        if column.name != "community_id":
            yield column.name, other(column, row[column.name])


def other(column: Column[Any], value: Any) -> Any:
    """A value of the same sort that is not the one there."""
    if isinstance(value, (bytes, memoryview)):
        data = bytes(value)
        return bytes([data[0] ^ 1]) + data[1:]
    if isinstance(value, dt.date):
        return value + dt.timedelta(1)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return changed_text(value)
    if isinstance(column.type, Day):
        return dt.date(2025, 12, 31)
    if isinstance(column.type, Instant):
        return "2025-12-31T00:00:00.000Z"
    return b"x" * 32 if isinstance(column.type, LargeBinary) else "x" if isinstance(column.type, Text) else 1


def changed_text(value: str) -> str:
    """A text with one sign changed; JSON stays JSON, an instant stays an instant."""
    if value.endswith("Z") and value[:2] == "20":
        return value[:-2] + ("1" if value[-2] != "1" else "2") + "Z"
    return '{"x":1}' if value.startswith("{") else value + "x"


@contextmanager
def set_value(engine: Engine, name: str, row: Row, column: str, value: Any) -> Iterator[bool]:
    """Change one value and put it back afterwards; false where the database's own conditions refuse it."""
    table: Table = getattr(models, name)
    keys = [key.name for key in table.primary_key]
    try:
        _write(engine, table, keys, row, column, value)
    except (IntegrityError, DataError):
        yield False
        return
    try:
        yield True
    finally:
        _write(engine, table, keys, row | {column: value}, column, row[column])


def _write(engine: Engine, table: Table, keys: list[str], row: Row, column: str, value: Any) -> None:
    with unchecked(engine) as connection:
        update = table.update().values({column: value})
        done = connection.execute(update.where(*(table.c[key] == row[key] for key in keys)))
        assert done.rowcount == 1


@contextmanager
def unchecked(engine: Engine) -> Iterator[Connection]:
    """A connection that checks neither foreign keys nor conditions."""
    with engine.connect() as connection, without_authorizer(connection):
        _checks(connection, "OFF", "ON")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
        _checks(connection, "ON", "OFF")


def _checks(connection: Connection, foreign_keys: str, ignored: str) -> None:
    """Switch SQLite's own checks, which it allows between transactions only."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={foreign_keys}")
        driver.execute(f"PRAGMA ignore_check_constraints={ignored}")
