"""Migrations: the numbered steps by which a database becomes the one that this version of the books needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ledger.models.sqlite_authorizer import unbolted

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

# Every command asks at which step the books are, and few change that: Alembic takes long to import, so it comes late.

_ONE_AT_A_TIME = 0x686F7572
"""The number of the advisory lock on PostgreSQL; SQLite has one writer anyway."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database up to a step, all of it or nothing; an empty one gets every table.

    On PostgreSQL new tables are walled in, and the logins that were given rights before get those they need now.
    """
    with engine.begin() as connection:
        bring_up(connection, revision)


def bring_up(connection: Connection, revision: str = "head") -> None:
    """Bring a database up to a step within a transaction that is open already."""
    from alembic import command

    from migrations import grants, row_level_security

    _alone(connection)
    with unbolted(connection):
        command.upgrade(_config(connection), revision)
    if row_level_security.are_ours(connection):
        row_level_security.raise_up(connection)
        grants.renew(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Take a database back to a step (`base`: no table at all), all or nothing; what only newer steps hold is lost."""
    with engine.begin() as connection:
        take_down(connection, revision)


def take_down(connection: Connection, revision: str) -> None:
    """Take a database back to a step within a transaction that is open already."""
    from alembic import command

    _alone(connection)
    with unbolted(connection):
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The step that a database is at; None before the first."""
    with engine.connect().execution_options(reads=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current(engine: Engine) -> bool:
    """Whether a database is at the newest step that this version knows."""
    return current(engine) == newest()


def newest() -> str:
    """The last step that this version knows, by the numbers that its files begin with."""
    return max(path.stem for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def steps() -> ScriptDirectory:
    """Every step that this version knows, in order."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
