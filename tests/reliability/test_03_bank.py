"""Reliability test 3: a bank under many hands; whoever looks always finds the same total, and nobody below nought.

Whoever looks shares no code with the ledger: a driver, a snapshot, three sentences of SQL.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.chain import hashing
from ledger.chain.record_acts import NewIdentities, record
from ledger.checks import verify
from ledger.core.drafts import EXCHANGE, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import OverLimit
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post
from tests.communities import small_community
from tests.communities.small_community import ANA, DAY, SLUG, new_key, time_account
from tests.reliability.conftest import Tell
from tests.reliability.mutants import bend, drop, loosen
from tests.reliability.onlooker import SNAPSHOT, driver, rows

Share = Callable[[float, float], float]
WRITERS, READERS, ACCOUNTS, EACH = 16, 8, range(10, 20), 100
TOTAL = EACH * len(ACCOUNTS)
HELD = (
    "SELECT b.account_id, b.posted FROM balance b JOIN account a USING (account_id) "
    "WHERE a.chart = 'T2000' AND a.owner_id >= 10"
)
MOVED = "SELECT account_id, sum(amount) FROM posting GROUP BY account_id"
LOSES = {
    "sqlite": ("seal_apply", "posted = posted +", "posted = posted - (NEW.seq % 40 = 0) +"),
    "postgresql": ("seal_insert", "posted = b.posted +", "posted = b.posted - (mod(last_seq, 40) = 0)::int +"),
}
LINKS = "SELECT (SELECT seq FROM chain_head), count(*), max(seq) FROM seal"


def moved(giver: AccountKey, receiver: AccountKey, minutes: int) -> EntryDraft:
    lines = (PostingDraft(receiver, minutes), PostingDraft(giver, -minutes))
    return EntryDraft(kind="hours", family=EXCHANGE, effective_on=DAY, postings=lines, narration="Moved")


def opened(engine: Engine) -> None:
    """Open ten accounts with a hundred minutes each and a floor of nought."""
    small_community.create(engine)
    with write_books(engine, SLUG) as unit:
        record(unit, entered_by=0, opens=NewIdentities(parties=[(owner, "member") for owner in ACCOUNTS]))
        for owner in ACCOUNTS:
            post(unit, moved(AccountKey("T3000", "min", "TB"), time_account(owner), EACH), Actors(ANA), new_key())
    with write_books(engine, SLUG) as unit:
        for number, _ in rows(engine, HELD):
            facts = {"floor": 0, "ceiling": None}
            hashing.append_act(unit, "limits", entered_by=ANA, facts=facts, account_id=number)


def write(engine: Engine, seed: int, until: float, counts: Counter[str]) -> None:
    """Move minutes about; a refusal at the floor is as good as an entry, anything else is a fault."""
    chance = random.Random(seed)
    while monotonic() < until:
        giver, receiver = map(time_account, chance.sample(ACCOUNTS, 2))
        try:
            with write_books(engine, SLUG) as unit:
                post(unit, moved(giver, receiver, chance.randint(1, 60)), Actors(ANA), new_key())
            counts["moved"] += 1
        except OverLimit:
            counts["refused"] += 1


def look(connection: Any, begin: str, *, closely: bool) -> list[str]:
    """Say what is not as it should be in one snapshot."""
    connection.execute(begin)
    held = dict(connection.execute(HELD).fetchall())
    sums = dict(connection.execute(MOVED).fetchall()) if closely else held
    head, count, last = connection.execute(LINKS).fetchone()
    connection.execute("COMMIT")
    wrong = [] if sum(held.values()) == TOTAL else [f"the total is {sum(held.values())}"]
    wrong += [f"{number} is at {amount}" for number, amount in held.items() if amount < 0]
    wrong += [
        f"{number} moved by {sums[number]}, not {held[number]}" for number in held if sums[number] != held[number]
    ]
    return wrong + ([] if head == count == last else [f"head {head}, {count} links, last {last}"])


def watch(engine: Engine, until: float, counts: Counter[str], wrong: list[str]) -> None:
    begin = SNAPSHOT[engine.dialect.name]
    with driver(engine) as connection:
        while monotonic() < until and not wrong:
            counts["looked"] += 1
            wrong += look(connection, begin, closely=counts["looked"] % 20 == 0)
            sleep(0.005)


def crowded(engine: Engine, seconds: float, chance: random.Random) -> Counter[str]:
    """Let sixteen write and eight look for a while; AssertionError when one of them saw something wrong."""
    opened(engine)
    until, counts, wrong = monotonic() + seconds, Counter[str](), list[str]()
    with ThreadPoolExecutor(WRITERS + READERS) as crowd:
        seeds = [chance.randrange(2**32) for _ in range(WRITERS)]
        jobs = [crowd.submit(write, engine, seed, until, counts) for seed in seeds]
        jobs += [crowd.submit(watch, engine, until, counts, wrong) for _ in range(READERS)]
    assert [str(job.exception()) for job in jobs if job.exception()] == []
    with driver(engine) as connection:
        wrong += look(connection, SNAPSHOT[engine.dialect.name], closely=True)
    assert wrong == []
    assert min(counts["moved"], counts["looked"]) > 0
    return counts


def test_reliability_3_onlookers_of_a_bank_never_miss_a_minute(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    seconds = share(0.5, 60)
    counts = crowded(engine, seconds, seeded)
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(f"{counts['moved']:,} moved, {counts['refused']:,} refused, {counts['looked']:,} looks in {seconds:.0f} s")


@pytest.mark.slow
def test_reliability_3_fails_without_the_floor(engine: Engine, seeded: random.Random) -> None:
    loosen(engine, "balance", "balance_below_floor")
    with pytest.raises(AssertionError, match="is at -"):
        crowded(engine, 3, seeded)


@pytest.mark.slow
def test_reliability_3_fails_when_balances_lose_a_minute(engine: Engine, seeded: random.Random) -> None:
    drop(engine, "balance_by_hand")
    bend(engine, *LOSES[engine.dialect.name])
    with pytest.raises(AssertionError, match="the total is"):
        crowded(engine, 3, seeded)
