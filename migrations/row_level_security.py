"""Walls: on PostgreSQL a transaction sees and writes the rows of the community that it is in, and of no other.

The second wall behind every query's own condition. It stands before each login but the owner of the tables.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

_OURS = """
SELECT EXISTS (SELECT 1 FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE p.polname = 'one_community' AND pg_has_role(c.relowner, 'USAGE'))
"""


def raise_up(connection: Connection) -> None:
    """Wall in every table that holds a community's rows; those that are walled stay as they are."""
    _run(connection, "raise")


def take_down(connection: Connection) -> None:
    """Leave every community's rows to the queries' own conditions."""
    _run(connection, "take_down")


def are_ours(connection: Connection) -> bool:
    """Whether walls stand here and this login, as the owner of the tables, may extend them."""
    return connection.dialect.name == "postgresql" and bool(connection.exec_driver_sql(_OURS).scalar())


def _run(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql":
        script = (Path(__file__).with_suffix("") / f"{name}.sql").read_text(encoding="utf-8")
        connection.exec_driver_sql(script, execution_options={"no_parameters": True})
