"""Reliability test 12: every guard of the database is missed by verify when it is out, and lets through what it kept.

The attacks themselves stand in `tests/attacks` and run under the same number.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from ledger.models import triggers
from tests.communities import small_community
from tests.communities.small_community import SLUG, hours_draft, post_draft
from tests.reliability.conftest import Tell
from tests.reliability.mutants import drop
from tests.reliability.onlooker import driver, value

Share = Callable[[int, int], int]
SAID = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '{}'",
    "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = '{}' AND NOT tgisinternal",
}
FROZEN = ("posting", "journal_entry", "seal", "act", "account", "register_row", "chart_line")
WALLS = (psycopg.Error, sqlite3.Error)


def missed(engine: Engine) -> list[str]:
    with read_books(engine, SLUG) as books:
        return [one.check for one in verify(books).findings]


def taken_out(engine: Engine, guard: str) -> str:
    """Take a trigger out, or a wall between communities down; give the statement that puts it back."""
    if guard.endswith("_walled"):
        table = guard.removesuffix("_walled")
        with driver(engine) as connection:
            connection.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    said = str(value(engine, SAID[engine.dialect.name].format(guard)))
    drop(engine, guard)
    return said


def test_reliability_12_a_guard_taken_out_is_missed(
    own_engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    small_community.create(own_engine)
    post_draft(own_engine, hours_draft())
    every = sorted(triggers.expected(own_engine.dialect.name))
    for guard in seeded.sample(every, share(3, len(every))):
        way_back = taken_out(own_engine, guard)
        assert set(missed(own_engine)) == {"guards"}, guard
        with driver(own_engine) as connection:
            connection.execute(way_back)
    assert missed(own_engine) == []
    tell(f"{share(3, len(every))} guards, each missed when it is out")


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.slow
def test_reliability_12_rows_lie_open_without_their_guard(own_engine: Engine, table: str) -> None:
    small_community.create(own_engine)
    post_draft(own_engine, hours_draft())
    touch = f"UPDATE {table} SET community_id = community_id"
    with driver(own_engine) as connection:
        with pytest.raises(WALLS, match="append-only"):
            connection.execute(touch)
        drop(own_engine, f"{table}_frozen")
        connection.execute(touch)
