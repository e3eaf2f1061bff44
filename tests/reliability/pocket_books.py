"""The books as a plain dict would keep them: what test 1 holds against what the database says after each step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ledger.core.periods import Month


@dataclass(frozen=True)
class Help:
    """Hours that one person gave another."""

    gave: int
    received: int
    minutes: int
    month: Month | None = None

    def moves(self) -> dict[int, int]:
        """What it moves, as accounts see it: plus for help received."""
        return {self.received: self.minutes, self.gave: -self.minutes}


@dataclass
class PocketBooks:
    """Balances, what waits, limits, closed months and words, each in a dict or a set."""

    people: list[int]
    minutes: Counter[int] = field(default_factory=Counter)
    waiting: dict[int, Help] = field(default_factory=dict)
    bounds: dict[int, tuple[int, int]] = field(default_factory=dict)
    entries: dict[int, Help] = field(default_factory=dict)
    count: int = 0
    taken_back: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    closed: set[Month] = field(default_factory=set)

    def held(self, person: int) -> tuple[int, int]:
        """The room kept for what waits, on either side."""
        moves = [aid.moves().get(person, 0) for aid in self.waiting.values()]
        return sum(move for move in moves if move > 0), -sum(move for move in moves if move < 0)

    def fits(self, aid: Help) -> bool:
        """Whether it stays within the stops, with room kept for all that waits; a step away from a stop always does."""
        return all(self._fits(person, move) for person, move in aid.moves().items())

    def _fits(self, person: int, move: int) -> bool:
        if person not in self.bounds:
            return True
        floor, ceiling = self.bounds[person]
        debit, credit = self.held(person)
        due = self.minutes[person] + move
        return due - credit >= floor if move < 0 else due + debit <= ceiling

    def is_open(self, month: Month | None) -> bool:
        """Whether a month takes entries; with a month every earlier one is closed."""
        return month is None or not self.closed or month > max(self.closed)

    def takes(self, aid: Help) -> bool:
        """Whether the month is open, and it fits."""
        return self.is_open(aid.month) and self.fits(aid)

    def post(self, number: int, aid: Help) -> None:
        """Enter it."""
        self.entries[number] = aid
        self.count += 1
        self.words.add(number)
        for person, move in aid.moves().items():
            self.minutes[person] += move

    def take_back(self, number: int, other: int) -> None:
        """Enter the opposite under another number."""
        self.taken_back.add(number)
        self.count += 1
        self.words.add(other)
        for person, move in self.entries[number].moves().items():
            self.minutes[person] -= move
