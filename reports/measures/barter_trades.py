"""Barter trades as they stand on a day, put together from the entries that name the same paper."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reports.data.dataset import Dataset, cached_on_dataset


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What each side still holds in a trade: above 0 it has received more than it gave, in barter values."""

    document: str
    first: dt.date
    last: dt.date
    held: Mapping[int, int]

    @property
    def is_open(self) -> bool:
        """Whether a side is not even yet."""
        return any(self.held.values())

    @property
    def left(self) -> int:
        """The value still to be given."""
        return sum(value for value in self.held.values() if value > 0)


@cached_on_dataset
def trades(dataset: Dataset, day: dt.date) -> tuple[Trade, ...]:
    """Every trade with an entry that stands, up to a day; an entry without a paper is a trade of its own."""
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
