"""Who may sign in: logins, their sessions, the members they stand for, and one-time links. Tables only.

These rows belong to no community's books: they are changed and deleted freely, and nothing here is in a chain.
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

from ledger.models import community, party
from ledger.models import metadata as books
from ledger.models.column_types import Number


def now() -> dt.datetime:
    """This moment, in UTC, to the second: finer than anything about signing in needs to be."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC; stored without a zone, because SQLite knows none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """Give the database the moment in UTC."""
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """Say again that the moment is in UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """The tables of identity, beside the books in one database."""

    metadata = MetaData(naming_convention=books.naming_convention)
    type_annotation_map: ClassVar = {int: Number, str: Text, dt.datetime: Moment}


class Login(Base):
    """Someone who can sign in: by user name, or by e-mail where they have one, and a password once they chose it."""

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
    """One sign-in on one device, known by the hash of a random reference; ending the row signs the device out."""

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
    """The only bridge between a login and a community: the person whom the login stands for there."""

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
    """A link, and the same as a typed code, handed over by a person; it works once, for one purpose, for some days.

    Only hashes are kept. `sheet` names the printed sheet it stands on; `draft` holds a set-up until it is finished.
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
    """A try at a password or a typed code that has not succeeded; counted to slow guessing, and soon deleted.

    `account` and `network` are hashes: this is no diary of who tried what from where.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "account", "tried_at"), Index(None, "network", "tried_at"), Index(None, "tried_at"))

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    network: Mapped[str]
    tried_at: Mapped[dt.datetime]


class FormReceipt(Base):
    """A form of the people pages that was carried out: the same form sent again finds its first result here."""

    __tablename__ = "form_receipt"
    __table_args__ = (ForeignKeyConstraint(["community_id"], [community.c.community_id]),)

    community_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form_key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    result: Mapped[str]
    made_at: Mapped[dt.datetime]
