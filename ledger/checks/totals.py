"""The tally: what the lines of all entries add up to, kept while they are read once in the order of their numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from ledger.checks.row_layout import ENTRY, LINE, Row, taking

Lines = Sequence[Row]
"""Lines as `layout.LINE` has them."""
Where = tuple[int, int, str | None]
"""Month, account, programme; month and programme only where a month was ever closed."""

_REVERSES = ENTRY.index("reverses")
_NUMBER, _ACCOUNT, _AMOUNT = (taking(LINE, name) for name in ("entry_id", "account_id", "amount"))
_LAST_OF = taking(LINE, "account_id", "entry_id")
_WHERE = taking(LINE, "period_id", "account_id", "programme")


@dataclass
class Part:
    """What moved between two acts about months: the sum by month, account and programme, and its first entry."""

    upto: int
    moved: defaultdict[Where, int] = field(default_factory=lambda: defaultdict(int))
    first: dict[Where, int] = field(default_factory=dict)
    """Only where a month was ever closed."""

    def join(self, later: Part) -> None:
        """Count in what moved later in the same part."""
        for where, moved in later.moved.items():
            self.moved[where] += moved
        self.first = later.first | self.first


class Tally:
    """What moved, in parts that end at the acts given; and the last entry of each account."""

    def __init__(self, marks: Iterable[int]) -> None:
        self._marks = sorted(marks, reverse=True)
        self._by_month = bool(self._marks)
        self.parts: list[Part] = []
        self.last: dict[int, tuple[int, Row | None, Lines]] = {}
        """By account: the number of its last entry, that entry, and its lines."""
        self._begin()

    def _begin(self) -> None:
        self.parts.append(Part(self._marks.pop() if self._marks else 0))

    def add(self, postings: Lines, lines: Mapping[int, Lines], entries: Mapping[int, Row]) -> None:
        """Count lines in; numbers only rise. The entries are given with them, and each one's lines."""
        for account, number in dict(map(_LAST_OF, postings)).items():
            self.last[account] = number, entries.get(number), lines[number]
        while postings:
            upto = self.parts[-1].upto or _NUMBER(postings[-1])
            ahead = len(postings) if _NUMBER(postings[-1]) <= upto else bisect_right(postings, upto, key=_NUMBER)
            self._count(postings if ahead == len(postings) else postings[:ahead])
            postings = postings[ahead:]
            if postings:
                self._begin()

    def _count(self, postings: Lines) -> None:
        part, amounts = self.parts[-1], map(_AMOUNT, postings)
        if not self._by_month:
            accounts = map(_ACCOUNT, postings)
            wheres: list[Where] = list(zip(repeat(0), accounts, repeat(None)))
        else:
            wheres = list(map(_WHERE, postings))
            for where, number in zip(wheres, map(_NUMBER, postings), strict=True):
                part.first.setdefault(where, number)
        moved = part.moved
        for where, amount in zip(wheres, amounts, strict=True):
            moved[where] += amount

    def close(self) -> None:
        """Nothing more will come: acts after the last entry end parts in which nothing moved."""
        while self._marks or self.parts[-1].upto:
            self._begin()

    def join(self, later: Tally) -> None:
        """Count in what another tally of the same acts has of the numbers behind this one's."""
        while len(self.parts) < len(later.parts):
            self._begin()
        for mine, its in zip(self.parts, later.parts, strict=True):
            mine.join(its)
        self.last |= later.last

    def sums(self) -> Counter[int]:
        """The sum of each account's lines."""
        sums: Counter[int] = Counter()
        for part in self.parts:
            for (_, account, _), moved in part.moved.items():
                sums[account] += moved
        return sums

    def last_move(self, account: int) -> tuple[int, int]:
        """An account's last entry, and what that moved on it: nothing where it takes another back, or there is none."""
        number, entry, lines = self.last.get(account, (0, None, ()))
        takes_back = entry is not None and entry[_REVERSES] is not None
        return number, 0 if takes_back else sum(_AMOUNT(line) for line in lines if _ACCOUNT(line) == account)
