"""Reliability test 2: a million random entries; every thousand the books sum to nought and agree with a plain dict."""

from __future__ import annotations

import random
from collections.abc import Callable
from time import monotonic

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import read_books
from ledger.database.write_statements import COLUMNS
from ledger.journal import row_builder
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.reliability.conftest import Tell
from tests.reliability.market import BALANCES, POSTED, Market, read
from tests.reliability.mutants import bend, drop

Share = Callable[[int, int], int]
BATCH = 1000
WHOLE = {"sqlite": 600_000, "postgresql": 400_000}
ADDS = {
    "sqlite": ("seal_apply", "posted = posted +", "posted = posted + (NEW.seq % 50 = 0) +"),
    "postgresql": ("seal_insert", "sum(x.move) AS move", "sum(x.move) + 1 AS move"),
}


def traded(engine: Engine, chance: random.Random, entries: int) -> Market:
    """Trade, and look at the balances after every thousand entries."""
    small_community.create(engine)
    market = Market(engine, chance)
    while market.entries < entries:
        market.trade(min(BATCH, entries - market.entries))
        assert market.faults() == []
    assert read(engine, POSTED) == read(engine, BALANCES)
    return market


def test_reliability_2_random_entries_always_sum_to_nought(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    begun = monotonic()
    entries = share(200, WHOLE[engine.dialect.name])
    traded(engine, seeded, entries)
    seconds = monotonic() - begun
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(f"{entries:,} entries in {seconds:.0f} s, verified")


@pytest.mark.slow
def test_reliability_2_fails_when_lines_change_places(
    engine: Engine, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = row_builder._lines
    monkeypatch.setattr(row_builder, "_lines", lambda *given: swapped(honest(*given)))
    with pytest.raises(AssertionError):
        traded(engine, seeded, BATCH)


def swapped(lines: list[Row]) -> list[Row]:
    account = COLUMNS["posting"].index("account_id")
    one, two, *rest = map(list, lines)
    one[account], two[account] = two[account], one[account]
    return [tuple(line) for line in (one, two, *rest)]


@pytest.mark.slow
def test_reliability_2_fails_when_balances_move_by_too_much(engine: Engine, seeded: random.Random) -> None:
    drop(engine, "balance_by_hand")
    bend(engine, *ADDS[engine.dialect.name])
    with pytest.raises(AssertionError):
        traded(engine, seeded, BATCH)
