"""Create logins, their sessions, memberships, one-time links, counted tries and form receipts; going down removes them.

No triggers: these rows are no part of the books. They are changed and deleted as people come and go.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_create_logins"
down_revision = "0001_create_books"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, those that others point to first."""
    for make in (_login, _login_session, _membership, _one_time_link, _sign_in_attempt, _form_receipt):
        make()


def downgrade() -> None:
    """Remove the tables, those that point to others first."""
    for table in ("form_receipt", "sign_in_attempt", "one_time_link", "membership", "login_session", "login"):
        op.drop_table(table)


def _login() -> None:
    op.create_table(
        "login",
        sa.Column("login_id", Number, nullable=False),
        _words("user_name"),
        _words("user_key"),
        _words("email", nullable=True),
        _words("email_key", nullable=True),
        _words("password", nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        _words("fs_uniquifier"),
        _moment("created_at"),
        _moment("confirmed_at", nullable=True),
        _moment("password_set_at", nullable=True),
        sa.PrimaryKeyConstraint("login_id", name="login_pkey"),
        sa.UniqueConstraint("user_key", name="login_user_key_key"),
        sa.UniqueConstraint("email_key", name="login_email_key_key"),
        sa.UniqueConstraint("fs_uniquifier", name="login_fs_uniquifier_key"),
    )


def _login_session() -> None:
    op.create_table(
        "login_session",
        sa.Column("session_id", Number, nullable=False),
        _number("login_id"),
        _words("reference_hash"),
        sa.Column("kept", sa.Boolean(), nullable=False),
        _words("device"),
        _moment("created_at"),
        _moment("last_seen_at"),
        _moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("session_id", name="login_session_pkey"),
        _of_login("login_session"),
        sa.UniqueConstraint("reference_hash", name="login_session_reference_hash_key"),
    )
    op.create_index("login_session_login_id", "login_session", ["login_id"])


def _membership() -> None:
    op.create_table(
        "membership",
        _number("community_id"),
        _number("party_id"),
        _number("login_id"),
        _moment("since"),
        sa.PrimaryKeyConstraint("community_id", "party_id", name="membership_pkey"),
        _of_party("membership"),
        _of_login("membership"),
        sa.UniqueConstraint("login_id", "community_id", name="membership_login_id_community_id_key"),
    )


def _one_time_link() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("link_id", Number, nullable=False),
        _words("purpose"),
        _words("token_hash"),
        _words("code_hash", nullable=True),
        _number("community_id", nullable=True),
        _number("party_id", nullable=True),
        _number("made_by", nullable=True),
        _words("sheet", nullable=True),
        _words("draft", nullable=True),
        _moment("made_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        sa.PrimaryKeyConstraint("link_id", name="one_time_link_pkey"),
        _of_community("one_time_link"),
        _of_party("one_time_link"),
        sa.UniqueConstraint("token_hash", name="one_time_link_token_hash_key"),
        sa.UniqueConstraint("code_hash", name="one_time_link_code_hash_key"),
        sa.CheckConstraint("purpose IN ('set-up', 'sign-in', 'reset')", name="one_time_link_purpose"),
    )
    op.create_index("one_time_link_party_id_community_id", "one_time_link", ["party_id", "community_id"])
    op.create_index("one_time_link_sheet_community_id", "one_time_link", ["sheet", "community_id"])


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("attempt_id", Number, nullable=False),
        _words("account"),
        _words("network"),
        _moment("tried_at"),
        sa.PrimaryKeyConstraint("attempt_id", name="sign_in_attempt_pkey"),
    )
    op.create_index("sign_in_attempt_account_tried_at", "sign_in_attempt", ["account", "tried_at"])
    op.create_index("sign_in_attempt_network_tried_at", "sign_in_attempt", ["network", "tried_at"])
    op.create_index("sign_in_attempt_tried_at", "sign_in_attempt", ["tried_at"])


def _form_receipt() -> None:
    op.create_table(
        "form_receipt",
        _number("community_id"),
        _words("form_key"),
        _words("fingerprint"),
        _words("result"),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("community_id", "form_key", name="form_receipt_pkey"),
        _of_community("form_receipt"),
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Number, nullable=nullable, autoincrement=False)


def _words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _of_login(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["login_id"], ["login.login_id"], f"{table}_login_id_fkey", ondelete="CASCADE")


def _of_community(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["community_id"], ["community.community_id"], f"{table}_community_id_fkey")


def _of_party(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", "party_id"],
        ["party.community_id", "party.party_id"],
        f"{table}_community_id_party_id_fkey",
    )
