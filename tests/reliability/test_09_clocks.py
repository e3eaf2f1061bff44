"""Reliability test 9: the database's clock jumps; numbers keep their order, days stay as said, today is right."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from ledger.checks import verify
from ledger.core.errors import DayTooLate
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.kinds import fill
from ledger.registers import communities
from ledger.workflow.record import record
from tests.communities import small_community
from tests.communities.small_community import SLUG, add_members, new_key
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import driver, rows

Share = Callable[[int, int], int]
ATHENS = ZoneInfo("Europe/Athens")
LAST = "SELECT entry_id, effective_on, recorded_at FROM journal_entry ORDER BY entry_id DESC LIMIT 1"
TOLD = {
    "2026-03-05T10:00:00.000Z": "2026-03-05",
    "2026-03-04T10:00:00.000Z": "2026-03-04",  # a day back
    "2026-03-06T10:00:00.000Z": "2026-03-06",  # two days on
    "2026-03-28T21:59:59.999Z": "2026-03-28",
    "2026-03-29T00:59:59.999Z": "2026-03-29",  # the night on which 3 o'clock is 4 o'clock
    "2026-03-29T01:00:00.000Z": "2026-03-29",
    "2026-03-29T20:59:59.999Z": "2026-03-29",
    "2026-03-29T21:00:00.000Z": "2026-03-30",  # in summer midnight comes an hour earlier
    "2026-10-25T00:59:59.999Z": "2026-10-25",  # the night on which 3 o'clock comes twice
    "2026-10-25T01:00:00.000Z": "2026-10-25",
    "2026-10-25T21:59:59.999Z": "2026-10-25",
    "2026-10-25T22:00:00.000Z": "2026-10-26",
    "2026-12-31T22:00:00.000Z": "2027-01-01",
    "2028-02-28T22:00:00.000Z": "2028-02-29",
    "2028-02-29T21:59:59.999Z": "2028-02-29",
    "2028-02-29T22:00:00.000Z": "2028-03-01",
}
"""What day it is in Athens at instants that computers get wrong, worked out by hand."""
SHADOW = (
    "CREATE OR REPLACE FUNCTION wrong.clock_timestamp() RETURNS timestamptz LANGUAGE sql "
    "AS $$ SELECT timestamptz '{}' $$"
)


class Clock:
    """The clock of one database, which a test may set."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, "2026-01-01T00:00:00.000Z"
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", lambda raw, _: raw.create_function("strftime", -1, lambda *_: self.now))
        else:
            with driver(engine) as connection:
                connection.execute("CREATE SCHEMA wrong")
                connection.execute("GRANT USAGE ON SCHEMA wrong TO PUBLIC")
                path = "wrong, pg_catalog, public"
                connection.execute(f'ALTER DATABASE "{engine.url.database}" SET search_path = {path}')
        engine.dispose()

    def set(self, now: str) -> None:
        self.now = now
        if self.engine.dialect.name == "postgresql":
            with driver(self.engine) as connection:
                connection.execute(SHADOW.format(now))


def drawn(chance: random.Random, count: int) -> Iterator[tuple[str, str]]:
    """Draw instants forth and back over ten years, with the day that it is then in Athens."""
    for _ in range(count):
        second = dt.datetime(2025, 1, 2, tzinfo=dt.UTC) + dt.timedelta(seconds=chance.randrange(10 * 365 * 86400))
        yield second.strftime("%Y-%m-%dT%H:%M:%S.000Z"), second.astimezone(ATHENS).date().isoformat()


def jumped(engine: Engine, instants: list[tuple[str, str]]) -> None:
    """Log hours at each instant; AssertionError where a number, a day or an instant is not what it should be."""
    clock = Clock(engine)
    clock.set("2019-01-01T00:00:00.000Z")
    small_community.create_empty(engine)
    ana, bea = add_members(engine, "Ana", "Bea")
    with read_books(engine, SLUG) as books:
        number = books.at
    for now, day in instants:
        clock.set(now)
        today = dt.date.fromisoformat(day)
        with write_books(engine, SLUG) as unit:
            assert communities.today(unit) == today, now
            before = unit.at
            kind = fill("hours", day=today, helpers=(ana,), receiver=bea, minutes=30)
            posted = record(unit, kind, Actors(bea), new_key()).posted
        assert posted is not None
        assert posted.entry_id > before >= number, "the numbers have lost their order"
        number = posted.entry_id
        entry, said, recorded = rows(engine, LAST)[0]
        assert (entry, str(said), dt.datetime.fromisoformat(str(recorded))) == (
            number,
            day,
            dt.datetime.fromisoformat(now),
        )
        late = fill("hours", day=today + dt.timedelta(1), helpers=(ana,), receiver=bea, minutes=30)
        with pytest.raises(DayTooLate), write_books(engine, SLUG) as unit:
            record(unit, late, Actors(bea), new_key())


def test_reliability_9_a_clock_that_jumps_changes_neither_order_nor_days(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    instants = [*TOLD.items(), *drawn(seeded, share(4, 3000))]
    jumped(engine, instants)
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(f"{len(instants):,} instants forth and back, summer time, leap day and year's end among them")


@pytest.mark.slow
def test_reliability_9_fails_when_the_day_is_greenwich_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communities, "ZoneInfo", lambda _: dt.UTC)
    with pytest.raises(AssertionError):
        jumped(engine, list(TOLD.items()))
