"""The authorizer of SQLite connections: SQLite has no logins, so the connection refuses DDL and unsafe pragmas.

Another program can still write to the file; the chain then shows it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

_DENIED_ACTIONS = frozenset(
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
_ALLOWED_PRAGMA_VALUES: dict[str, set[str]] = {
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
"""The pragmas that the books depend on, and the values that may be set."""


def install_authorizer(driver: Any) -> None:
    """Deny this connection DDL and unsafe pragmas."""
    driver.set_authorizer(_authorize)


@contextmanager
def without_authorizer(connection: Connection) -> Iterator[None]:
    """Remove the authorizer during a migration or a restore; does nothing on PostgreSQL, which has logins."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.set_authorizer(None)
    try:
        yield
    finally:
        if connection.dialect.name == "sqlite":
            install_authorizer(driver)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    denied = action in _DENIED_ACTIONS
    if action == sqlite3.SQLITE_PRAGMA and second is not None:
        denied = second.lower() not in _ALLOWED_PRAGMA_VALUES.get(str(first).lower(), {second.lower()})
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK
