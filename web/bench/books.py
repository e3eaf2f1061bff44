"""The books that are measured: a community of fifty people who help one another and sell tomatoes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import Engine, inspect

import migrations
from ledger import communities, members
from ledger.communities import OPERATOR
from ledger.db import installing, make_engine, writing
from ledger.drafts import EXCHANGE, OTHER, EntryDraft, Leaf, PostingDraft
from ledger.errors import LedgerError
from ledger.idempotency import JOURNAL, Actors, Key, Order
from ledger.members import NewMember
from ledger.messages import say
from ledger.posting import post_many
from web.bench.limit import Plain

SLUG = "bench"
PEOPLE = 50
BATCH = 1000
BEGAN = dt.date(2025, 1, 1)
DAYS = 365
SEED = 7


class BenchNotEmpty(LedgerError):
    """Measuring writes thousands of entries, so it takes an empty database only."""

    slug = "bench-not-empty"


@dataclass
class Bench:
    """Books and plain tables side by side, and drafts without end: the same ones in every run."""

    engine: Engine
    plain: Plain
    people: list[int]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 (nothing is secret here)
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    @contextmanager
    def opened(cls, database_url: str, limit_url: str) -> Iterator[Bench]:
        """Make the community and the plain tables; both addresses may be the same on PostgreSQL."""
        engine, beside = make_engine(database_url), make_engine(limit_url)
        try:
            if inspect(engine).get_table_names():
                raise BenchNotEmpty(say("The benchmarks need an empty database. There is something in this one."))
            migrations.upgrade(engine)
            plain = Plain(beside)
            yield cls(engine, plain, _people(engine))
            plain.close()
        finally:
            engine.dispose()
            beside.dispose()

    def fill(self, entries: int, progress: Callable[[float], None]) -> None:
        """Post a history, in the books and in the plain tables."""
        for done in range(0, entries, BATCH):
            drafts = self.drafts(min(BATCH, entries - done))
            self.post(drafts)
            self.plain.post(drafts)
            progress((done + len(drafts)) / entries)

    def drafts(self, number: int) -> list[EntryDraft]:
        """Invent entries: two in three are hours between two people, the rest are sales."""
        return [self._hours() if place % 3 else self._sale() for place in range(number)]

    def post(self, drafts: list[EntryDraft]) -> int:
        """Post entries in one transaction."""
        orders: list[Order] = [(draft, Actors(OPERATOR), Key(JOURNAL, f"bench-{next(self.keys)}")) for draft in drafts]
        with writing(self.engine, SLUG) as unit:
            return len(post_many(unit, orders))

    def _hours(self) -> EntryDraft:
        gave, received = self.chance.sample(self.people, 2)
        minutes = 15 * self.chance.randint(1, 16)
        lines = (PostingDraft(time_of(received), minutes), PostingDraft(time_of(gave), -minutes))
        return EntryDraft(kind="hours", family=EXCHANGE, effective_on=self._day(), postings=lines, narration="Weeding")

    def _sale(self) -> EntryDraft:
        cents = self.chance.randint(100, 5000)
        lines = (PostingDraft(Leaf("1000", "EUR", "GEN"), cents), PostingDraft(Leaf("4110", "EUR", "GEN"), -cents))
        return EntryDraft(kind="sale", family=OTHER, effective_on=self._day(), postings=lines, narration="Tomatoes")

    def _day(self) -> dt.date:
        return BEGAN + dt.timedelta(self.chance.randrange(DAYS))


def time_of(person: int) -> Leaf:
    """Somebody's time account."""
    return Leaf("T2000", "min", "TB", person)


def _people(engine: Engine) -> list[int]:
    with installing(engine) as connection:
        communities.create(connection, SLUG, "Bench", "EUR", "UTC")
    with writing(engine, SLUG) as unit:
        new = [NewMember(name=f"Person {number:02}", joined=BEGAN) for number in range(1, PEOPLE + 1)]
        return members.add(unit, new, entered_by=OPERATOR)
