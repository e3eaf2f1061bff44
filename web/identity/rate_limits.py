"""Rate limits of sign-in: tries at passwords and typed codes are counted in the database, in sliding windows.

Nobody is locked out for good, and guesses from elsewhere do not lock a member out at home: the narrow window counts
one account from one network, and the wide ones only stop what no person does. One-time links and existing sessions
are not limited.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import logging
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, text

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from web.models.identity import SignInAttempt, now

log = logging.getLogger("hourstead.identity")


class TooManyTries(LedgerError):
    """There were too many tries; the next one is possible after some minutes."""

    slug = "too-many-tries"


@dataclass(frozen=True)
class Window:
    """A limit: at most `tries` in `minutes`."""

    tries: int
    minutes: int


PER_ACCOUNT_AND_NETWORK = Window(6, 15)
PER_NETWORK = Window(40, 15)
PER_ACCOUNT = Window(60, 60)
_RETENTION = dt.timedelta(hours=1)
_ADVISORY_LOCK = 0x51601A
"""Held while tries are counted, so that concurrent tries are counted one after another."""


def network_of(address: str | None) -> str:
    """The network of an address: an IPv4 address, or the first 64 bits of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def count_try(connection: Connection, account: str, network: str) -> None:
    """Count a try; TooManyTries if a window is full. Commit before the password is checked."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _ADVISORY_LOCK})
    connection.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < now() - _RETENTION))
    account_hash, network_hash = _hash("account", account), _hash("network", network)
    same_account, same_network = SignInAttempt.account == account_hash, SignInAttempt.network == network_hash
    _refuse_if_full(connection, PER_ACCOUNT_AND_NETWORK, and_(same_account, same_network))
    _refuse_if_full(connection, PER_NETWORK, same_network)
    _refuse_if_full(connection, PER_ACCOUNT, same_account)
    connection.execute(insert(SignInAttempt).values(account=account_hash, network=network_hash, tried_at=now()))


def forget_tries(connection: Connection, account: str, network: str) -> None:
    """Delete the tries of an account from a network, after one has succeeded."""
    account_hash, network_hash = _hash("account", account), _hash("network", network)
    connection.execute(
        delete(SignInAttempt).where(SignInAttempt.account == account_hash, SignInAttempt.network == network_hash)
    )


def _refuse_if_full(connection: Connection, window: Window, condition: ColumnElement[bool]) -> None:
    since = now() - dt.timedelta(minutes=window.minutes)
    tries = connection.scalar(select(func.count()).where(condition, SignInAttempt.tried_at > since)) or 0
    if tries >= window.tries:
        log.warning("too many tries: %s in %s minutes", tries, window.minutes)
        raise TooManyTries(
            make_message(
                "There were too many tries. Wait %(minutes)s minutes, or ask an organiser for a new link.",
                minutes=window.minutes,
            )
        )


def _hash(what: str, value: str) -> str:
    return hashlib.sha256(f"{what}:{value}".encode()).hexdigest()
