"""Reliability test 15: lived-in books go from SQLite to PostgreSQL and back, and are the same to the last byte."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine

import migrations
from ledger import models
from ledger.checks import Verdict, verify
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import read_books
from ledger.exchange.exports.jsonl import jsonl
from ledger.transfer import replay
from ledger.transfer.transfer import move
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.databases import Shelf, written
from tests.postgresql import Server
from tests.reliability.conftest import Tell
from tests.reliability.machine import Machine
from tests.reliability.onlooker import rows

Share = Callable[[int, int], int]
Make = Callable[[str], Engine]
LOCAL = {"standing", "community"}
"""What is said of a community in one database only."""
DEEDS = {
    "post": ("first", "second", "minutes", "back"),
    "hold": ("first", "second", "minutes"),
    "bring": ("first", "second", "minutes", "back"),
    "expire": ("first", "second", "minutes"),
    "limit": ("which", "low", "high"),
    **dict.fromkeys(("settle", "take_back", "reopen", "forget"), ("which",)),
    "drop": ("which", "other"),
    **dict.fromkeys(("open", "close", "leave"), ()),
}
NEEDS = {"settle": "waiting", "drop": "waiting", "take_back": "entries", "reopen": "closed", "forget": "words"}


def lived_in(engine: Engine, chance: random.Random, deeds: int) -> None:
    """Do everything to a community that can be done to books, in any order."""

    class Life(Machine):
        fresh = staticmethod(lambda: nullcontext(engine))

    life = Life()
    life.found()
    drawn = {"minutes": (5, 200), "low": (5, 200), "high": (5, 200), "back": (0, 4), "other": (0, 1)}
    for _ in range(deeds):
        deed = chance.choice(list(DEEDS))
        if deed not in NEEDS or getattr(life.books, NEEDS[deed]):
            getattr(life, deed)(**{name: chance.randint(*drawn.get(name, (0, 10**6))) for name in DEEDS[deed]})
    life.is_the_same()
    life.teardown()


def every_row(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    tables = [table.name for table in models.metadata.sorted_tables if table.name not in LOCAL]
    return {name: sorted(rows(engine, f"SELECT * FROM {name}"), key=repr) for name in tables}


def told(engine: Engine) -> tuple[Verdict, list[str]]:
    with read_books(engine, SLUG) as books:
        return verify(books), list(jsonl(books, with_private=True))


@dataclass(frozen=True)
class Route:
    """Books on SQLite, an empty PostgreSQL database, and an empty SQLite file to come back to."""

    here: Engine
    there: Engine
    back: Engine


@pytest.fixture
def route(sqlite_shelf: Shelf, postgresql_server: Server, make: Make, tmp_path: Path) -> Iterator[Route]:
    there = make(written(postgresql_server.create("moved")))
    back = make(f"sqlite:///{tmp_path / 'back.sqlite'}")
    for engine in (there, back):
        migrations.upgrade(engine)
    with sqlite_shelf.lent(small_community.create) as url:
        here = make(url)
        yield Route(here, there, back)
        here.dispose()
    there.dispose()
    postgresql_server.drop("moved")


def check_move(route: Route, chance: random.Random, deeds: int) -> tuple[int, float]:
    """Move there and back; AssertionError where anything is other than it was. Gives the entries and the seconds."""
    lived_in(route.here, chance, deeds)
    before, every = told(route.here), every_row(route.here)
    begun = monotonic()
    assert move(route.here, route.there, SLUG, "there") == before[0].head
    assert told(route.there) == before
    assert move(route.there, route.back, SLUG, "back") == before[0].head
    seconds = monotonic() - begun
    assert told(route.back) == before
    assert every_row(route.back) == every
    return before[0].head.seq, seconds


def test_reliability_15_books_go_to_another_engine_and_back_unchanged(
    route: Route, seeded: random.Random, share: Share, tell: Tell
) -> None:
    links, seconds = check_move(route, seeded, share(15, 3000))
    tell(f"{links:,} links of every sort, SQLite to PostgreSQL to SQLite in {seconds:.0f} s, head and every row equal")


@pytest.mark.slow
def test_reliability_15_fails_when_words_get_another_salt(
    route: Route, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = replay._with_placeholder
    monkeypatch.setattr(
        replay, "_with_placeholder", lambda row: {**honest(row), **({"salt": bytes(32)} if "salt" in row else {})}
    )
    with pytest.raises((AssertionError, LedgerError)):
        check_move(route, seeded, 30)
