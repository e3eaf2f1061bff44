"""Mutants: guards taken out or bent in a test's own database, so that the test that watches them has to fail."""

from __future__ import annotations

from sqlalchemy import Engine, text

_FUNCTION = (
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = :name AND pronamespace = 'public'::regnamespace"
)
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"
_TABLE_OF = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = :name AND NOT tgisinternal"


def bend(engine: Engine, guard: str, old: str, new: str) -> None:
    """Put other words into a guard: a trigger on SQLite, a trigger's function on PostgreSQL."""
    with engine.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        sql = connection.scalar(text(_TRIGGER if is_sqlite else _FUNCTION), {"name": guard})
        assert old in sql, f"{guard} does not say {old!r}"
        if is_sqlite:
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.exec_driver_sql(sql.replace(old, new))


def drop(engine: Engine, *guards: str) -> None:
    """Take triggers out."""
    with engine.begin() as connection:
        for guard in guards:
            table = "" if connection.dialect.name == "sqlite" else connection.scalar(text(_TABLE_OF), {"name": guard})
            connection.exec_driver_sql(f"DROP TRIGGER {guard}" + (f" ON {table}" if table else ""))


def loosen(engine: Engine, table: str, condition: str) -> None:
    """Take a CHECK out of a table."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {condition}")
        return
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA writable_schema=ON")
        found = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?"
        done = driver.execute(found, (f"CONSTRAINT {condition} CHECK (", f"CONSTRAINT {condition} CHECK (1 OR ", table))
        assert done.rowcount == 1
        driver.execute("PRAGMA writable_schema=RESET")
    engine.dispose()
