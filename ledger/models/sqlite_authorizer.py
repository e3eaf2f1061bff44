"""Bolts: on SQLite, where there are no logins, the connection itself refuses to rebuild the books or switch checks off.

Whoever writes in the file by another program can still do so; then the chain shows it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

_NEVER = frozenset(
    {
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_CREATE_TEMP_INDEX,
        sqlite3.SQLITE_CREATE_TEMP_TABLE,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)
_ON, _OFF = {"on", "yes", "true", "1"}, {"off", "no", "false", "0"}
_KEPT: dict[str, set[str]] = {
    "foreign_keys": _ON,
    "recursive_triggers": _ON,
    "trusted_schema": _ON,
    "ignore_check_constraints": _OFF,
    "legacy_alter_table": _OFF,
    "writable_schema": _OFF,
    "schema_version": set(),
    "journal_mode": {"wal"},
    "synchronous": {"full", "2", "extra", "3"},
}
"""Switches that the books rest on, and how they may be set."""


def bolt(driver: Any) -> None:
    """Let this connection keep books and nothing else."""
    driver.set_authorizer(_judge)


@contextmanager
def unbolted(connection: Connection) -> Iterator[None]:
    """Draw the bolts for as long as a migration or a restore takes; PostgreSQL has logins for that."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.set_authorizer(None)
    try:
        yield
    finally:
        if connection.dialect.name == "sqlite":
            bolt(driver)


def _judge(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    refused = action in _NEVER
    if action == sqlite3.SQLITE_PRAGMA and second is not None:
        refused = second.lower() not in _KEPT.get(str(first).lower(), {second.lower()})
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
