"""Raise walls between communities on PostgreSQL, and let guards run as the tables' owner; going down removes them."""

from __future__ import annotations

from alembic import op

from migrations import row_level_security

revision = "0005_raise_walls"
down_revision = "0004_keep_standing"


def upgrade() -> None:
    row_level_security.raise_up(op.get_bind())


def downgrade() -> None:
    row_level_security.take_down(op.get_bind())
