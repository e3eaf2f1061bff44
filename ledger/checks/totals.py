"""The totals of all lines, summed while the journal is read once in the order of its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from ledger.checks.row_layout import ENTRY_COLUMNS, LINE_COLUMNS, Row, column_getter

Lines = Sequence[Row]
"""Lines with the columns of `row_layout.LINE_COLUMNS`."""
TotalKey = tuple[int, int, str | None]
"""Month, account, programme; month 0 and no programme in books without a closed month."""

_REVERSES = ENTRY_COLUMNS.index("reverses")
_NUMBER, _ACCOUNT, _AMOUNT = (column_getter(LINE_COLUMNS, name) for name in ("entry_id", "account_id", "amount"))
_ACCOUNT_AND_NUMBER = column_getter(LINE_COLUMNS, "account_id", "entry_id")
_KEY = column_getter(LINE_COLUMNS, "period_id", "account_id", "programme")


@dataclass
class Interval:
    """The entries between two closes or reopenings: the sum by key, and the first entry of each key."""

    upto: int
    moved: defaultdict[TotalKey, int] = field(default_factory=lambda: defaultdict(int))
    first: dict[TotalKey, int] = field(default_factory=dict)
    """Only in books with a closed month."""

    def merge(self, later: Interval) -> None:
        """Add later entries of the same interval."""
        for key, moved in later.moved.items():
            self.moved[key] += moved
        self.first = later.first | self.first


class Totals:
    """The sums in intervals that end at the given numbers, and the last entry of each account."""

    def __init__(self, ends: Iterable[int]) -> None:
        self._ends = sorted(ends, reverse=True)
        self._by_month = bool(self._ends)
        self.intervals: list[Interval] = []
        self.last: dict[int, tuple[int, Row | None, Lines]] = {}
        """By account: the number of its last entry, that entry, and its lines."""
        self._start_interval()

    def _start_interval(self) -> None:
        self.intervals.append(Interval(self._ends.pop() if self._ends else 0))

    def add(self, lines: Lines, lines_by_entry: Mapping[int, Lines], entries: Mapping[int, Row]) -> None:
        """Add the lines of a batch; batches come in ascending order of numbers."""
        for account, number in dict(map(_ACCOUNT_AND_NUMBER, lines)).items():
            self.last[account] = number, entries.get(number), lines_by_entry[number]
        while lines:
            upto = self.intervals[-1].upto or _NUMBER(lines[-1])
            split = len(lines) if _NUMBER(lines[-1]) <= upto else bisect_right(lines, upto, key=_NUMBER)
            self._count(lines if split == len(lines) else lines[:split])
            lines = lines[split:]
            if lines:
                self._start_interval()

    def _count(self, lines: Lines) -> None:
        interval, amounts = self.intervals[-1], map(_AMOUNT, lines)
        if not self._by_month:
            accounts = map(_ACCOUNT, lines)
            keys: list[TotalKey] = list(zip(repeat(0), accounts, repeat(None)))
        else:
            keys = list(map(_KEY, lines))
            for key, number in zip(keys, map(_NUMBER, lines), strict=True):
                interval.first.setdefault(key, number)
        moved = interval.moved
        for key, amount in zip(keys, amounts, strict=True):
            moved[key] += amount

    def close(self) -> None:
        """Add the empty intervals after the last entry."""
        while self._ends or self.intervals[-1].upto:
            self._start_interval()

    def merge(self, later: Totals) -> None:
        """Add the totals of later numbers, with the same interval ends."""
        while len(self.intervals) < len(later.intervals):
            self._start_interval()
        for own, other in zip(self.intervals, later.intervals, strict=True):
            own.merge(other)
        self.last |= later.last

    def sums(self) -> Counter[int]:
        """The sum of each account's lines."""
        sums: Counter[int] = Counter()
        for interval in self.intervals:
            for (_, account, _), moved in interval.moved.items():
                sums[account] += moved
        return sums

    def last_move(self, account: int) -> tuple[int, int]:
        """The number of an account's last entry and its amount on the account, 0 for a reversal or no entry."""
        number, entry, lines = self.last.get(account, (0, None, ()))
        is_reversal = entry is not None and entry[_REVERSES] is not None
        return number, 0 if is_reversal else sum(_AMOUNT(line) for line in lines if _ACCOUNT(line) == account)
