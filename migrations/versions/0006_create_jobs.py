"""Create the table of jobs; going down removes it, and what was filed with it.

No triggers: these rows are no part of the books. They are changed as work goes on.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006_create_jobs"
down_revision = "0005_raise_walls"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("job_id", Number, nullable=False),
        _words("kind"),
        _words("about"),
        _words("period"),
        _words("state"),
        sa.Column("tries", Number, nullable=False),
        _moment("filed_at"),
        _moment("due_at"),
        _words("worker", nullable=True),
        _moment("lease_until", nullable=True),
        _moment("ended_at", nullable=True),
        _words("told", nullable=True),
        sa.PrimaryKeyConstraint("job_id", name="job_pkey"),
        sa.UniqueConstraint("kind", "about", "period", name="job_kind_about_period_key"),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="job_state"),
    )
    op.create_index("job_state_due_at", "job", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("job")


def _words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)
