"""The books of the benchmarks: an invented history with its past months closed, and endless drafts of new entries."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice

from sqlalchemy import Engine, inspect

import migrations
from ledger.core.drafts import AccountKey, EntryDraft
from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import write_books, write_transaction
from ledger.exchange.imports.create_missing import Lists
from ledger.exchange.imports.journal import draft_of
from ledger.exchange.imports.result import Progress
from ledger.journal import snapshots
from ledger.journal.idempotency import JOURNAL, Actors, Key, Order
from ledger.journal.posting import post_many
from ledger.registers import communities
from ledger.registers.communities import OPERATOR
from web.bench.baseline import PlainTables
from web.bench.history import LAST_DAY, PEOPLE, make_history

SLUG = "bench"
BATCH = 1000
BANK = AccountKey("1000", "EUR", "COP")


class BenchNotEmpty(LedgerError):
    """The database is not empty; the benchmarks would write thousands of entries to it."""

    slug = "bench-not-empty"


@dataclass
class Bench:
    """The books and the plain tables, with the same entries in both."""

    engine: Engine
    plain: PlainTables
    owners: dict[str, int] = field(default_factory=dict)
    keys: Iterator[int] = field(default_factory=lambda: count(1))
    coming: Iterator[EntryDraft] = field(default_factory=lambda: iter(()))
    months: int = 0

    @classmethod
    @contextmanager
    def opened(cls, database_url: str, limit_url: str) -> Iterator[Bench]:
        """Create the community and the plain tables; on PostgreSQL both URLs may be the same."""
        engine, limit_engine = make_engine(database_url), make_engine(limit_url)
        try:
            if inspect(engine).get_table_names():
                raise BenchNotEmpty(
                    make_message("The benchmarks need an empty database. There is something in this one.")
                )
            migrations.upgrade(engine)
            with write_transaction(engine) as connection:
                communities.create(connection, SLUG, "Bench", "EUR", "UTC")
            plain = PlainTables(limit_engine)
            yield cls(engine, plain)
            plain.close()
        finally:
            engine.dispose()
            limit_engine.dispose()

    @property
    def people(self) -> list[int]:
        """The party numbers of the members of the history."""
        return [self.owners[name] for name in PEOPLE if name in self.owners]

    def fill(self, entries: int, progress: Progress) -> None:
        """Post a history by month, in the books and in the plain tables; closes every month but the last."""
        drafts: list[EntryDraft] = []
        months = itertools.groupby(make_history(entries), key=lambda line: Month.of(line.date))
        for done, (month, lines) in enumerate(months, 1):
            journal_lines = list(lines)
            with write_books(self.engine, SLUG) as books:
                lists = Lists.of(books, frozenset())
                lists.open_missing(books, journal_lines)
                self.owners = lists.owners
                drafts = [draft_of(line, self.owners, {}) for line in journal_lines]
                post_many(books, self._orders(drafts))
                if month != Month.of(LAST_DAY):
                    snapshots.close_month(books, month, entered_by=OPERATOR)
            self.plain.post(drafts)
            self.plain.close_month(month.id)
            self.months = done
            progress(min(done * BATCH / entries, 1.0))
        self.coming = itertools.cycle(drafts)

    def drafts(self, number: int) -> list[EntryDraft]:
        """The next drafts, from the entries of the last month in a cycle."""
        return list(islice(self.coming, number))

    def post(self, drafts: list[EntryDraft]) -> int:
        """Post entries in one transaction."""
        orders = self._orders(drafts)
        with write_books(self.engine, SLUG) as books:
            return len(post_many(books, orders))

    def _orders(self, drafts: list[EntryDraft]) -> list[Order]:
        return [(draft, Actors(OPERATOR), Key(JOURNAL, f"bench-{next(self.keys)}")) for draft in drafts]


def time_account(party_id: int) -> AccountKey:
    """The time account of a member."""
    return AccountKey("T2000", "min", "TB", party_id)
