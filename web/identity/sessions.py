"""Sessions: who is signed in where, as rows that can be ended; the device itself holds only a random reference.

| | unused for | at most |
| --- | --- | --- |
| on one's own device ("keep me signed in") | 14 days | 90 days |
| on a shared device | 2 hours | 12 hours |
| whoever holds an office, on any device | 8 hours | 7 days |
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger.models import community
from web.identity.logins import CommunityMembership
from web.models.identity import Login, LoginSession, Membership, now


@dataclass(frozen=True)
class SessionLifetime:
    """How long a session lasts unused, and how long it lasts at all."""

    idle: dt.timedelta
    absolute: dt.timedelta

    def hold(self, created_at: dt.datetime, last_seen_at: dt.datetime, moment: dt.datetime) -> bool:
        """Whether a session is still good at a moment."""
        return moment - last_seen_at < self.idle and moment - created_at < self.absolute


OWN_DEVICE = SessionLifetime(dt.timedelta(days=14), dt.timedelta(days=90))
SHARED_DEVICE = SessionLifetime(dt.timedelta(hours=2), dt.timedelta(hours=12))
OFFICE = SessionLifetime(dt.timedelta(hours=8), dt.timedelta(days=7))
LAST_SEEN_INTERVAL = dt.timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session that is good now."""

    session_id: int
    login_id: int
    user_name: str
    fs_uniquifier: str
    device: str
    kept: bool
    created_at: dt.datetime
    last_seen_at: dt.datetime
    memberships: tuple[CommunityMembership, ...] = ()

    def is_good(self) -> bool:
        """Whether it has not run out."""
        return (OWN_DEVICE if self.kept else SHARED_DEVICE).hold(self.created_at, self.last_seen_at, now())

    def good_for_office(self) -> bool:
        """Whether it is also young enough for whoever holds an office."""
        return OFFICE.hold(self.created_at, self.last_seen_at, now())

    def to_be_noted(self) -> bool:
        """Whether it is time to write down that it was used."""
        return now() - self.last_seen_at >= LAST_SEEN_INTERVAL


_COLUMNS = (
    LoginSession.session_id,
    LoginSession.login_id,
    Login.user_name,
    Login.fs_uniquifier,
    LoginSession.device,
    LoginSession.kept,
    LoginSession.created_at,
    LoginSession.last_seen_at,
)


_NAMES = [column.key for column in _COLUMNS]
_WITH_MEMBERSHIPS = (
    select(*_COLUMNS, Membership.community_id, community.c.slug, Membership.party_id)
    .join(Login, Login.login_id == LoginSession.login_id)
    .outerjoin(Membership, Membership.login_id == Login.login_id)
    .outerjoin(community, community.c.community_id == Membership.community_id)
    .where(LoginSession.reference_hash == bindparam("reference_hash"), LoginSession.ended_at.is_(None), Login.active)
    .order_by(Membership.since, Membership.community_id)
)
"""Built once: every page runs it."""


def begin(connection: Connection, login_id: int, *, kept: bool, device: str) -> str:
    """A new session; its reference (256 random bits) is given out here only."""
    reference = secrets.token_urlsafe(32)
    row = {
        "login_id": login_id,
        "reference_hash": _hash(reference),
        "kept": kept,
        "device": device[:120],
        "created_at": now(),
        "last_seen_at": now(),
    }
    connection.execute(insert(LoginSession).values(row))
    return reference


def find(connection: Connection, reference: str) -> Session | None:
    """The session of this reference with its memberships; None when it ended, ran out, or its login is switched off."""
    rows = connection.execute(_WITH_MEMBERSHIPS, {"reference_hash": _hash(reference)}).all()
    if not rows:
        return None
    memberships = tuple(CommunityMembership(*row[-3:]) for row in rows if row.slug is not None)
    session = Session(**dict(zip(_NAMES, rows[0], strict=False)), memberships=memberships)
    return session if session.is_good() else None


def list_for_login(connection: Connection, login_id: int) -> list[Session]:
    """Everywhere a login is signed in, last used first."""
    query = _good().where(LoginSession.login_id == login_id).order_by(LoginSession.last_seen_at.desc())
    return _still_good(connection, query)


def mark_seen(connection: Connection, session_id: int) -> None:
    """Write down that a session was used just now."""
    connection.execute(update(LoginSession).where(LoginSession.session_id == session_id).values(last_seen_at=now()))


def end(connection: Connection, session_id: int, login_id: int) -> None:
    """Sign one device out at once; only of the login that it belongs to."""
    mine = (LoginSession.session_id == session_id, LoginSession.login_id == login_id, LoginSession.ended_at.is_(None))
    connection.execute(update(LoginSession).where(*mine).values(ended_at=now()))


def end_all(connection: Connection, login_id: int, but: int | None = None) -> None:
    """Sign a login out everywhere, or everywhere but on one device."""
    query = update(LoginSession).where(LoginSession.login_id == login_id, LoginSession.ended_at.is_(None))
    if but is not None:
        query = query.where(LoginSession.session_id != but)
    connection.execute(query.values(ended_at=now()))


def _good() -> Any:
    query = select(*_COLUMNS).join(Login, Login.login_id == LoginSession.login_id)
    return query.where(LoginSession.ended_at.is_(None), Login.active)


def _still_good(connection: Connection, query: Any) -> list[Session]:
    found = [Session(**row._asdict()) for row in connection.execute(query)]
    return [session for session in found if session.is_good()]


def _hash(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest()
