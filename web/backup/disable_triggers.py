"""Disables triggers while a database is filled from a backup, and enables them in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from ledger.models.sqlite_authorizer import without_authorizer

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_ALL_TABLES = "SELECT c.oid::regclass FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
_SEQUENCE_RESETS = """
SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 1) FROM %s))',
  pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
"""


@contextmanager
def triggers_disabled(connection: Connection) -> Iterator[None]:
    """Insert rows unchanged, without triggers, in this transaction; foreign keys are still checked."""
    if connection.dialect.name == "sqlite":
        with without_authorizer(connection), _sqlite_triggers_dropped(connection):
            yield
    else:
        with _postgresql_triggers_disabled(connection):
            yield
        for statement in connection.execute(text(_SEQUENCE_RESETS)).scalars().all():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def _sqlite_triggers_dropped(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    triggers = connection.exec_driver_sql(_TRIGGERS).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


@contextmanager
def _postgresql_triggers_disabled(connection: Connection) -> Iterator[None]:
    tables = connection.exec_driver_sql(_ALL_TABLES).scalars().all()
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
