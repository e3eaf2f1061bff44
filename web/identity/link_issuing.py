"""Creates set-up links, sign-in links and logins, for the command line, the demo and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from ledger.core.errors import NameTaken
from ledger.core.messages import make_message
from ledger.database.unit_of_work import write_transaction
from web.identity import links, logins, passwords, usernames


@dataclass(frozen=True)
class IssuedLink:
    """A new link: its path on the server, and the code to type at `/link` instead."""

    path: str
    code: str


def make_setup_link(engine: Engine, slug: str | None = None) -> IssuedLink:
    """A link to set up a community, or to finish setting up the one named; works once, for seven days."""
    secret = links.random_secret()
    hashed = links.hash_secret(secret)
    with write_transaction(engine) as connection:
        community_id = logins.find_community_id(connection, slug) if slug else None
        links.store(connection, hashed, links.SET_UP, community_id=community_id)
    return IssuedLink(f"/setup/{secret.token}", secret.spaced_code)


def make_sign_in_link(engine: Engine, slug: str, party_id: int, made_by: int) -> IssuedLink:
    """A link by which a member chooses user name and password, or a new password; replaces earlier links."""
    secret = links.random_secret()
    hashed = links.hash_secret(secret)
    with write_transaction(engine) as connection:
        community_id = logins.find_community_id(connection, slug)
        store_member_link(connection, hashed, community_id, party_id, made_by)
    return IssuedLink(f"/link/{secret.token}", secret.spaced_code)


def store_member_link(
    connection: Connection,
    hashed: Mapping[str, str],
    community_id: int,
    party_id: int,
    made_by: int,
    sheet: str | None = None,
) -> None:
    """Store a link for a member: for the first sign-in, or for a new password."""
    has_login = logins.find_by_party(connection, community_id, party_id) is not None
    purpose = links.RESET if has_login else links.SIGN_IN
    links.store(connection, hashed, purpose, community_id=community_id, party_id=party_id, made_by=made_by, sheet=sheet)


def make_login(engine: Engine, user: str, password: str, slug: str, party_id: int) -> int:
    """A login for a member, its password not checked; does nothing if it exists. For the demo and tests."""
    password_hash = passwords.hash_password(password)
    with write_transaction(engine) as connection:
        community_id = logins.find_community_id(connection, slug)
        holder, existing = logins.find_by_party(connection, community_id, party_id), logins.find(connection, user)
        if holder is not None and usernames.comparison_key(holder.user_name) == usernames.comparison_key(user):
            return holder.login_id
        if holder is not None:
            raise NameTaken(make_message("This member signs in as “%(name)s” already.", name=holder.user_name))
        login_id = (
            existing.login_id if existing else logins.create(connection, usernames.check_user_name(user), password_hash)
        )
        logins.add_membership(connection, login_id, community_id, party_id)
        return login_id
