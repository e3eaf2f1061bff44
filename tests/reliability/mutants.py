"""Mutants: guards taken out or bent in a test's own database, so that the test that watches them has to fail."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.reliability.onlooker import driver

_SAID = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '{}'",
    "postgresql": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = '{}'",
}
_TABLE_OF = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = '{}' AND NOT tgisinternal"


def bend(engine: Engine, guard: str, old: str, new: str) -> None:
    """Put other words into a guard: a trigger on SQLite, a trigger's function on PostgreSQL."""
    with driver(engine) as connection:
        (said,) = connection.execute(_SAID[engine.dialect.name].format(guard)).fetchone()
        assert old in said, f"{guard} does not say {old!r}"
        if engine.dialect.name == "sqlite":
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(said.replace(old, new))


def drop(engine: Engine, guard: str) -> None:
    """Take a trigger out."""
    with driver(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(f"DROP TRIGGER {guard}")
            return
        (table,) = connection.execute(_TABLE_OF.format(guard)).fetchone()
        connection.execute(f"DROP TRIGGER {guard} ON {table}")


def loosen(engine: Engine, table: str, condition: str) -> None:
    """Take a CHECK out of a table."""
    with driver(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {condition}")
            return
        connection.execute("PRAGMA writable_schema=ON")
        found = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?"
        names = (f"CONSTRAINT {condition} CHECK (", f"CONSTRAINT {condition} CHECK (1 OR ", table)
        assert connection.execute(found, names).rowcount == 1
        connection.execute("PRAGMA writable_schema=RESET")
    engine.dispose()
