"""Rights of the app login and the reader login on PostgreSQL, and a check for excess rights.

There are three logins: the owner creates and changes tables, the app inserts, the reader selects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from ledger.models import metadata as books
from web.models.jobs import Job

APP, READER = "app", "reader"

_SELECT_GRANTED_LOGINS = """
SELECT r.rolname, bool_or(a.privilege_type = 'INSERT')
FROM pg_class c CROSS JOIN aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = 'public.seal'::regclass AND a.grantee <> c.relowner GROUP BY r.rolname ORDER BY r.rolname
"""
_SELECT_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_SELECT_POWERS = """
SELECT r.rolsuper AS superuser, r.rolbypassrls AS walls, r.rolcreaterole AS logins,
  bool_or(pg_has_role(r.oid, c.relowner, 'MEMBER')) AS owner,
  bool_or(has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER')) AS rows,
  has_schema_privilege(r.oid, 'public', 'CREATE') AS tables,
  has_database_privilege(r.oid, current_database(), 'TEMPORARY') AS temporary
FROM pg_roles r CROSS JOIN pg_class c
WHERE r.rolname = coalesce(:login, current_user)
  AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY (:books)
GROUP BY r.oid, r.rolsuper, r.rolbypassrls, r.rolcreaterole
"""


@dataclass(frozen=True)
class Powers:
    """Rights that the app login must not have."""

    superuser: bool
    walls: bool
    logins: bool
    owner: bool
    rows: bool
    tables: bool
    temporary: bool

    def named(self) -> list[str]:
        """The names of the rights that the login has."""
        return [name for name, is_held in vars(self).items() if is_held]


def powers_of(connection: Connection, login: str | None = None) -> Powers | None:
    """The excess rights of a login (default: this connection's own); None if there is no such login."""
    values = {"login": login, "books": list(books.tables)}
    row = connection.execute(text(_SELECT_POWERS), values).one_or_none()
    return None if row is None else Powers(**row._mapping)


def granted_logins(connection: Connection) -> list[tuple[str, str]]:
    """The logins that have rights here, each with its role: APP or READER."""
    return [
        (name, APP if can_insert else READER) for name, can_insert in connection.exec_driver_sql(_SELECT_GRANTED_LOGINS)
    ]


def renew_grants(connection: Connection) -> None:
    """Grant all logins that have rights the rights of their role again, for tables that are new."""
    for login, role in granted_logins(connection):
        grant(connection, login, role)


def grant(connection: Connection, login: str, role: str) -> None:
    """Give a login exactly the rights of its role, and revoke all others on these tables."""
    quoted = connection.dialect.identifier_preparer.quote_identifier
    database = quoted(connection.exec_driver_sql("SELECT current_database()").scalar_one())
    grantee = quoted(login)
    statements = [
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {grantee}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {grantee}",
        f"GRANT CONNECT ON DATABASE {database} TO {grantee}",
        f"GRANT USAGE ON SCHEMA public TO {grantee}",
        f"GRANT SELECT ON alembic_version TO {grantee}",
        *(f"GRANT {rights} TO {grantee}" for rights in _rights(role, _existing_tables(connection))),
    ]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _existing_tables(connection: Connection) -> frozenset[str]:
    """The tables that exist at this step; later steps may add more."""
    return frozenset(connection.exec_driver_sql(_SELECT_TABLES).scalars())


def _rights(role: str, existing: frozenset[str]) -> Iterator[str]:
    tables = [table for name, table in books.tables.items() if name in existing]
    yield f"SELECT ON {_comma_list(table.name for table in tables)}"
    if role == READER:
        return
    yield f"INSERT ON {_comma_list(table.name for table in tables if not table.info['kept_by_database'])}"
    yield from (f"UPDATE ({', '.join(columns)}) ON {name}" for name, columns in _updatable_columns(tables))
    yield f"SELECT, INSERT, UPDATE, DELETE ON {_comma_list(existing & Job.metadata.tables.keys())}"
    yield "USAGE ON ALL SEQUENCES IN SCHEMA public"


def _updatable_columns(tables: Iterable[Table]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((table.name, table.info["changes"]) for table in tables if table.info["changes"])


def _comma_list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
