"""Entries: each balances, fits its accounts and its day, and mirrors the one that it takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.checks.books import Books, Finding
from ledger.checks.stretches import LINE, Reader, Row
from ledger.messages import N_, say

_BALANCE = N_("Entry %(number)s does not balance, or has too few lines.")
_PLACE = N_("A line of entry %(number)s does not fit its account or day.")
_MIRROR = N_("Entry %(number)s does not mirror the entry that it takes back.")


class Entries:
    """Looks entries over, each with its lines as `stretches` has them."""

    def __init__(self, books: Books, reader: Reader) -> None:
        self._reader = reader
        self._leaves = books.leaves
        self._days: set[tuple[str, int]] = set()

    def check(self, entry: Row, lines: Sequence[Row]) -> Iterator[Finding]:
        """What is wrong with an entry."""
        seq, _, _, day, month, *_, reverses = entry[:12]
        if not _balances(lines):
            yield Finding("entries", seq, say(_BALANCE, number=seq))
        if not self._fits(day, month, lines):
            yield Finding("entries", seq, say(_PLACE, number=seq))
        if reverses is not None and not self._mirrors(reverses, lines):
            yield Finding("entries", seq, say(_MIRROR, number=seq))

    def _fits(self, day: str, month: int, lines: Sequence[Row]) -> bool:
        if (day, month) not in self._days:
            if str(month) != day[:7].replace("-", ""):
                return not lines
            self._days.add((day, month))
        for _, _, account, _, _, _, _, _, unit, fund, its_day, its_month in lines:
            leaf = self._leaves.get(account)
            if leaf is None or leaf[1] != unit or leaf[2] != fund or its_day != day or its_month != month:
                return False
        return True

    def _mirrors(self, original: int, lines: Sequence[Row]) -> bool:
        """Line for line the opposite; quantities and the rest repeated as they are."""
        taken_back = self._reader.rows("posting", LINE, original, original)
        return [_moved(line, -1) for line in taken_back] == [_moved(line, 1) for line in lines]


def _balances(lines: Sequence[Row]) -> bool:
    if len(lines) == 2:
        one, other = lines
        return bool(one[4] == -other[4] and one[8] == other[8] and one[9] == other[9])
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        sums[line[8], line[9]] = sums.get((line[8], line[9]), 0) + line[4]
    return len(lines) > 2 and not any(sums.values())


def _moved(line: Row, sign: int) -> Row:
    _, number, account, programme, amount, *counted, _, _, _, _ = line
    return number, account, programme, sign * amount, *counted
