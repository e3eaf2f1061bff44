"""Row-level security on PostgreSQL: a transaction sees and writes only the rows of its community.

A second barrier behind the WHERE of every query. It applies to every login but the owner of the tables.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

_SELECT_IS_MANAGED = """
SELECT EXISTS (SELECT 1 FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE p.polname = 'one_community' AND pg_has_role(c.relowner, 'USAGE'))
"""


def raise_up(connection: Connection) -> None:
    """Enable row-level security on every table with a community's rows; does nothing where it is enabled."""
    _run(connection, "raise")


def take_down(connection: Connection) -> None:
    """Disable row-level security on all tables."""
    _run(connection, "take_down")


def is_managed(connection: Connection) -> bool:
    """Whether row-level security is enabled and this login, as owner of the tables, may extend it."""
    return connection.dialect.name == "postgresql" and bool(connection.exec_driver_sql(_SELECT_IS_MANAGED).scalar())


def _run(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql":
        script = (Path(__file__).with_suffix("") / f"{name}.sql").read_text(encoding="utf-8")
        connection.exec_driver_sql(script, execution_options={"no_parameters": True})
