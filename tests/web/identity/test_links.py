"""One-time links: once, for some days, until a newer one."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, update

from ledger.database.unit_of_work import read_transaction, write_transaction
from tests.neighbours import Neighbours
from web import identity
from web.identity import links
from web.identity.links import Link, Secret
from web.models.identity import OneTimeLink, now


def kept(engine: Engine, purpose: str = links.SET_UP, **about: object) -> Secret:
    secret = links.random_secret()
    with write_transaction(engine) as connection:
        links.store(connection, links.hash_secret(secret), purpose, **about)  # type: ignore[arg-type]  # as named
    return secret


def found(engine: Engine, secret: Secret) -> Link | None:
    with read_transaction(engine) as connection:
        return links.find(connection, secret.token)


def used(engine: Engine, link_id: int) -> bool:
    with write_transaction(engine) as connection:
        return links.use(connection, link_id)


def test_a_link_is_found_by_its_token_and_by_its_code(engine: Engine) -> None:
    secret = kept(engine)
    link = found(engine, secret)
    key = links.hash_typed_code(secret.spaced_code.lower())
    assert key is not None
    with read_transaction(engine) as connection:
        assert links.find_by_code(connection, key) == link
        assert links.find(connection, secret.token[:-1] + "x") is None


def test_the_database_knows_neither_token_nor_code(sqlite_engine: Engine) -> None:
    secret = kept(sqlite_engine)
    with read_transaction(sqlite_engine) as connection:
        row = " ".join(map(str, connection.exec_driver_sql("SELECT * FROM one_time_link").one()))
    assert secret.token not in row
    assert secret.code not in row


def test_a_link_works_once_even_for_many_at_once(engine: Engine) -> None:
    link = found(engine, kept(engine))
    assert link is not None
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: used(engine, link.link_id), range(8)))
    assert sorted(outcomes) == [False] * 7 + [True]


def test_a_used_link_is_gone(engine: Engine) -> None:
    secret = kept(engine)
    link = found(engine, secret)
    assert link is not None
    assert used(engine, link.link_id)
    assert found(engine, secret) is None


@pytest.mark.parametrize("purpose", [links.SET_UP, links.SIGN_IN, links.RESET])
def test_a_link_runs_out(sqlite_engine: Engine, purpose: str) -> None:
    secret = kept(sqlite_engine, purpose)
    link = found(sqlite_engine, secret)
    assert link is not None
    assert link.expires_at - now() <= links.LIFETIMES[purpose] <= dt.timedelta(days=14)
    with write_transaction(sqlite_engine) as connection:
        connection.execute(update(OneTimeLink).values(expires_at=now()))
    assert found(sqlite_engine, secret) is None
    assert not used(sqlite_engine, link.link_id)


def test_a_newer_link_for_the_same_person_replaces_the_earlier(neighbours_on_both: Neighbours) -> None:
    engine, bea, ana = neighbours_on_both.engine, neighbours_on_both.people["Bea"], neighbours_on_both.people["Ana"]
    first = identity.make_sign_in_link(engine, "willow", bea, 1)
    other = identity.make_sign_in_link(engine, "willow", ana, 1)
    second = identity.make_sign_in_link(engine, "willow", bea, 1)
    with read_transaction(engine) as connection:
        tokens = [handed.path.rpartition("/")[2] for handed in (first, other, second)]
        assert [links.find(connection, token) is not None for token in tokens] == [False, True, True]


def test_the_same_secret_kept_twice_is_one_link(neighbours: Neighbours) -> None:
    hashed = links.hash_secret(links.sheet_secret("a session's reference", "sheet", 3))
    for _ in range(2):
        with write_transaction(neighbours.engine) as connection:
            links.store(connection, hashed, links.SIGN_IN, community_id=1, party_id=3, sheet="sheet")
    with read_transaction(neighbours.engine) as connection:
        assert list(links.find_by_sheet(connection, 1, "sheet")) == [3]


def test_a_slips_secret_can_be_worked_out_again_in_its_session_only() -> None:
    assert links.sheet_secret("mine", "sheet", 3) == links.sheet_secret("mine", "sheet", 3)
    others = [
        links.sheet_secret(*other) for other in (("yours", "sheet", 3), ("mine", "other", 3), ("mine", "sheet", 4))
    ]
    assert links.sheet_secret("mine", "sheet", 3) not in others


def test_codes_are_read_however_they_are_typed() -> None:
    assert links.hash_typed_code(" bcdf-2345 ") == links.hash_typed_code("BCDF 2345")
    assert [links.hash_typed_code(typed) for typed in ("", "BCDF", "BCDF 2345 X", "AEIO UUUU")] == [None] * 4


def test_codes_hold_no_signs_that_look_alike() -> None:
    assert not set("01OIAEUL") & set(links.CODE_ALPHABET)
    codes = {links.random_secret().code for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {links.CODE_LENGTH}


def test_a_set_up_keeps_what_was_filled_in_until_it_is_used(engine: Engine) -> None:
    secret = kept(engine)
    link = found(engine, secret)
    assert link is not None
    with write_transaction(engine) as connection:
        links.store_draft(connection, link.link_id, {"people": {"you": "Ána"}})
    drafted = found(engine, secret)
    assert drafted is not None
    assert drafted.draft == {"people": {"you": "Ána"}}
    assert used(engine, link.link_id)
    with read_transaction(engine) as connection:
        assert connection.exec_driver_sql("SELECT draft FROM one_time_link").scalar() is None
