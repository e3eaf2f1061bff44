"""The ways in: a password, a typed code, a one-time link; and the ways to change one's own words."""

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
    """A one-time link works once, for some days, and until a newer one is made."""

    slug = "link-gone"

    def __init__(self) -> None:
        super().__init__(make_message("This link does not work any more. Ask an organiser for a new one."))


@dataclass(frozen=True)
class NewCredentials:
    """A user name and a password as somebody chose them, both fit to be used."""

    user_name: str
    password: str


def check_sign_in(engine: Engine, identity: str, password: str, address: str | None) -> LoginRecord | None:
    """The login that is meant, None when the words do not fit; TooManyTries before they are even looked at."""
    network = network_of(address)
    with write_transaction(engine) as connection:
        known = logins.find(connection, identity)
        account = _account(known, identity)
        rate_limits.count_try(connection, account, network)
    if not flask_security_adapter.verify_password(known, password):
        log.warning("sign-in refused: %s", f"login {known.login_id}" if known else "no such login")
        return None
    with write_transaction(engine) as connection:
        rate_limits.forget_tries(connection, account, network)
    return known


def _account(known: LoginRecord | None, identity: str) -> str:
    return f"login/{known.login_id}" if known else f"name/{usernames.comparison_key(identity)}"


def find_link_by_code(engine: Engine, typed: str, address: str | None) -> Link | None:
    """The link whose code this is; None when there is none. Tries are counted by network."""
    network = network_of(address)
    with write_transaction(engine) as connection:
        rate_limits.count_try(connection, "code", network)
    key = links.hash_typed_code(typed)
    with read_transaction(engine) as connection:
        found = links.find_by_code(connection, key) if key else None
    if found:
        with write_transaction(engine) as connection:
            rate_limits.forget_tries(connection, "code", network)
    return found


def check_own_password(engine: Engine, login_id: int, password: str, address: str | None, field: str) -> None:
    """FieldWrong unless this is the password of who is signed in; tries are counted as at sign-in."""
    with write_transaction(engine) as connection:
        known = logins.find_by_id(connection, login_id)
        rate_limits.count_try(connection, f"login/{login_id}", network_of(address))
    if not flask_security_adapter.verify_password(known, password):
        raise FieldWrong(field, make_message("This is not your password."))
    with write_transaction(engine) as connection:
        rate_limits.forget_tries(connection, f"login/{login_id}", network_of(address))


def check_credentials(user_name: str, password: str, words: Sequence[str]) -> NewCredentials:
    """A user name and password that may be used together; FieldsWrong with what is wrong about either."""
    wrong: dict[str, Message] = {}
    name, words_around = user_name, list(words)
    try:
        name = usernames.check_user_name(user_name)
    except FieldWrong as refusal:
        wrong["user_name"] = refusal.message
    try:
        passwords.check_strength(password, [*words_around, name])
    except FieldWrong as refusal:
        wrong["password"] = refusal.message
    if wrong:
        raise FieldsWrong(wrong)
    return NewCredentials(name, password)


def redeem_link(engine: Engine, link: Link, chosen: NewCredentials) -> LoginRecord:
    """Use a link up: make the login of the person it was made for, or give their login a new password.

    A login that opens other communities too keeps its password and those: whoever hands out links in one community
    must not come into another by them. Here a login of its own takes its place.

    FieldWrong when the user name cannot be had, LinkGone when somebody was quicker.
    """
    hashed = passwords.hash_password(chosen.password)
    with write_transaction(engine) as connection:
        _use(connection, link)
        held = _find_held(connection, link)
        if held is None:
            login_id = logins.create(connection, chosen.user_name, hashed)
            logins.remove_membership(connection, *_person(link))
            logins.add_membership(connection, login_id, *_person(link))
        else:
            logins.set_password(connection, held.login_id, hashed)
            sessions.end_all(connection, held.login_id)
        opened = _find_held(connection, link)
    log.info("link used: %s for party %s of community %s", link.purpose, link.party_id, link.community_id)
    if opened is None:
        raise LinkGone
    return opened


def join_by_link(engine: Engine, link: Link, login_id: int) -> None:
    """Use a link up for somebody who signs in here already, from another community."""
    with write_transaction(engine) as connection:
        _use(connection, link)
        mine = {place.community_id for place in logins.list_memberships(connection, login_id)}
        if _find_held(connection, link) is not None or link.community_id in mine:
            raise LinkGone
        logins.remove_membership(connection, *_person(link))
        logins.add_membership(connection, login_id, *_person(link))


def find_holder(engine: Engine, link: Link) -> LoginRecord | None:
    """Who signs in already, and only here, as the person that a link was made for."""
    with read_transaction(engine) as connection:
        return _find_held(connection, link)


def change_password(engine: Engine, login_id: int, password: str, keep_session: int) -> None:
    """Store a new password and sign out everywhere else."""
    hashed = passwords.hash_password(password)
    with write_transaction(engine) as connection:
        logins.set_password(connection, login_id, hashed)
        sessions.end_all(connection, login_id, but=keep_session)


def _use(connection: Connection, link: Link) -> None:
    if not links.use(connection, link.link_id):
        raise LinkGone


def _find_held(connection: Connection, link: Link) -> LoginRecord | None:
    held = logins.find_by_party(connection, *_person(link))
    return held if held and len(logins.list_memberships(connection, held.login_id)) == 1 else None


def _person(link: Link) -> tuple[int, int]:
    if link.community_id is None or link.party_id is None:
        raise LinkGone
    return link.community_id, link.party_id
