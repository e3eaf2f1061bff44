"""Tables of logins, sessions, memberships and one-time links.

Their rows belong to no community's books: they may be changed and deleted, and they are not in a hash chain.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from ledger.models import community, metadata, party
from ledger.models.column_types import Number


def now() -> dt.datetime:
    """The current time in UTC, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class UtcTime(TypeDecorator[dt.datetime]):
    """A time in UTC; stored without a zone, because SQLite has no type with one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """The time in UTC without its zone, for the database."""
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """The time from the database, with the zone UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """Base of these tables, which share a database with the books."""

    metadata = MetaData(naming_convention=metadata.naming_convention)
    type_annotation_map: ClassVar = {int: Number, str: Text, dt.datetime: UtcTime}


class Login(Base):
    """A login: a user name, perhaps an e-mail address, and a password once it is chosen."""

    __tablename__ = "login"

    login_id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    user_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    password_set_at: Mapped[dt.datetime | None]


class LoginSession(Base):
    """A sign-in on one device, identified by the hash of a random reference; `ended_at` signs the device out."""

    __tablename__ = "login_session"

    session_id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey(Login.login_id, ondelete="CASCADE"), index=True)
    reference_hash: Mapped[str] = mapped_column(unique=True)
    kept: Mapped[bool]
    device: Mapped[str]
    created_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class Membership(Base):
    """The membership of a login in a community, as one of its members."""

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "party_id"], [party.c.community_id, party.c.party_id]),
        UniqueConstraint("login_id", "community_id"),
    )

    community_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    login_id: Mapped[int] = mapped_column(ForeignKey(Login.login_id, ondelete="CASCADE"))
    since: Mapped[dt.datetime]


class OneTimeLink(Base):
    """A one-time link with its typed code: it works once, for one purpose, for some days.

    Only hashes are stored. `sheet` is the printed sheet with the link; `draft` the answers of an unfinished set-up.
    """

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('set-up', 'sign-in', 'reset')", name="purpose"),
        ForeignKeyConstraint(["community_id", "party_id"], [party.c.community_id, party.c.party_id]),
        Index(None, "party_id", "community_id"),
        Index(None, "sheet", "community_id"),
    )

    link_id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey(community.c.community_id))
    party_id: Mapped[int | None]
    made_by: Mapped[int | None]
    sheet: Mapped[str | None]
    draft: Mapped[str | None]
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class SignInAttempt(Base):
    """A failed try at a password or a typed code; counted for the rate limits, and deleted after an hour.

    `account` and `network` are hashes, so that the table does not reveal who tried what from where.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "account", "tried_at"), Index(None, "network", "tried_at"), Index(None, "tried_at"))

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    network: Mapped[str]
    tried_at: Mapped[dt.datetime]


class FormReceipt(Base):
    """A carried-out form of the pages of people; the same form sent again shows its stored result."""

    __tablename__ = "form_receipt"
    __table_args__ = (ForeignKeyConstraint(["community_id"], [community.c.community_id]),)

    community_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form_key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    result: Mapped[str]
    made_at: Mapped[dt.datetime]
