"""Sessions end when they are ended, when they run out, and when their login is switched off."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, update

from ledger.database.unit_of_work import read_transaction, write_transaction
from web.identity import logins, sessions
from web.models.identity import Login, LoginSession, now


@pytest.fixture
def ana(engine: Engine) -> int:
    with write_transaction(engine) as connection:
        return logins.create(connection, "ana", None)


def begun(engine: Engine, login_id: int, *, kept: bool = True) -> str:
    with write_transaction(engine) as connection:
        return sessions.begin(connection, login_id, kept=kept, device="Firefox, Android")


def found(engine: Engine, reference: str) -> sessions.Session | None:
    with read_transaction(engine) as connection:
        return sessions.find(connection, reference)


def aged(engine: Engine, created: dt.timedelta, seen: dt.timedelta) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(LoginSession).values(created_at=now() - created, last_seen_at=now() - seen))


def test_a_session_is_found_by_its_reference_only(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    session = found(engine, reference)
    assert session is not None
    assert (session.user_name, session.device) == ("ana", "Firefox, Android")
    assert found(engine, reference + "x") is None


def test_the_database_does_not_know_the_reference(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    with read_transaction(engine) as connection:
        row = connection.exec_driver_sql("SELECT * FROM login_session").one()
    assert reference not in map(str, row)
    assert len(reference) >= 43


def test_an_ended_session_is_gone_at_once(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    session = found(engine, reference)
    assert session is not None
    with write_transaction(engine) as connection:
        sessions.end(connection, session.session_id, ana + 1)
    assert found(engine, reference) is not None, "nobody ends another login's session"
    with write_transaction(engine) as connection:
        sessions.end(connection, session.session_id, ana)
    assert found(engine, reference) is None


def test_signing_out_everywhere_can_leave_one_device_in(engine: Engine, ana: int) -> None:
    first, second = begun(engine, ana), begun(engine, ana)
    here = found(engine, second)
    assert here is not None
    with write_transaction(engine) as connection:
        sessions.end_all(connection, ana, but=here.session_id)
    assert [found(engine, reference) is not None for reference in (first, second)] == [False, True]
    with read_transaction(engine) as connection:
        assert [session.session_id for session in sessions.list_for_login(connection, ana)] == [here.session_id]


def test_a_login_that_is_switched_off_has_no_sessions(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    with write_transaction(engine) as connection:
        connection.execute(update(Login).values(active=False))
    assert found(engine, reference) is None


@pytest.mark.parametrize(
    ("kept", "created", "seen", "good"),
    [
        (True, dt.timedelta(days=89), dt.timedelta(days=13), True),
        (True, dt.timedelta(days=91), dt.timedelta(0), False),
        (True, dt.timedelta(days=20), dt.timedelta(days=15), False),
        (False, dt.timedelta(hours=11), dt.timedelta(hours=1), True),
        (False, dt.timedelta(hours=13), dt.timedelta(0), False),
        (False, dt.timedelta(hours=3), dt.timedelta(hours=3), False),
    ],
)
def test_sessions_run_out_unused_and_at_last(
    engine: Engine, ana: int, kept: bool, created: dt.timedelta, seen: dt.timedelta, good: bool
) -> None:
    reference = begun(engine, ana, kept=kept)
    aged(engine, created, seen)
    assert (found(engine, reference) is not None) is good


def test_offices_ask_for_a_younger_session(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    for created, seen, good in ((6, 0, True), (8, 0, False), (1, 1, False)):
        aged(engine, dt.timedelta(days=created), dt.timedelta(days=seen))
        session = found(engine, reference)
        assert session is not None
        assert session.is_good_for_office() is good


def test_use_is_noted_now_and_then_only(engine: Engine, ana: int) -> None:
    reference = begun(engine, ana)
    fresh = found(engine, reference)
    aged(engine, dt.timedelta(hours=1), dt.timedelta(minutes=6))
    older = found(engine, reference)
    assert fresh is not None
    assert older is not None
    assert (fresh.is_due_to_be_marked(), older.is_due_to_be_marked()) == (False, True)
    with write_transaction(engine) as connection:
        sessions.mark_seen(connection, older.session_id)
    noted = found(engine, reference)
    assert noted is not None
    assert not noted.is_due_to_be_marked()
