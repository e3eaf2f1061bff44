"""The login that serves, and the one that reads: neither changes the guards, and neither sees another community."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from ledger import models
from ledger.checks import verify
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books, set_community, write_books
from tests.attacks.books import ORDER, Books, entry, refused
from tests.databases import written
from tests.postgresql import OWNER, READER, Server

TABLES = sorted(models.metadata.tables)
EMPTY = ("period_balance", "period_movement", "standing")
"""Tables in which these books have no row yet."""
NOT_YOURS = r"permission denied|must be owner|row-level security"
REBUILT = {
    "no trigger fires": "ALTER TABLE posting DISABLE TRIGGER ALL",
    "a trigger goes": "DROP TRIGGER posting_frozen ON posting",
    "triggers sleep": "SET session_replication_role = replica",
    "the owner's hat": f"SET ROLE {OWNER}",
    "a table goes": "DROP TABLE posting",
    "a column more": "ALTER TABLE posting ADD COLUMN note TEXT",
    "the wall goes": "ALTER TABLE posting DISABLE ROW LEVEL SECURITY",
    "a door in the wall": "CREATE POLICY door ON posting USING (true)",
    "a softer guard": (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    ),
    "a function of its own": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a table of its own": "CREATE TABLE public.x (i int)",
    "a schema of its own": "CREATE SCHEMA x",
    "a table that hides another": "CREATE TEMPORARY TABLE seal (community_id bigint, seq bigint)",
    "a guard called by hand": "SELECT act_erase(1, 1, 1, '{}')",
    "all rows or none": "SELECT set_config('row_security', 'off', true); SELECT count(*) FROM posting",
}


@pytest.fixture
def readers_engine(postgresql_server: Server, app_field: Engine) -> Iterator[Engine]:
    engine = make_engine(written(app_field.url.set(username=READER)))
    yield engine
    engine.dispose()


@pytest.fixture
def neighbour(app_books: Books) -> Books:
    """Return another community in the same database."""
    return Books(app_books.engine)


@pytest.mark.parametrize("sql", REBUILT.values(), ids=REBUILT.keys())
def test_the_login_that_serves_rebuilds_nothing(app_books: Books, sql: str) -> None:
    with pytest.raises(ProgrammingError, match=NOT_YOURS), app_books.engine.begin() as connection:
        for statement in sql.split("; ") if sql.startswith("SELECT") else [sql]:
            connection.exec_driver_sql(statement)


def test_the_login_that_serves_gives_no_rights_on(app_books: Books) -> None:
    app_books.run("GRANT SELECT ON posting TO PUBLIC")
    assert app_books.run("SELECT has_table_privilege('public', 'posting', 'SELECT')") == [(False,)]


@pytest.mark.parametrize("table", TABLES)
def test_another_community_s_rows_are_not_there(app_books: Books, neighbour: Books, table: str) -> None:
    seen = app_books.run(f"SELECT DISTINCT community_id FROM {table} WHERE community_id <> :c")
    assert (neighbour.number,) in seen if table == "community" else seen == []


def test_neither_copying_nor_statistics_show_another_community_s_rows(app_books: Books, neighbour: Books) -> None:
    assert app_books.number != neighbour.number
    assert app_books.run("SELECT count(*) FROM pg_stats WHERE tablename IN ('posting', 'entry_text')") == [(0,)]
    with app_books.engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with driver.cursor().copy("COPY (SELECT community_id FROM posting) TO STDOUT") as copied:
            assert {int(row[0]) for row in copied.rows()} == {app_books.number}


def test_a_connection_forgets_its_community_with_the_transaction(app_books: Books) -> None:
    one = make_engine(written(app_books.engine.url))
    counted = text("SELECT pg_backend_pid(), current_setting('app.community', true), (SELECT count(*) FROM posting)")
    backends, seen = set(), set()
    for end in ("commit", "rollback", "commit"):
        with read_books(one, app_books.slug) as unit:
            backend, inside, rows = unit.connection.execute(counted).one()
            backends.add(backend)
            assert (inside, rows > 0) == (str(app_books.number), True)
        with one.connect() as connection:
            set_community(connection, app_books.number)
            getattr(connection.get_transaction(), end)()
            backend, inside, rows = connection.execute(counted).one()
            backends.add(backend)
            seen.add((inside or "", rows))
    one.dispose()
    assert (len(backends), seen) == (1, {("", 0)})


@pytest.mark.parametrize("table", [table for table in TABLES if table not in EMPTY])
def test_no_row_is_written_for_another_community(app_books: Books, neighbour: Books, table: str) -> None:
    names = models.metadata.tables[table].columns.keys()
    values = ", ".join(":other" if name == "community_id" else name for name in names)
    with refused():
        app_books.run(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} LIMIT 1", other=neighbour.number
        )


def test_an_entry_of_another_community_is_not_posted(app_books: Books, neighbour: Books) -> None:
    with neighbour.engine.begin() as connection:
        rows = neighbour.rows(neighbour.unit(connection), (entry((1, 5), (2, -5)),))
    with refused(), app_books.engine.begin() as connection:
        for table in ORDER:
            app_books.insert(connection, table, rows[table])
    assert neighbour.findings() == []


@pytest.mark.parametrize("sql", ["agreement SET state = 'x'", "hold SET state = 'voided'", "community SET slug = 'x'"])
def test_what_may_change_changes_in_one_s_own_community_only(app_books: Books, neighbour: Books, sql: str) -> None:
    assert app_books.run(f"UPDATE {sql} WHERE community_id = :other", other=neighbour.number) == 0


def test_outside_any_community_nothing_is_seen_and_nothing_written(app_books: Books) -> None:
    outside = app_books.engine.execution_options(inside="")
    for table in TABLES:
        assert (app_books.run(f"SELECT 1 FROM {table} LIMIT 1") == []) == (table in EMPTY)
        with outside.begin() as connection:
            assert (app_books.run(f"SELECT 1 FROM {table} LIMIT 1", connection) != []) == (table == "community")
    with refused(), outside.begin() as connection:
        app_books.run("INSERT INTO programme VALUES (:c, 'NEW')", connection)


def test_the_login_that_reads_reads_everything_and_writes_nothing(app_books: Books, readers_engine: Engine) -> None:
    with read_books(readers_engine, app_books.slug) as unit:
        assert verify(unit).ok
    with pytest.raises(ProgrammingError, match=NOT_YOURS), write_books(readers_engine, app_books.slug):
        pass
    for table in TABLES:
        with refused(), readers_engine.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", ["login", "login_session", "one_time_link", "membership", "sign_in_attempt"])
def test_the_login_that_reads_knows_nobody_s_password(readers_engine: Engine, table: str) -> None:
    with refused(), readers_engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT 1 FROM {table}")
