"""Handing out ways in from the command line: set-up links, sign-in links, and the logins of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from ledger.core.errors import NameTaken
from ledger.core.messages import make_message
from ledger.database.unit_of_work import write_transaction
from web.identity import links, logins, passwords, usernames
from web.identity.links import Secret


@dataclass(frozen=True)
class IssuedLink:
    """What is handed over: the path behind the server's address, and the code to type at `/link` instead."""

    path: str
    code: str


def make_setup_link(engine: Engine, slug: str | None = None) -> IssuedLink:
    """A link to set up a community, or to finish setting up the one named; good once, for seven days."""
    secret = links.random_secret()
    hashed = links.hash_secret(secret)
    with write_transaction(engine) as connection:
        number = logins.find_community_id(connection, slug) if slug else None
        links.store(connection, hashed, links.SET_UP, community_id=number)
    return _handed(f"/setup/{secret.token}", secret)


def make_sign_in_link(engine: Engine, slug: str, party_id: int, made_by: int) -> IssuedLink:
    """A link by which a member chooses user name and password, or a new password; earlier ones stop working."""
    secret = links.random_secret()
    hashed = links.hash_secret(secret)
    with write_transaction(engine) as connection:
        number = logins.find_community_id(connection, slug)
        store_member_link(connection, hashed, number, party_id, made_by)
    return _handed(f"/link/{secret.token}", secret)


def store_member_link(
    connection: Connection,
    hashed: Mapping[str, str],
    community_id: int,
    party_id: int,
    made_by: int,
    sheet: str | None = None,
) -> None:
    """Write down a link for a member: to sign in for the first time, or to choose a new password."""
    has_login = logins.find_by_party(connection, community_id, party_id) is not None
    purpose = links.RESET if has_login else links.SIGN_IN
    links.store(connection, hashed, purpose, community_id=community_id, party_id=party_id, made_by=made_by, sheet=sheet)


def make_login(engine: Engine, user: str, password: str, slug: str, party_id: int) -> int:
    """A login for a member, its password unchecked; the same again changes nothing. For the demo and for tests."""
    hashed = passwords.hash_password(password)
    with write_transaction(engine) as connection:
        number = logins.find_community_id(connection, slug)
        holder, held = logins.find_by_party(connection, number, party_id), logins.find(connection, user)
        if holder is not None and usernames.comparison_key(holder.user_name) == usernames.comparison_key(user):
            return holder.login_id
        if holder is not None:
            raise NameTaken(make_message("This member signs in as “%(name)s” already.", name=holder.user_name))
        login_id = held.login_id if held else logins.create(connection, usernames.check_user_name(user), hashed)
        logins.add_membership(connection, login_id, number, party_id)
        return login_id


def _handed(path: str, secret: Secret) -> IssuedLink:
    return IssuedLink(path, secret.spaced_code)
