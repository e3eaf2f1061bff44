"""What the migrations build is what the models say: tables, columns, conditions, keys, indexes, to the letter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from ledger.database.engine import make_engine
from ledger.models import metadata, triggers
from ledger.models.sqlite_authorizer import without_authorizer
from web.models.jobs import Job

COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0 AND NOT a.attisdropped"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
ROOM = "SELECT relname, reloptions::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
ON_SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"


def plain(value: Any) -> Any:
    """Take white space, quotes and the order of table options out of SQL."""
    if not isinstance(value, str):
        return value
    return re.sub(r"\s+|\"", "", value).replace("WITHOUTROWID,STRICT", "STRICT,WITHOUTROWID")


def built(connection: Connection) -> set[tuple[Any, ...]]:
    """Describe the books' tables as the database knows them."""
    queries = [ON_SQLITE] if connection.dialect.name == "sqlite" else [COLUMNS, CONSTRAINTS, INDEXES, ROOM]
    rows = [row for query in queries for row in connection.exec_driver_sql(query)]
    return {tuple(map(plain, row)) for row in rows if row[0] in metadata.tables}


def test_models_create_the_very_tables_that_migrations_create(engine: Engine, request: pytest.FixtureRequest) -> None:
    fresh = make_engine(empty(request, engine))
    metadata.create_all(fresh)
    with engine.connect() as migrated, fresh.connect() as modelled:
        assert built(migrated) ^ built(modelled) == set()
    fresh.dispose()


def empty(request: pytest.FixtureRequest, engine: Engine) -> str:
    """Return the address of a database without tables, of the same kind."""
    if engine.dialect.name == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path') / 'modelled.sqlite'}"
    server = request.getfixturevalue("postgresql_server")
    request.addfinalizer(lambda: server.drop("modelled"))
    return str(server.create("modelled").render_as_string(hide_password=False))


def test_alembic_finds_nothing_left_to_migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, [metadata, Job.metadata]) == []  # type: ignore[arg-type]


def test_a_migrated_database_has_exactly_the_guards_that_are_expected(engine: Engine) -> None:
    with engine.connect() as connection:
        assert triggers.active(connection) == triggers.expected(engine.dialect.name)


def test_a_guard_that_is_switched_off_is_missed(own_engine: Engine) -> None:
    off = (
        "DROP TRIGGER posting_kept"
        if own_engine.dialect.name == "sqlite"
        else "ALTER TABLE posting DISABLE TRIGGER posting_kept"
    )
    with own_engine.begin() as connection, without_authorizer(connection):
        connection.exec_driver_sql(off)
        assert triggers.expected(own_engine.dialect.name) - triggers.active(connection) == {"posting_kept"}


def test_every_constraint_has_a_name() -> None:
    assert [item for table in metadata.tables.values() for item in table.constraints if not item.name] == []


def test_every_column_says_what_it_means() -> None:
    unsaid = [
        f"{column.table}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if not column.doc
    ]
    assert unsaid == []


def test_no_name_is_longer_than_postgresql_keeps() -> None:
    names = [str(item.name) for table in metadata.tables.values() for item in table.constraints]
    names += [str(item.name) for table in metadata.tables.values() for item in table.indexes]
    assert max(map(len, names)) <= 63


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_the_community_leads_every_key_and_ends_every_other_index(table: str) -> None:
    keys = metadata.tables[table]
    assert next(iter(keys.primary_key.columns)).name == "community_id"
    for key in keys.foreign_key_constraints:
        assert key.column_keys[0] == "community_id"
    for index in keys.indexes - {index for index in keys.indexes if index.name == "posting_statement"}:
        assert list(index.columns)[-1].name == "community_id"
