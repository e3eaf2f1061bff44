"""Logins and their memberships in communities: read and changed inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from ledger.core.errors import CommunityUnknown, FieldWrong
from ledger.core.messages import make_message
from ledger.models import community
from web.identity import usernames
from web.models.identity import Login, Membership, now


@dataclass(frozen=True, kw_only=True)
class LoginRecord:
    """A stored login; `password` is its hash, None until one is chosen."""

    login_id: int
    user_name: str
    email: str | None
    password: str | None
    active: bool
    fs_uniquifier: str
    password_set_at: dt.datetime | None = None


@dataclass(frozen=True)
class CommunityMembership:
    """A community that a login belongs to, and its member there."""

    community_id: int
    slug: str
    party_id: int


_COLUMNS = (
    Login.login_id,
    Login.user_name,
    Login.email,
    Login.password,
    Login.active,
    Login.fs_uniquifier,
    Login.password_set_at,
)


def _to_record(row: Row[*tuple[Any, ...]] | None) -> LoginRecord | None:
    return None if row is None else LoginRecord(**row._asdict())


def find(connection: Connection, identity: str) -> LoginRecord | None:
    """The login with this user name or, where it has one, this e-mail address."""
    key = usernames.comparison_key(identity)
    same = or_(Login.user_key == key, Login.email_key == key)
    return _to_record(connection.execute(select(*_COLUMNS).where(same)).first())


def find_by_id(connection: Connection, login_id: int) -> LoginRecord | None:
    """The login with this number."""
    return _to_record(connection.execute(select(*_COLUMNS).where(Login.login_id == login_id)).first())


def find_by_party(connection: Connection, community_id: int, party_id: int) -> LoginRecord | None:
    """The login of a member; None if they have none."""
    query = select(*_COLUMNS).join(Membership, Membership.login_id == Login.login_id)
    query = query.where(Membership.community_id == community_id, Membership.party_id == party_id)
    return _to_record(connection.execute(query).first())


def parties_with_login(connection: Connection, community_id: int) -> frozenset[int]:
    """The members of a community who have a login."""
    query = select(Membership.party_id).where(Membership.community_id == community_id)
    return frozenset(connection.scalars(query))


def list_memberships(connection: Connection, login_id: int) -> list[CommunityMembership]:
    """The communities of a login, in the order of joining."""
    query = select(Membership.community_id, community.c.slug, Membership.party_id)
    query = query.join(community, community.c.community_id == Membership.community_id)
    query = query.where(Membership.login_id == login_id).order_by(Membership.since, Membership.community_id)
    return [CommunityMembership(*row) for row in connection.execute(query)]


def find_community_id(connection: Connection, slug: str) -> int:
    """The id of the community with this slug; CommunityUnknown if there is none."""
    community_id = connection.scalar(select(community.c.community_id).where(community.c.slug == slug))
    if community_id is None:
        raise CommunityUnknown(make_message("There is no community named “%(slug)s” here.", slug=slug))
    return int(community_id)


def find_slug(connection: Connection, community_id: int) -> str:
    """The slug of the community with this id; CommunityUnknown if there is none."""
    slug = connection.scalar(select(community.c.slug).where(community.c.community_id == community_id))
    if slug is None:
        raise CommunityUnknown(
            make_message("There is no community with the number %(number)s here.", number=community_id)
        )
    return str(slug)


def create(connection: Connection, user_name: str, password: str | None, email: str | None = None) -> int:
    """Create a login; `password` is a hash. FieldWrong if the user name or the address is taken."""
    _refuse_taken(connection, user_name, "user_name", usernames.NOT_AVAILABLE)
    if email:
        _refuse_taken(connection, email, "email", _ADDRESS_TAKEN)
    row = {
        "user_name": user_name,
        "user_key": usernames.comparison_key(user_name),
        "email": email,
        "email_key": usernames.comparison_key(email) if email else None,
        "password": password,
        "active": True,
        "fs_uniquifier": secrets.token_hex(32),
        "created_at": now(),
        "password_set_at": now() if password else None,
    }
    return int(connection.execute(insert(Login).values(row).returning(Login.login_id)).scalar_one())


_ADDRESS_TAKEN = "This address cannot be used here."


def _refuse_taken(connection: Connection, identity: str, field: str, message: str) -> None:
    if find(connection, identity):
        raise FieldWrong(field, make_message(message))


def add_membership(connection: Connection, login_id: int, community_id: int, party_id: int) -> None:
    """Make a login the login of a member."""
    row = {"login_id": login_id, "community_id": community_id, "party_id": party_id, "since": now()}
    connection.execute(insert(Membership).values(row))


def remove_membership(connection: Connection, community_id: int, party_id: int) -> None:
    """Remove a member's login from this community; its memberships elsewhere stay."""
    same = (Membership.community_id == community_id, Membership.party_id == party_id)
    connection.execute(delete(Membership).where(*same))


def remove_party(connection: Connection, community_id: int, party_id: int) -> None:
    """Remove a member's login from this community; deletes the login if it has no other membership."""
    login = find_by_party(connection, community_id, party_id)
    remove_membership(connection, community_id, party_id)
    if login is not None and not list_memberships(connection, login.login_id):
        connection.execute(delete(Login).where(Login.login_id == login.login_id))


def set_password(connection: Connection, login_id: int, password: str) -> None:
    """Store a new password, a hash; the caller ends the sessions that used the old one."""
    change = {"password": password, "password_set_at": now(), "fs_uniquifier": secrets.token_hex(32)}
    connection.execute(update(Login).where(Login.login_id == login_id).values(change))


def update_hash(connection: Connection, login_id: int, password: str) -> None:
    """Store a new hash of the same password."""
    connection.execute(update(Login).where(Login.login_id == login_id).values(password=password))


def set_email(connection: Connection, login_id: int, email: str | None) -> None:
    """Store another e-mail address, or none; FieldWrong if another login uses it."""
    holder = find(connection, email) if email else None
    if holder and holder.login_id != login_id:
        raise FieldWrong("email", make_message(_ADDRESS_TAKEN))
    change = {"email": email, "email_key": usernames.comparison_key(email) if email else None, "confirmed_at": None}
    connection.execute(update(Login).where(Login.login_id == login_id).values(change))
