"""A value comes back as it went in, as the same Python type, whichever engine kept it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, select

from ledger.models import community, hold, journal_entry, posting, seal
from tests.attacks.books import Books, entry

DAY = dt.date(2026, 3, 5)


@pytest.fixture
def books(engine: Engine) -> Books:
    return Books(engine)


def header(books: Books, number: int = 2) -> dict[str, object]:
    with books.engine.connect() as connection:
        query = select(journal_entry).where(journal_entry.c.entry_id == number)
        return dict(connection.execute(query).mappings().one())


def test_days_are_dates_and_absent_ones_are_none(books: Books) -> None:
    assert (header(books)["effective_on"], header(books)["about_on"]) == (DAY, None)


@pytest.mark.parametrize("day", [DAY, DAY.isoformat()], ids=["date", "text"])
def test_a_day_is_looked_for_as_a_date_or_as_text(books: Books, day: dt.date) -> None:
    with books.engine.connect() as connection:
        query = select(posting.c.amount).where(posting.c.effective_on == day, posting.c.entry_id == 2)
        assert connection.scalars(query.order_by(posting.c.line)).all() == [90, -90]


@pytest.mark.parametrize("instant", ["2026-01-01T00:00:00.000Z", "2026-07-01T23:59:59.999Z"])
def test_an_instant_is_the_very_text_that_is_hashed(books: Books, instant: str) -> None:
    number = books.post(entry((1, 5), (2, -5), recorded_at=instant, about_on="2026-03-01"))
    assert header(books, number)["recorded_at"] == instant
    assert header(books, number)["about_on"] == dt.date(2026, 3, 1)
    assert books.findings() == []


def test_an_instant_is_in_utc_wherever_the_connection_is(postgresql_engine: Engine) -> None:
    books, instant = Books(postgresql_engine), "2026-07-01T23:59:59.999Z"
    number = books.post(entry((1, 5), (2, -5), recorded_at=instant))
    with books.engine.connect() as connection:
        connection.exec_driver_sql("SET TIME ZONE 'Asia/Tokyo'")
        query = select(journal_entry.c.recorded_at).where(journal_entry.c.entry_id == number)
        assert connection.scalar(query) == instant
        assert connection.scalar(select(hold.c.expires_at)) is None


def test_digests_are_bytes_and_names_among_communities_are_text(books: Books) -> None:
    with books.engine.connect() as connection:
        assert connection.scalar(select(community.c.uid)) == books.uid
        kept = connection.scalar(select(seal.c.hash).where(seal.c.seq == 1))
    assert (type(kept), len(kept or b"")) == (bytes, 32)
    assert isinstance(header(books)["fingerprint"], bytes)
