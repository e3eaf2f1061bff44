"""Check the conditions of lines and words without asking SQLite for its switches each time; PostgreSQL has none."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from migrations import sql_files

revision = "0007_check_lines_once"
down_revision = "0006_create_jobs"


def upgrade() -> None:
    _run("up")


def downgrade() -> None:
    _run("down")


def _run(name: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        sql_files.run(Path(__file__).with_suffix(""), name)
