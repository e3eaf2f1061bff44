"""Runs SQL files that differ between the engines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic import op


def run(folder: Path, *names: str) -> None:
    """Run the files `folder/ENGINE/NAME.sql` in this order."""
    connection = op.get_bind()
    for name in names:
        script = (folder / connection.dialect.name / f"{name}.sql").read_text(encoding="utf-8")
        for statement in _split(script) if connection.dialect.name == "sqlite" else [script]:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _split(script: str) -> Iterator[str]:
    """The statements of a script: SQLite's driver runs one at a time, and a trigger contains semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
