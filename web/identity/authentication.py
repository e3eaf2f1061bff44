"""Sign-in by password, typed code or one-time link, and the change of one's own password."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from ledger.core.errors import FieldsWrong, FieldWrong, LedgerError
from ledger.core.messages import Message, make_message
from ledger.database.unit_of_work import read_transaction, write_transaction
from web.identity import flask_security_adapter, links, logins, passwords, rate_limits, sessions, usernames
from web.identity.links import Link
from web.identity.logins import LoginRecord
from web.identity.rate_limits import network_of

log = logging.getLogger("hourstead.identity")


class LinkGone(LedgerError):
    """The one-time link is used, expired or replaced by a newer one."""

    slug = "link-gone"

    def __init__(self) -> None:
        super().__init__(make_message("This link does not work any more. Ask an organiser for a new one."))


@dataclass(frozen=True)
class NewCredentials:
    """A checked user name and password."""

    user_name: str
    password: str


def check_sign_in(engine: Engine, identity: str, password: str, address: str | None) -> LoginRecord | None:
    """The login of this user name or address, None if the password is wrong; TooManyTries before it is checked."""
    network = network_of(address)
    with write_transaction(engine) as connection:
        login = logins.find(connection, identity)
        account = _rate_limit_account(login, identity)
        rate_limits.count_try(connection, account, network)
    if not flask_security_adapter.verify_password(login, password):
        log.warning("sign-in refused: %s", f"login {login.login_id}" if login else "no such login")
        return None
    with write_transaction(engine) as connection:
        rate_limits.forget_tries(connection, account, network)
    return login


def _rate_limit_account(login: LoginRecord | None, identity: str) -> str:
    return f"login/{login.login_id}" if login else f"name/{usernames.comparison_key(identity)}"


def find_link_by_code(engine: Engine, code: str, address: str | None) -> Link | None:
    """The link with this typed code, or None. Tries are counted by network."""
    network = network_of(address)
    with write_transaction(engine) as connection:
        rate_limits.count_try(connection, "code", network)
    key = links.hash_typed_code(code)
    with read_transaction(engine) as connection:
        link = links.find_by_code(connection, key) if key else None
    if link:
        with write_transaction(engine) as connection:
            rate_limits.forget_tries(connection, "code", network)
    return link


def check_own_password(engine: Engine, login_id: int, password: str, address: str | None, field: str) -> None:
    """FieldWrong unless this is the password of the login; tries are counted as at sign-in."""
    with write_transaction(engine) as connection:
        login = logins.find_by_id(connection, login_id)
        rate_limits.count_try(connection, f"login/{login_id}", network_of(address))
    if not flask_security_adapter.verify_password(login, password):
        raise FieldWrong(field, make_message("This is not your password."))
    with write_transaction(engine) as connection:
        rate_limits.forget_tries(connection, f"login/{login_id}", network_of(address))


def check_credentials(user_name: str, password: str, words: Sequence[str]) -> NewCredentials:
    """A user name and password that may be used together; FieldsWrong with the fault of each field.

    `words` may not make up the password: names that a neighbour would try first.
    """
    faults: dict[str, Message] = {}
    name = user_name
    try:
        name = usernames.check_user_name(user_name)
    except FieldWrong as refusal:
        faults["user_name"] = refusal.message
    try:
        passwords.check_strength(password, [*words, name])
    except FieldWrong as refusal:
        faults["password"] = refusal.message
    if faults:
        raise FieldsWrong(faults)
    return NewCredentials(name, password)


def redeem_link(engine: Engine, link: Link, chosen: NewCredentials) -> LoginRecord:
    """Use a link: create the login of its person, or give their login a new password.

    A login that belongs to other communities too keeps its password: links of one community must not give access to
    another. The person gets a separate login here instead.

    FieldWrong if the user name is taken, LinkGone if the link was used in the meantime.
    """
    password_hash = passwords.hash_password(chosen.password)
    with write_transaction(engine) as connection:
        _use_link(connection, link)
        login = _find_sole_login(connection, link)
        if login is None:
            login_id = logins.create(connection, chosen.user_name, password_hash)
            logins.remove_membership(connection, *_community_and_party(link))
            logins.add_membership(connection, login_id, *_community_and_party(link))
        else:
            logins.set_password(connection, login.login_id, password_hash)
            sessions.end_all(connection, login.login_id)
        redeemed = _find_sole_login(connection, link)
    log.info("link used: %s for party %s of community %s", link.purpose, link.party_id, link.community_id)
    if redeemed is None:
        raise LinkGone
    return redeemed


def join_by_link(engine: Engine, link: Link, login_id: int) -> None:
    """Use a link for someone who already has a login, from another community."""
    with write_transaction(engine) as connection:
        _use_link(connection, link)
        community_ids = {membership.community_id for membership in logins.list_memberships(connection, login_id)}
        if _find_sole_login(connection, link) is not None or link.community_id in community_ids:
            raise LinkGone
        logins.remove_membership(connection, *_community_and_party(link))
        logins.add_membership(connection, login_id, *_community_and_party(link))


def find_holder(engine: Engine, link: Link) -> LoginRecord | None:
    """The login of a link's person, if it belongs to this community only."""
    with read_transaction(engine) as connection:
        return _find_sole_login(connection, link)


def change_password(engine: Engine, login_id: int, password: str, keep_session: int) -> None:
    """Store a new password and sign out everywhere else."""
    password_hash = passwords.hash_password(password)
    with write_transaction(engine) as connection:
        logins.set_password(connection, login_id, password_hash)
        sessions.end_all(connection, login_id, but=keep_session)


def _use_link(connection: Connection, link: Link) -> None:
    if not links.use(connection, link.link_id):
        raise LinkGone


def _find_sole_login(connection: Connection, link: Link) -> LoginRecord | None:
    login = logins.find_by_party(connection, *_community_and_party(link))
    return login if login and len(logins.list_memberships(connection, login.login_id)) == 1 else None


def _community_and_party(link: Link) -> tuple[int, int]:
    if link.community_id is None or link.party_id is None:
        raise LinkGone
    return link.community_id, link.party_id
