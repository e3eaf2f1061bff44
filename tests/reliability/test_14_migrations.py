"""Reliability test 14: large books go down the migrations step by step and up again, the same to the last row."""

from __future__ import annotations

import random
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine

import migrations
from ledger.checks import Verdict, verify
from ledger.database.unit_of_work import read_books
from ledger.models import triggers
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.reliability.conftest import Tell
from tests.reliability.market import BALANCES, Market, read
from tests.reliability.mutants import drop
from tests.reliability.onlooker import value

Share = Callable[[int, int], int]
FIRST = "0001_create_books"
TABLES = "seal act journal_entry posting entry_text balance account period party register_row".split()


def counts(engine: Engine) -> dict[str, Any]:
    return {table: value(engine, f"SELECT count(*) FROM {table}") for table in TABLES}


def verdict(engine: Engine) -> Verdict:
    with read_books(engine, SLUG) as books:
        return verify(books)


def down_and_up(engine: Engine) -> int:
    """Take the steps back one by one to the first and forward again; AssertionError where a guard is missing."""
    steps = [str(step.revision) for step in migrations.steps().walk_revisions()]
    for step in steps[1:]:
        migrations.downgrade(engine, step)
        assert migrations.current_step(engine) == step
    assert migrations.current_step(engine) == FIRST
    migrations.upgrade(engine)
    assert migrations.is_current(engine)
    with engine.connect() as connection:
        assert triggers.active(connection) == triggers.expected(engine.dialect.name)
    return len(steps)


def test_reliability_14_large_books_go_down_and_up_unchanged(
    own_engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    engine = own_engine
    small_community.create(engine)
    market, size = Market(engine, seeded), share(100, 100_000)
    while market.entries < size:
        market.trade(min(size, 1000))
    before, rows, balances = verdict(engine), counts(engine), read(engine, BALANCES)
    assert before.ok
    begun = monotonic()
    steps = down_and_up(engine)
    seconds = monotonic() - begun
    after = verdict(engine)
    assert (after.head, after.journal, after.findings) == (before.head, before.journal, ())
    assert counts(engine) == rows
    assert read(engine, BALANCES) == balances
    market.trade(10)
    assert market.faults() == []
    tell(f"{size:,} entries, {steps} steps down and up in {seconds:.0f} s, head, journal, rows and balances equal")


@pytest.mark.slow
def test_reliability_14_fails_when_a_step_forgets_a_guard(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = migrations.upgrade

    def forgetful(engine: Engine) -> None:
        honest(engine)
        drop(engine, "posting_frozen")

    monkeypatch.setattr(migrations, "upgrade", forgetful)
    with pytest.raises(AssertionError, match="posting_frozen"):
        down_and_up(own_engine)
