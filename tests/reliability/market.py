"""A market: entries drawn at random over three units and four funds, and a dict that knows what should stand."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine

from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import Actors, Order
from ledger.journal.posting import post_many
from tests.communities.small_community import ANA, BEA, CAI, SLUG, new_key
from tests.reliability.onlooker import rows

LINES = {
    ("min", "TB"): (("T2000", ANA), ("T2000", BEA), ("T2000", CAI), ("T3000", 0), ("T4000", 0), ("T6000", 0)),
    ("EUR", "GEN"): (("1000", 0), ("1010", 0), ("4110", 0), ("6100", 0), ("1300", ANA), ("1300", CAI)),
    ("EUR", "EMF"): (("1000", 0), ("4110", 0), ("6100", 0)),
    ("NV", "BAR"): (("B2000", ANA), ("B2000", BEA), ("B2000", CAI), ("B3000", 0)),
}
"""The accounts of each unit and fund: chart line and owner."""
FIRST = dt.date(2026, 1, 1)
BALANCES = "SELECT a.chart, a.unit, a.fund, a.owner_id, b.posted FROM balance b JOIN account a USING (account_id)"
POSTED = (
    "SELECT a.chart, a.unit, a.fund, a.owner_id, sum(p.amount) FROM posting p JOIN account a USING (account_id) "
    "GROUP BY a.chart, a.unit, a.fund, a.owner_id"
)

Standing = dict[AccountKey, int]


@dataclass
class Market:
    """Draws entries, posts them, and keeps in a plain dict what every account should hold."""

    engine: Engine
    chance: random.Random
    standing: Counter[AccountKey] = field(default_factory=Counter)
    last: dict[int, EntryDraft] = field(default_factory=dict)
    entries: int = 0

    def trade(self, count: int) -> None:
        """Post that many entries in one transaction, some of them taking earlier ones back."""
        drafts = [self.draft() for _ in range(count)]
        taken = self.chance.sample(sorted(self.last), min(len(self.last), count // 20))
        drafts[: len(taken)] = [opposite(number, self.last[number]) for number in taken]
        orders: list[Order] = [(draft, Actors(self.chance.choice((ANA, BEA))), new_key()) for draft in drafts]
        with write_books(self.engine, SLUG) as unit:
            posted = post_many(unit, orders)
        self.last = {
            one.entry_id: draft
            for one, draft in zip(posted, drafts, strict=True)
            if draft.reverses is None and self.chance.random() < 0.2
        }
        self.entries += count
        for draft in drafts:
            for line in draft.postings:
                self.standing[line.leaf] += line.amount

    def draft(self) -> EntryDraft:
        """Draw an entry of two to eight lines in one to four funds."""
        purses = self.chance.sample(list(LINES), self.chance.randint(1, len(LINES)))
        legs = self.chance.randint(2 * len(purses), 8)
        sizes = [2] * len(purses)
        for _ in range(legs - sum(sizes)):
            sizes[self.chance.randrange(len(sizes))] += 1
        lines = [line for purse, size in zip(purses, sizes, strict=True) for line in self._lines(purse, size)]
        day = FIRST + dt.timedelta(self.chance.randrange(365))
        said = f"No. {self.chance.randrange(10**6)}" if self.chance.random() < 0.5 else None
        return EntryDraft(
            kind="journal", family=OTHER, effective_on=day, postings=tuple(lines), narration="Trade", note=said
        )

    def _lines(self, purse: tuple[str, str], size: int) -> list[PostingDraft]:
        largest = 10 ** self.chance.randint(1, 12)
        amounts = [self.chance.choice((-1, 1)) * self.chance.randint(1, largest) for _ in range(size - 1)]
        if sum(amounts) == 0:
            amounts[0] += 1 if amounts[0] > 0 else -1
        leaves = [AccountKey(chart, *purse, owner) for chart, owner in self.chance.choices(LINES[purse], k=size)]
        weighed = Quantity(self.chance.randint(1, 10**6), "kg", "weighed") if self.chance.random() < 0.1 else None
        return [
            PostingDraft(leaf, amount, self.chance.choice((None, "GARDEN")), weighed)
            for leaf, amount in zip(leaves, [*amounts, -sum(amounts)], strict=True)
        ]

    def faults(self) -> list[str]:
        """Say where the accounts stand otherwise than they should, or where a unit does not sum to nought."""
        there = read(self.engine, BALANCES)
        wrong = [f"{leaf}: {there.get(leaf)}, not {due}" for leaf, due in self.standing.items() if there[leaf] != due]
        sums: Counter[tuple[str, str]] = Counter()
        for leaf, amount in there.items():
            sums[leaf.unit, leaf.fund] += amount
        return wrong + [f"{purse} sums to {left}" for purse, left in sums.items() if left]


def opposite(number: int, draft: EntryDraft) -> EntryDraft:
    """Take an entry back."""
    lines = tuple(PostingDraft(line.leaf, -line.amount, line.programme, line.quantity) for line in draft.postings)
    return EntryDraft(
        kind=draft.kind,
        family=draft.family,
        effective_on=draft.effective_on,
        postings=lines,
        reason="Entered twice",
        reverses=number,
    )


def read(engine: Engine, sql: str) -> Standing:
    """Read what every account holds by plain SQL, as anyone with the file could."""
    return {AccountKey(*row[:4]): int(row[4]) for row in rows(engine, sql)}
