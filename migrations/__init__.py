"""Migrations: numbered steps that bring a database to the schema of this version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ledger.models.sqlite_authorizer import without_authorizer

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

# Alembic is slow to import and every command asks for the current step, so it is imported where it is used.

_LOCK_NUMBER = 0x686F7572
"""The advisory lock of migrations on PostgreSQL; SQLite has one writer anyway."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade a database to a step in one transaction; an empty database gets every table.

    On PostgreSQL new tables get row-level security, and logins with rights get those that they need now.
    """
    with engine.begin() as connection:
        upgrade_within(connection, revision)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """Upgrade a database to a step within an open transaction."""
    from alembic import command

    from migrations import grants, row_level_security

    _lock(connection)
    with without_authorizer(connection):
        command.upgrade(_config(connection), revision)
    if row_level_security.is_managed(connection):
        row_level_security.raise_up(connection)
        grants.renew_grants(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade a database to a step (`base`: no tables) in one transaction; data of newer steps is lost."""
    with engine.begin() as connection:
        downgrade_within(connection, revision)


def downgrade_within(connection: Connection, revision: str) -> None:
    """Downgrade a database to a step within an open transaction."""
    from alembic import command

    _lock(connection)
    with without_authorizer(connection):
        command.downgrade(_config(connection), revision)


def current_step(engine: Engine) -> str | None:
    """The current step of a database; None before the first."""
    with engine.connect().execution_options(reads=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def is_current(engine: Engine) -> bool:
    """Whether a database is at the newest step."""
    return current_step(engine) == newest_step()


def newest_step() -> str:
    """The last step of this version, by the file names."""
    return max(path.stem for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def steps() -> ScriptDirectory:
    """All steps of this version, in order."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
