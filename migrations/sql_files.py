"""Statements: SQL that differs between the engines, read from sibling files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic import op


def run(folder: Path, *names: str) -> None:
    """Run the files of these names for the engine at hand, in this order."""
    connection = op.get_bind()
    for name in names:
        script = (folder / connection.dialect.name / f"{name}.sql").read_text(encoding="utf-8")
        for statement in _split(script) if connection.dialect.name == "sqlite" else [script]:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _split(script: str) -> Iterator[str]:
    """SQLite's driver takes one statement at a time; a trigger holds several semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
