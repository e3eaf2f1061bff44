"""Sessions: one row for each signed-in device; the device holds only a random reference to it.

| | idle at most | in all at most |
| --- | --- | --- |
| on a private device ("keep me signed in") | 14 days | 90 days |
| on a shared device | 2 hours | 12 hours |
| an office holder, on any device | 8 hours | 7 days |
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger.models import community
from web.identity.logins import CommunityMembership
from web.models.identity import Login, LoginSession, Membership, now


@dataclass(frozen=True)
class SessionLifetime:
    """How long a session lasts without use (`idle`) and in all (`absolute`)."""

    idle: dt.timedelta
    absolute: dt.timedelta

    def covers(self, created_at: dt.datetime, last_seen_at: dt.datetime, moment: dt.datetime) -> bool:
        """Whether a session is valid at a moment."""
        return moment - last_seen_at < self.idle and moment - created_at < self.absolute


OWN_DEVICE = SessionLifetime(dt.timedelta(days=14), dt.timedelta(days=90))
SHARED_DEVICE = SessionLifetime(dt.timedelta(hours=2), dt.timedelta(hours=12))
OFFICE = SessionLifetime(dt.timedelta(hours=8), dt.timedelta(days=7))
LAST_SEEN_INTERVAL = dt.timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session with its login and memberships."""

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
        """Whether the session has not expired."""
        return (OWN_DEVICE if self.kept else SHARED_DEVICE).covers(self.created_at, self.last_seen_at, now())

    def is_good_for_office(self) -> bool:
        """Whether the session has not expired for an office holder."""
        return OFFICE.covers(self.created_at, self.last_seen_at, now())

    def is_due_to_be_marked(self) -> bool:
        """Whether `last_seen_at` is old enough to be updated."""
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


_COLUMN_NAMES = [column.key for column in _COLUMNS]
_SESSION_QUERY = (
    select(*_COLUMNS, Membership.community_id, community.c.slug, Membership.party_id)
    .join(Login, Login.login_id == LoginSession.login_id)
    .outerjoin(Membership, Membership.login_id == Login.login_id)
    .outerjoin(community, community.c.community_id == Membership.community_id)
    .where(LoginSession.reference_hash == bindparam("reference_hash"), LoginSession.ended_at.is_(None), Login.active)
    .order_by(Membership.since, Membership.community_id)
)
"""Built once, because every request runs it."""


def begin(connection: Connection, login_id: int, *, kept: bool, device: str) -> str:
    """Start a session; returns its reference (256 random bits), of which only a hash is stored."""
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
    """The session with this reference; None if it has ended or expired, or its login is not active."""
    rows = connection.execute(_SESSION_QUERY, {"reference_hash": _hash(reference)}).all()
    if not rows:
        return None
    memberships = tuple(CommunityMembership(*row[-3:]) for row in rows if row.slug is not None)
    session = Session(**dict(zip(_COLUMN_NAMES, rows[0], strict=False)), memberships=memberships)
    return session if session.is_good() else None


def list_for_login(connection: Connection, login_id: int) -> list[Session]:
    """The valid sessions of a login, last used first."""
    query = select(*_COLUMNS).join(Login, Login.login_id == LoginSession.login_id)
    query = query.where(LoginSession.login_id == login_id, LoginSession.ended_at.is_(None), Login.active)
    rows = connection.execute(query.order_by(LoginSession.last_seen_at.desc()))
    sessions = [Session(**row._asdict()) for row in rows]
    return [session for session in sessions if session.is_good()]


def mark_seen(connection: Connection, session_id: int) -> None:
    """Record that a session was used now."""
    connection.execute(update(LoginSession).where(LoginSession.session_id == session_id).values(last_seen_at=now()))


def end(connection: Connection, session_id: int, login_id: int) -> None:
    """End one session, if it belongs to this login."""
    condition = (
        LoginSession.session_id == session_id,
        LoginSession.login_id == login_id,
        LoginSession.ended_at.is_(None),
    )
    connection.execute(update(LoginSession).where(*condition).values(ended_at=now()))


def end_all(connection: Connection, login_id: int, but: int | None = None) -> None:
    """End all sessions of a login, except `but`."""
    query = update(LoginSession).where(LoginSession.login_id == login_id, LoginSession.ended_at.is_(None))
    if but is not None:
        query = query.where(LoginSession.session_id != but)
    connection.execute(query.values(ended_at=now()))


def _hash(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest()
