"""Reliability test 22: eight post into a month while one closes it; nothing gets in after the close."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine

from ledger.checks import Verdict, verify
from ledger.closing import close as closing
from ledger.core.errors import PeriodClosed
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers.communities import OPERATOR
from tests.communities import small_community
from tests.communities.small_community import SLUG, hours_draft, post_draft
from tests.reliability.conftest import Tell
from tests.reliability.mutants import bend
from tests.reliability.onlooker import rows, value

Share = Callable[[int, int], int]
POSTERS = 8
LATE = (
    "SELECT e.entry_id FROM journal_entry e JOIN act a ON a.community_id = e.community_id AND a.kind = 'close' "
    "AND a.period_id = e.period_id WHERE e.entry_id > a.act_id"
)
CLOSED = "SELECT count(*) FROM period WHERE state = 'closed'"
BLIND = {
    "sqlite": ("seal_entry", "AND p.state = 'open'", "AND p.state <> ''"),
    "postgresql": ("seal_insert", "x.period_state IS DISTINCT FROM 'open'", "x.period_state IS NULL"),
}


def month_of(number: int) -> Month:
    return Month(1930 + number // 12, number % 12 + 1)


def close(engine: Engine, month: Month, verdict: Verdict) -> bool:
    with write_books(engine, SLUG) as unit:
        closing.close(unit, month, verdict, entered_by=OPERATOR)
    return True


def step_in(engine: Engine, day: dt.date) -> bool:
    """Post an entry of that day; false where the month was closed already."""
    try:
        post_draft(engine, hours_draft(day=day))
    except PeriodClosed:
        return False
    return True


def raced(engine: Engine, rounds: int, chance: random.Random) -> tuple[int, int]:
    """Race for one month after the other; give how many came in time and how many too late."""
    small_community.create(engine)
    with read_books(engine, SLUG) as books:
        verdict = verify(books)
    done: list[bool] = []
    with ThreadPoolExecutor(POSTERS + 1) as crowd:
        for month in map(month_of, range(rounds)):
            post_draft(engine, hours_draft(day=month.first))
            jobs = [partial(step_in, engine, month.first) for _ in range(POSTERS)]
            jobs.insert(chance.randrange(POSTERS + 1), partial(close, engine, month, verdict))
            gate = threading.Barrier(len(jobs), timeout=60)
            done += crowd.map(lambda job, gate=gate: gate.wait() >= 0 and job(), jobs)
    assert rows(engine, LATE) == []
    assert value(engine, CLOSED) == rounds
    return sum(done) - rounds, done.count(False)


def test_reliability_22_nothing_gets_into_a_month_after_its_close(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    rounds = share(4, 1000)
    in_time, late = raced(engine, rounds, seeded)
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(f"{rounds:,} months closed in a race, {in_time:,} entries in time, {late:,} refused, none after the close")


@pytest.mark.slow
def test_reliability_22_fails_when_the_seal_does_not_look_at_the_month(engine: Engine, seeded: random.Random) -> None:
    bend(engine, *BLIND[engine.dialect.name])
    with pytest.raises(AssertionError):
        raced(engine, 5, seeded)
