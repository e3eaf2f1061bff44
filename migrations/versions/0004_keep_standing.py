"""Keep whether a community's books can be written in this database; going down forgets it, and all can be written."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from migrations import sql_files

revision = "0004_keep_standing"
down_revision = "0003_keep_closed_months"


def upgrade() -> None:
    sql_files.run(Path(__file__).with_suffix(""), "standing")


def downgrade() -> None:
    op.drop_table("standing")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION standing_insert")
