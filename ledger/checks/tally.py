"""The tally: what the lines of all entries add up to, kept while they are read once in the order of their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Lines = Sequence[tuple[Any, ...]]
"""Lines as `stretches.LINE` has them."""
Where = tuple[int, int, str | None]
"""Month, account, programme; month and programme only where a month was ever closed."""


@dataclass
class Part:
    """What moved between two acts about months: by month, account and programme, the sum and the first entry."""

    upto: int
    moved: dict[Where, list[int]] = field(default_factory=dict)


class Tally:
    """What moved, in parts that end at the acts given; and the last entry of each account."""

    def __init__(self, marks: Iterable[int]) -> None:
        self._marks = sorted(marks, reverse=True)
        self._by_month = bool(self._marks)
        self.parts: list[Part] = []
        self.last: dict[int, tuple[int, int | None, Lines]] = {}
        """By account: the number of its last entry, what that takes back, and its lines."""
        self._begin()

    def _begin(self) -> None:
        self.parts.append(Part(self._marks.pop() if self._marks else 0))

    def add(self, number: int, reverses: int | None, lines: Lines) -> None:
        """Count an entry's lines in; numbers only rise."""
        while self.parts[-1].upto and number > self.parts[-1].upto:
            self._begin()
        moved, last = self.parts[-1].moved, (number, reverses, lines)
        for line in lines:
            account = line[2]
            self.last[account] = last
            where = (line[11], account, line[3]) if self._by_month else (0, account, None)
            if where in moved:
                moved[where][0] += line[4]
            else:
                moved[where] = [line[4], number]

    def close(self) -> None:
        """Nothing more will come: acts after the last entry end parts in which nothing moved."""
        while self._marks or self.parts[-1].upto:
            self._begin()

    def sums(self) -> Counter[int]:
        """The sum of each account's lines."""
        sums: Counter[int] = Counter()
        for part in self.parts:
            for (_, account, _), (moved, _) in part.moved.items():
                sums[account] += moved
        return sums

    def last_move(self, account: int) -> tuple[int, int]:
        """An account's last entry, and what that moved on it: nothing where it takes another back, or there is none."""
        number, reverses, lines = self.last.get(account, (0, None, ()))
        return number, 0 if reverses is not None else sum(line[4] for line in lines if line[2] == account)
