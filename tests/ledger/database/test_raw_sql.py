"""What goes straight to the driver is heard by whoever listens, and refused as everything is refused."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from ledger.database import raw_sql

NOBODY = "INSERT INTO unit (community_id, code, kind, scale) VALUES (0, 'min', 'time', {})"


def test_it_is_heard_before_and_after(engine: Engine) -> None:
    heard: list[str] = []
    for moment in ("before", "after"):
        name = f"{moment}_cursor_execute"
        event.listen(engine, name, lambda *call, moment=moment: heard.append(f"{moment} {call[2]}"))
    with engine.begin() as connection:
        heard.clear()
        assert raw_sql.fetch_in_sequence(connection, [("SELECT 1", ()), ("SELECT 2", ())]) == [[(1,)], [(2,)]]
        raw_sql.execute_many(connection, "SELECT 3", [])
    assert heard == ["before SELECT 1", "after SELECT 1", "before SELECT 2", "after SELECT 2"]


def test_a_refusal_is_told_as_the_engines_own(own_engine: Engine) -> None:
    with pytest.raises(IntegrityError, match="unit_scale_check"), own_engine.begin() as connection:
        raw_sql.execute(connection, NOBODY.format(9))
    with pytest.raises(IntegrityError, match="unit_scale_check"), own_engine.begin() as connection:
        raw_sql.fetch_in_sequence(connection, [(NOBODY.format(9), ())])


def test_a_connection_that_broke_off_is_not_used_again(postgresql_engine: Engine) -> None:
    with pytest.raises(OperationalError) as refused, postgresql_engine.begin() as connection:
        process = raw_sql.fetch_rows(connection, "SELECT pg_backend_pid()")[0][0]
        raw_sql.fetch_rows(connection, "SELECT pg_terminate_backend(%s), pg_sleep(5)", (process,))
    assert refused.value.connection_invalidated
    with postgresql_engine.begin() as connection:
        assert raw_sql.fetch_rows(connection, "SELECT pg_backend_pid()")[0][0] != process


def test_what_is_no_statement_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin(), pytest.raises(DBAPIError, match="syntax error"):
        raw_sql.fetch_rows(connection, "SELEKT")


def test_the_first_refusal_of_a_trip_is_told_and_nothing_is_logged(
    own_postgresql: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    refused = pytest.raises(IntegrityError, match="unit_scale_check")
    with refused, own_postgresql.begin() as connection, raw_sql.pipeline(connection):
        raw_sql.execute(connection, NOBODY.format(9))
        time.sleep(0.2)  # until the answer is here, and the next statement brings it
        raw_sql.execute(connection, "SELEKT")
    assert caplog.records == []


def test_an_answer_that_breaks_off_while_it_is_fetched_is_refused(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection, connection.begin(), pytest.raises(OperationalError, match="UTF-8"):
        raw_sql.fetch_rows(connection, "SELECT CAST(X'80' AS TEXT)")


def test_a_connection_that_breaks_off_on_the_way_is_told_as_that(postgresql_engine: Engine) -> None:
    with pytest.raises(OperationalError) as refused, postgresql_engine.begin() as connection:
        process = raw_sql.fetch_rows(connection, "SELECT pg_backend_pid()")[0][0]
        with raw_sql.pipeline(connection):
            raw_sql.execute(connection, "SELECT pg_terminate_backend(%s)", (process,))
            time.sleep(0.2)
            raw_sql.execute(connection, "SELECT 1")
    assert refused.value.connection_invalidated
