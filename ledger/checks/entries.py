"""Entries: each balances, fits its accounts and its day, and mirrors the one that it takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.checks.batches import Reader, Stretch
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import ENTRY, LINE, Row, taking
from ledger.core.messages import N_, make_message

_BALANCE = N_("Entry %(number)s does not balance, or has too few lines.")
_PLACE = N_("A line of entry %(number)s does not fit its account or day.")
_MIRROR = N_("Entry %(number)s does not mirror the entry that it takes back.")

_DAY = taking(ENTRY, "entry_id", "effective_on", "period_id")
_MONTH = taking(ENTRY, "effective_on", "period_id")
_REVERSES = ENTRY.index("reverses")
_LINE_DAY = taking(LINE, "entry_id", "effective_on", "period_id")
_LINE_PLACE = taking(LINE, "account_id", "unit", "fund")
_AMOUNT, _UNIT, _FUND = map(LINE.index, ("amount", "unit", "fund"))


class Entries:
    """Looks entries over, each with its lines as `stretches` has them."""

    def __init__(self, books: RawBooks, reader: Reader) -> None:
        self._reader = reader
        self._places = {(account, unit, fund) for account, (_, unit, fund, _) in books.leaves.items()}

    def check(self, stretch: Stretch) -> Iterator[Finding]:
        """What is wrong with the entries of a stretch."""
        astray = self._astray(stretch)
        lines = stretch.lines
        for number, entry in stretch.entries.items():
            its = lines.get(number, ())
            if not _balances(its):
                yield Finding("entries", number, make_message(_BALANCE, number=number))
            if number in astray:
                yield Finding("entries", number, make_message(_PLACE, number=number))
            original = entry[_REVERSES]
            if original is not None and not self._mirrors(original, its):
                yield Finding("entries", number, make_message(_MIRROR, number=number))

    def _astray(self, stretch: Stretch) -> set[int]:
        """The entries with a line of another day or month, or of an account that is not as the line says."""
        days = {*map(_DAY, stretch.entries.values())}
        misfiled = {month for month in {*map(_MONTH, stretch.entries.values())} if not _is_in_month(*month)}
        if misfiled:
            days = {day for day in days if day[1:] not in misfiled}
        found = {number for number, _, _ in {*map(_LINE_DAY, stretch.postings)} - days}
        if not {*map(_LINE_PLACE, stretch.postings)} <= self._places:
            found |= {line[0] for line in stretch.postings if _LINE_PLACE(line) not in self._places}
        return found

    def _mirrors(self, original: int, lines: Sequence[Row]) -> bool:
        """Line for line the opposite; quantities and the rest repeated as they are."""
        taken_back = self._reader.rows("posting", LINE, original, original)
        return [_moved(line, -1) for line in taken_back] == [_moved(line, 1) for line in lines]


def _is_in_month(day: str, month: int) -> bool:
    return str(month) == day[:7].replace("-", "")


def _balances(lines: Sequence[Row]) -> bool:
    if len(lines) == 2:
        one, other = lines
        return bool(one[_AMOUNT] == -other[_AMOUNT] and one[_UNIT] == other[_UNIT] and one[_FUND] == other[_FUND])
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        pot = line[_UNIT], line[_FUND]
        sums[pot] = sums.get(pot, 0) + line[_AMOUNT]
    return len(lines) > 2 and not any(sums.values())


def _moved(line: Row, sign: int) -> Row:
    _, number, account, programme, amount, *counted, _, _, _, _ = line
    return number, account, programme, sign * amount, *counted
