"""Guessing is slowed down, and nobody is shut out for good."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, update

from ledger.database.unit_of_work import read_transaction, write_transaction
from web.identity import rate_limits
from web.identity.rate_limits import PER_ACCOUNT, PER_ACCOUNT_AND_NETWORK, PER_NETWORK, TooManyTries
from web.models.identity import SignInAttempt, now


def tried(engine: Engine, account: str = "ana", network: str = "192.0.2.1") -> bool:
    try:
        with write_transaction(engine) as connection:
            rate_limits.count_try(connection, account, network)
    except TooManyTries:
        return False
    return True


def test_one_account_from_one_place_has_a_handful_of_tries(engine: Engine) -> None:
    assert [tried(engine) for _ in range(PER_ACCOUNT_AND_NETWORK.tries + 2)] == [
        True
    ] * PER_ACCOUNT_AND_NETWORK.tries + [False] * 2
    assert tried(engine, network="192.0.2.2"), "guessing from elsewhere does not lock a member out at home"
    assert tried(engine, account="bea"), "nor the neighbour on the same line"


def test_a_network_cannot_try_many_accounts(sqlite_engine: Engine) -> None:
    outcomes = [tried(sqlite_engine, account=str(number)) for number in range(PER_NETWORK.tries + 1)]
    assert outcomes == [True] * PER_NETWORK.tries + [False]


def test_many_networks_cannot_try_one_account(sqlite_engine: Engine) -> None:
    outcomes = [tried(sqlite_engine, network=str(number)) for number in range(PER_ACCOUNT.tries + 1)]
    assert outcomes == [True] * PER_ACCOUNT.tries + [False]


def test_the_window_moves_on(engine: Engine) -> None:
    while tried(engine):
        pass
    with write_transaction(engine) as connection:
        connection.execute(
            update(SignInAttempt).values(tried_at=now() - dt.timedelta(minutes=PER_ACCOUNT_AND_NETWORK.minutes))
        )
    assert tried(engine)


def test_success_forgives_this_account_from_this_place(engine: Engine) -> None:
    while tried(engine):
        pass
    with write_transaction(engine) as connection:
        rate_limits.forget_tries(connection, "ana", "192.0.2.1")
    assert tried(engine)


def test_old_tries_are_deleted_and_hold_no_names(engine: Engine) -> None:
    assert tried(engine)
    with read_transaction(engine) as connection:
        row = connection.execute(select(SignInAttempt.account, SignInAttempt.network)).one()
    assert not {"ana", "192.0.2.1"} & set(row)
    with write_transaction(engine) as connection:
        connection.execute(update(SignInAttempt).values(tried_at=now() - dt.timedelta(hours=2)))
    assert tried(engine, account="bea")
    with read_transaction(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_many_tries_at_once_do_not_slip_through_together(engine: Engine) -> None:
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda _: tried(engine), range(32)))
    assert sum(outcomes) == PER_ACCOUNT_AND_NETWORK.tries


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("a socket", "unknown"),
    ],
)
def test_a_network_is_an_address_or_the_front_of_one(address: str | None, network: str) -> None:
    assert rate_limits.network_of(address) == network
