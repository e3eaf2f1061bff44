"""What the logins may do on PostgreSQL is exactly what their task needs, also after tables came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

import migrations
from ledger.models import metadata
from migrations import grants, row_level_security
from tests.postgresql import APP, OWNER, READER
from web.models.identity import Base

WITHOUT_WALLS = {"membership", "one_time_link"}
RIGHTS = (
    """SELECT privilege_type || ' ' || table_name FROM information_schema.role_table_grants WHERE grantee = %(login)s"""
)


@pytest.fixture
def owner(postgresql_engine: Engine, own_postgresql: Engine) -> Iterator[Connection]:
    """Return a connection of the tables' owner whose changes are undone."""
    del postgresql_engine
    with own_postgresql.connect() as connection:
        yield connection


def may(connection: Connection, login: str) -> set[str]:
    return set(connection.exec_driver_sql(RIGHTS, {"login": login}).scalars())


def powers(connection: Connection, login: str | None = None) -> list[str]:
    found = grants.powers_of(connection, login)
    assert found is not None
    return found.named()


def test_every_table_that_holds_a_community_s_rows_is_walled(owner: Connection) -> None:
    tables = [*metadata.tables.values(), *Base.metadata.tables.values()]
    ours = {table.name for table in tables if "community_id" in table.columns} - WITHOUT_WALLS
    walled = owner.exec_driver_sql("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'").scalars()
    assert set(walled) == ours


def test_every_guard_runs_as_the_owner_and_is_called_by_nobody(owner: Connection) -> None:
    owner.exec_driver_sql(f"SET ROLE {APP}")
    loose = owner.exec_driver_sql(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND (NOT prosecdef"
        " OR NOT 'search_path=pg_catalog, public, pg_temp' = ANY (proconfig) OR has_function_privilege(oid, 'EXECUTE'))"
    )
    assert loose.scalars().all() == []


def test_the_login_that_serves_adds_and_deletes_nothing_in_the_books(owner: Connection) -> None:
    kept = {name for name, table in metadata.tables.items() if table.info["kept_by_database"]}
    people = {f"{verb} {name}" for name in Base.metadata.tables for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")}
    books = {f"SELECT {name}" for name in metadata.tables} | {
        f"INSERT {name}" for name in metadata.tables.keys() - kept
    }
    assert may(owner, APP) == people | books | {"SELECT alembic_version"}
    assert may(owner, READER) == {f"SELECT {name}" for name in (*metadata.tables, "alembic_version")}


def test_rights_are_what_the_task_needs_whatever_was_given_before(owner: Connection) -> None:
    before = may(owner, APP)
    owner.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}")
    assert "rows" in powers(owner, APP)
    grants.grant(owner, APP, grants.APP)
    assert may(owner, APP) == before


def test_a_new_table_is_walled_and_open_to_the_logins_that_are_known(own_postgresql: Engine) -> None:
    with own_postgresql.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE later (community_id BIGINT)")
        connection.exec_driver_sql(f"REVOKE SELECT ON standing FROM {READER}")
    migrations.upgrade(own_postgresql)
    with own_postgresql.begin() as connection:
        assert connection.exec_driver_sql("SELECT relrowsecurity FROM pg_class WHERE relname = 'later'").scalar()
        assert "SELECT standing" in may(connection, READER)
        assert grants.granted_logins(connection) == [(APP, grants.APP), (READER, grants.READER)]


def test_powers_are_named(owner: Connection, postgresql_engine: Engine) -> None:
    assert "superuser" in powers(owner, OWNER)
    assert grants.powers_of(owner, "nobody-here") is None
    owner.exec_driver_sql("REVOKE TEMPORARY ON DATABASE " + str(owner.engine.url.database) + " FROM PUBLIC")
    owner.commit()
    with postgresql_engine.connect() as connection:
        assert powers(connection) == []
    owner.exec_driver_sql(f"GRANT {OWNER} TO {APP}")
    assert "owner" in powers(owner, APP)


def test_the_login_that_serves_finds_the_schema_up_to_date(postgresql_engine: Engine) -> None:
    migrations.upgrade(postgresql_engine)
    assert migrations.is_current(postgresql_engine)
    with postgresql_engine.connect() as connection:
        assert not row_level_security.is_managed(connection)
