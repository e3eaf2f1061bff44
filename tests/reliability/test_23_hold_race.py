"""Reliability test 23: a yes, a no, a change of mind and the clock end what waits at once; it ends once."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from ledger.checks import verify
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.kinds import fill
from ledger.registers import policies
from ledger.workflow import holds
from ledger.workflow.holds import expire_due
from ledger.workflow.record import confirm, decline, record, withdraw
from ledger.workflow.state_machine import Course
from tests.communities.small_community import BEA, ELI, SLUG, SmallCommunity, new_key
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import rows, value

Share = Callable[[int, int], int]
TIME_LEFT = dt.timedelta(milliseconds=25)
ENDS = "SELECT agreement_id, count(*) FROM agreement_move WHERE move_no > 1 GROUP BY agreement_id HAVING count(*) <> 1"
STATES = "SELECT state, count(*) FROM agreement WHERE kind = 'claim' GROUP BY state"
POSTED = "SELECT count(*), count(DISTINCT agreement_id) FROM journal_entry WHERE agreement_id IS NOT NULL"
LEFT = "SELECT (SELECT count(*) FROM hold WHERE state = 'open') + (SELECT sum(held_debit + held_credit) FROM balance)"


def nearly_lapsed(community: SmallCommunity) -> int:
    """Log help that waits for a yes, so long ago that its time is over in a moment."""
    kind = fill("hours", day=community.today, helpers=(ELI,), receiver=BEA, minutes=30)
    with write_books(community.engine, SLUG) as unit:
        days = policies.get(unit, "time.claim_expires_days")
        assert isinstance(days, int)
        then = dt.datetime.fromisoformat(unit.now) - dt.timedelta(days) + TIME_LEFT
        unit.now = then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return record(unit, kind, Actors(ELI), new_key()).agreement_id or 0


def attempt(community: SmallCommunity, deed: Callable[[WriteUnit], object], after: dt.timedelta) -> bool:
    """Try to end what waits; false where it had ended."""
    time.sleep(after.total_seconds())
    try:
        with write_books(community.engine, SLUG) as unit:
            return deed(unit) != 0
    except LedgerError:
        return False


def raced(community: SmallCommunity, rounds: int, chance: random.Random) -> dict[str, int]:
    """Let four end the same thing, again and again; AssertionError where it ended twice, or not at all."""
    outcomes: Counter[int] = Counter()
    with ThreadPoolExecutor(4) as crowd:
        for _ in range(rounds):
            number = nearly_lapsed(community)
            ways: list[Callable[[WriteUnit], object]] = [
                partial(confirm, agreement_id=number, actors=Actors(BEA), key=new_key()),
                partial(decline, agreement_id=number, actors=Actors(BEA), key=new_key()),
                partial(withdraw, agreement_id=number, actors=Actors(ELI), key=new_key()),
                expire_due,
            ]
            gate = threading.Barrier(4, timeout=60)
            jobs = [partial(attempt, community, way, TIME_LEFT * 2 * chance.random()) for way in ways]
            ended = list(crowd.map(lambda job, gate=gate: gate.wait() >= 0 and job(), jobs))
            attempt(community, expire_due, TIME_LEFT * 2)
            outcomes[ended.count(True)] += 1
    assert set(outcomes) <= {0, 1}, outcomes
    states = dict(rows(community.engine, STATES))
    assert rows(community.engine, ENDS) == []
    assert rows(community.engine, POSTED) == [(states.get("confirmed", 0),) * 2]
    assert (value(community.engine, LEFT), sum(states.values()), "waiting" in states) == (0, rounds, False)
    return states


def test_reliability_23_what_waits_ends_once_however_many_end_it(
    community: SmallCommunity, seeded: random.Random, share: Share, tell: Tell
) -> None:
    states = raced(community, share(3, 1000), seeded)
    with read_books(community.engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(", ".join(f"{count:,} {state}" for state, count in sorted(states.items())) + ", each once, no room left over")


@pytest.mark.slow
def test_reliability_23_fails_when_room_is_not_given_back(
    community: SmallCommunity, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "_end", lambda *given: None)
    with pytest.raises(AssertionError):
        raced(community, 3, seeded)


@pytest.mark.slow
def test_reliability_23_fails_when_an_end_does_not_last(
    community: SmallCommunity, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "_end", lambda *given: None)
    monkeypatch.setattr(
        Course, "after", lambda self, _state, move: next(to for (_, name), to in self.moves.items() if name == move)
    )
    with pytest.raises(AssertionError):
        raced(community, 20, seeded)
