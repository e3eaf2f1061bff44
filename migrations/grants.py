"""Rights: what the login that serves and the login that reads may do on PostgreSQL, and which logins may do too much.

Three logins: the owner makes and changes tables, the app adds what people write down, the reader looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from ledger.models import metadata as books
from web.models.jobs import Job

APP, READER = "app", "reader"

_KNOWN = """
SELECT r.rolname, bool_or(a.privilege_type = 'INSERT')
FROM pg_class c CROSS JOIN aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = 'public.seal'::regclass AND a.grantee <> c.relowner GROUP BY r.rolname ORDER BY r.rolname
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_POWERS = """
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
    """What a login can do beyond serving or reading; none of it is right for the login that serves."""

    superuser: bool
    walls: bool
    logins: bool
    owner: bool
    rows: bool
    tables: bool
    temporary: bool

    def named(self) -> list[str]:
        """The names of those it has."""
        return [name for name, has in vars(self).items() if has]


def powers_of(connection: Connection, login: str | None = None) -> Powers | None:
    """What a login, or this connection's own, can do beyond its task; None where there is no such login."""
    given = {"login": login, "books": list(books.tables)}
    row = connection.execute(text(_POWERS), given).one_or_none()
    return None if row is None else Powers(**row._mapping)


def known(connection: Connection) -> list[tuple[str, str]]:
    """The logins that were given rights here before, each with its task."""
    return [(name, APP if adds else READER) for name, adds in connection.exec_driver_sql(_KNOWN)]


def renew(connection: Connection) -> None:
    """Give the logins that are known here what their task needs now, because tables may have come."""
    for login, task in known(connection):
        give(connection, login, task)


def give(connection: Connection, login: str, task: str) -> None:
    """Give a login exactly what its task needs, and take everything else on these tables from it."""
    quoted = connection.dialect.identifier_preparer.quote_identifier
    whole = quoted(connection.exec_driver_sql("SELECT current_database()").scalar_one())
    who = quoted(login)
    said = [
        f"REVOKE TEMPORARY ON DATABASE {whole} FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {who}",
        f"GRANT CONNECT ON DATABASE {whole} TO {who}",
        f"GRANT USAGE ON SCHEMA public TO {who}",
        f"GRANT SELECT ON alembic_version TO {who}",
        *(f"GRANT {rights} TO {who}" for rights in _rights(task, _there(connection))),
    ]
    for sentence in said:
        connection.exec_driver_sql(sentence)


def _there(connection: Connection) -> frozenset[str]:
    """The tables that stand at the step at hand: on the way up, the newest are not made yet."""
    return frozenset(connection.exec_driver_sql(_TABLES).scalars())


def _rights(task: str, there: frozenset[str]) -> Iterator[str]:
    tables = [table for name, table in books.tables.items() if name in there]
    yield f"SELECT ON {_listed(table.name for table in tables)}"
    if task == READER:
        return
    yield f"INSERT ON {_listed(table.name for table in tables if not table.info['kept_by_database'])}"
    yield from (f"UPDATE ({', '.join(columns)}) ON {name}" for name, columns in _changing(tables))
    yield f"SELECT, INSERT, UPDATE, DELETE ON {_listed(there & Job.metadata.tables.keys())}"
    yield "USAGE ON ALL SEQUENCES IN SCHEMA public"


def _changing(tables: Iterable[Table]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((table.name, table.info["changes"]) for table in tables if table.info["changes"])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
