"""Keep what each account held and moved in a closed month, and close what lies before it; going down forgets them."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from migrations import sql_files

revision = "0003_keep_closed_months"
down_revision = "0002_create_logins"


def upgrade() -> None:
    sql_files.run(Path(__file__).with_suffix(""), "snapshots")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute("DROP TRIGGER seal_months ON seal" if postgresql else "DROP TRIGGER seal_months")
    op.drop_index("act_month", "act")
    op.drop_table("period_movement")
    op.drop_table("period_balance")
    if postgresql:
        op.execute("DROP FUNCTION seal_months")
        op.execute("DROP FUNCTION period_rows_insert")
