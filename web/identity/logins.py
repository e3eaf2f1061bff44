"""Logins and the people they stand for: finding, making, changing, inside the caller's transaction."""

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
    """A login as it stands; `password` is what is stored of it, None until one was chosen."""

    login_id: int
    user_name: str
    email: str | None
    password: str | None
    active: bool
    fs_uniquifier: str
    password_set_at: dt.datetime | None = None


@dataclass(frozen=True)
class CommunityMembership:
    """A community in which a login stands for a person."""

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


def _known(row: Row[*tuple[Any, ...]] | None) -> LoginRecord | None:
    return None if row is None else LoginRecord(**row._asdict())


def find(connection: Connection, identity: str) -> LoginRecord | None:
    """The login with this user name or, where it has one, this e-mail address."""
    key = usernames.comparison_key(identity)
    same = or_(Login.user_key == key, Login.email_key == key)
    return _known(connection.execute(select(*_COLUMNS).where(same)).first())


def find_by_id(connection: Connection, login_id: int) -> LoginRecord | None:
    """The login with this number."""
    return _known(connection.execute(select(*_COLUMNS).where(Login.login_id == login_id)).first())


def find_by_party(connection: Connection, community_id: int, party_id: int) -> LoginRecord | None:
    """The login of a member, None while the member has none."""
    query = select(*_COLUMNS).join(Membership, Membership.login_id == Login.login_id)
    query = query.where(Membership.community_id == community_id, Membership.party_id == party_id)
    return _known(connection.execute(query).first())


def parties_with_login(connection: Connection, community_id: int) -> frozenset[int]:
    """Who in a community can sign in."""
    query = select(Membership.party_id).where(Membership.community_id == community_id)
    return frozenset(connection.scalars(query))


def list_memberships(connection: Connection, login_id: int) -> list[CommunityMembership]:
    """The communities that a login belongs to, in the order in which it came to them."""
    query = select(Membership.community_id, community.c.slug, Membership.party_id)
    query = query.join(community, community.c.community_id == Membership.community_id)
    query = query.where(Membership.login_id == login_id).order_by(Membership.since, Membership.community_id)
    return [CommunityMembership(*row) for row in connection.execute(query)]


def find_community_id(connection: Connection, slug: str) -> int:
    """The number of the community with this short name."""
    found = connection.scalar(select(community.c.community_id).where(community.c.slug == slug))
    if found is None:
        raise CommunityUnknown(make_message("There is no community named “%(slug)s” here.", slug=slug))
    return int(found)


def find_slug(connection: Connection, community_id: int) -> str:
    """The short name of the community with this number."""
    slug = connection.scalar(select(community.c.slug).where(community.c.community_id == community_id))
    if slug is None:
        raise CommunityUnknown(
            make_message("There is no community with the number %(number)s here.", number=community_id)
        )
    return str(slug)


def create(connection: Connection, user_name: str, password: str | None, email: str | None = None) -> int:
    """A new login; `password` is hashed already. FieldWrong when the user name or the address is taken."""
    _refuse_taken(connection, user_name, "user_name", usernames.NOT_AVAILABLE)
    if email:
        _refuse_taken(connection, email, "email", _NOT_THIS_ADDRESS)
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


_NOT_THIS_ADDRESS = "This address cannot be used here."


def _refuse_taken(connection: Connection, identity: str, field: str, message: str) -> None:
    if find(connection, identity):
        raise FieldWrong(field, make_message(message))


def add_membership(connection: Connection, login_id: int, community_id: int, party_id: int) -> None:
    """Let a login stand for a person of a community."""
    row = {"login_id": login_id, "community_id": community_id, "party_id": party_id, "since": now()}
    connection.execute(insert(Membership).values(row))


def remove_membership(connection: Connection, community_id: int, party_id: int) -> None:
    """Let no login stand for a person of a community any more; what else it opens stays."""
    same = (Membership.community_id == community_id, Membership.party_id == party_id)
    connection.execute(delete(Membership).where(*same))


def remove_party(connection: Connection, community_id: int, party_id: int) -> None:
    """Take a person's sign-in away, whole where it stands for nobody else."""
    known = find_by_party(connection, community_id, party_id)
    remove_membership(connection, community_id, party_id)
    if known is not None and not list_memberships(connection, known.login_id):
        connection.execute(delete(Login).where(Login.login_id == known.login_id))


def set_password(connection: Connection, login_id: int, password: str) -> None:
    """Store a new password, hashed already; what was signed in by the old one is for the caller to end."""
    change = {"password": password, "password_set_at": now(), "fs_uniquifier": secrets.token_hex(32)}
    connection.execute(update(Login).where(Login.login_id == login_id).values(change))


def update_hash(connection: Connection, login_id: int, password: str) -> None:
    """Store the same password hashed at newer costs."""
    connection.execute(update(Login).where(Login.login_id == login_id).values(password=password))


def set_email(connection: Connection, login_id: int, email: str | None) -> None:
    """Store another address, or none; FieldWrong when somebody signs in with it already."""
    holder = find(connection, email) if email else None
    if holder and holder.login_id != login_id:
        raise FieldWrong("email", make_message(_NOT_THIS_ADDRESS))
    change = {"email": email, "email_key": usernames.comparison_key(email) if email else None, "confirmed_at": None}
    connection.execute(update(Login).where(Login.login_id == login_id).values(change))
