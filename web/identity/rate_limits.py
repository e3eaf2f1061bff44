"""Slows down guessing: tries at passwords and typed codes are counted in the database, in moving windows.

Nobody is locked out for good, and somebody who guesses from elsewhere does not lock a member out at home: the
narrow window counts one account from one network, the wide ones only stop what no person does. A one-time link
and whoever is signed in already are not touched by any of them.
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
    """Whoever has tried too often waits some minutes; nobody is shut out for good."""

    slug = "too-many-tries"


@dataclass(frozen=True)
class Window:
    """So many tries in so many minutes, and not one more."""

    tries: int
    minutes: int


PER_ACCOUNT_AND_NETWORK = Window(6, 15)
PER_NETWORK = Window(40, 15)
PER_ACCOUNT = Window(60, 60)
_KEPT = dt.timedelta(hours=1)
_LOCK = 0x51601A
"""Held while tries are counted, so that many at once cannot slip through together."""


def network_of(address: str | None) -> str:
    """What counts as one network: an IPv4 address, or the 64 bits in front of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def count_try(connection: Connection, account: str, network: str) -> None:
    """Count one more try before it is judged; TooManyTries when a window is full. Commit before judging."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyhow
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _LOCK})
    connection.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < now() - _KEPT))
    who, where = _hash("account", account), _hash("network", network)
    same_account, same_network = SignInAttempt.account == who, SignInAttempt.network == where
    _refuse_when_full(connection, PER_ACCOUNT_AND_NETWORK, and_(same_account, same_network))
    _refuse_when_full(connection, PER_NETWORK, same_network)
    _refuse_when_full(connection, PER_ACCOUNT, same_account)
    connection.execute(insert(SignInAttempt).values(account=who, network=where, tried_at=now()))


def forget_tries(connection: Connection, account: str, network: str) -> None:
    """Forget the tries of an account from a network, because one has succeeded."""
    who, where = _hash("account", account), _hash("network", network)
    connection.execute(delete(SignInAttempt).where(SignInAttempt.account == who, SignInAttempt.network == where))


def _refuse_when_full(connection: Connection, window: Window, same: ColumnElement[bool]) -> None:
    since = now() - dt.timedelta(minutes=window.minutes)
    tries = connection.scalar(select(func.count()).where(same, SignInAttempt.tried_at > since)) or 0
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
