"""Barter trades as of a day: the entries with the same document make one trade."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reports.data.dataset import Dataset, cached_on_dataset


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A trade and the balance of each party in barter values: above 0 it received more than it gave."""

    document: str
    first: dt.date
    last: dt.date
    held: Mapping[int, int]

    @property
    def is_open(self) -> bool:
        """Whether any party's balance is not 0."""
        return any(self.held.values())

    @property
    def left(self) -> int:
        """The value still owed by the parties."""
        return sum(value for value in self.held.values() if value > 0)


@cached_on_dataset
def trades(dataset: Dataset, day: dt.date) -> tuple[Trade, ...]:
    """Every trade with a live entry up to a day. An entry without a document is a trade of its own."""
    held: dict[str, Counter[int]] = {}
    days: dict[str, list[dt.date]] = {}
    for row in dataset.barter.until(day):
        if row.live:
            document = row.document or f"#{row.seq}"
            held.setdefault(document, Counter())[row.owner] += row.amount
            days.setdefault(document, []).append(row.date)
    return tuple(
        Trade(document=document, first=days[document][0], last=days[document][-1], held=owners)
        for document, owners in held.items()
    )
