"""Raise walls between communities on PostgreSQL, and let guards run as the tables' owner; going down removes them."""

from __future__ import annotations

from alembic import op

from migrations import walls

revision = "0005_raise_walls"
down_revision = "0004_keep_standing"


def upgrade() -> None:
    walls.raise_up(op.get_bind())


def downgrade() -> None:
    walls.take_down(op.get_bind())
