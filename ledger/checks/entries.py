"""Checks entries: each balances, matches its accounts and date, and mirrors the entry that it reverses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.checks.batches import Batch, BatchReader
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import ENTRY_COLUMNS, LINE_COLUMNS, Row, column_getter
from ledger.core.messages import N_, make_message

_BALANCE = N_("Entry %(number)s does not balance, or has too few lines.")
_MISPLACED = N_("A line of entry %(number)s does not fit its account or day.")
_MIRROR = N_("Entry %(number)s does not mirror the entry that it takes back.")

_DAY = column_getter(ENTRY_COLUMNS, "entry_id", "effective_on", "period_id")
_MONTH = column_getter(ENTRY_COLUMNS, "effective_on", "period_id")
_REVERSES = ENTRY_COLUMNS.index("reverses")
_LINE_DAY = column_getter(LINE_COLUMNS, "entry_id", "effective_on", "period_id")
_LINE_PLACE = column_getter(LINE_COLUMNS, "account_id", "unit", "fund")
_AMOUNT, _UNIT, _FUND = map(LINE_COLUMNS.index, ("amount", "unit", "fund"))


class EntryChecker:
    """Checks the entries of a batch with their lines."""

    def __init__(self, books: RawBooks, reader: BatchReader) -> None:
        self._reader = reader
        self._valid_accounts = {(account, unit, fund) for account, (_, unit, fund, _) in books.leaves.items()}

    def check(self, batch: Batch) -> Iterator[Finding]:
        """The findings in the entries of a batch."""
        misplaced = self._misplaced(batch)
        lines_by_entry = batch.lines_by_entry
        for number, entry in batch.entries.items():
            lines = lines_by_entry.get(number, ())
            if not _balances(lines):
                yield Finding("entries", number, make_message(_BALANCE, number=number))
            if number in misplaced:
                yield Finding("entries", number, make_message(_MISPLACED, number=number))
            original = entry[_REVERSES]
            if original is not None and not self._mirrors(original, lines):
                yield Finding("entries", number, make_message(_MIRROR, number=number))

    def _misplaced(self, batch: Batch) -> set[int]:
        """The entries with a line whose date, month, or account differs from the entry or the account."""
        days = {*map(_DAY, batch.entries.values())}
        misfiled = {month for month in {*map(_MONTH, batch.entries.values())} if not _is_in_month(*month)}
        if misfiled:
            days = {day for day in days if day[1:] not in misfiled}
        misplaced = {number for number, _, _ in {*map(_LINE_DAY, batch.lines)} - days}
        if not {*map(_LINE_PLACE, batch.lines)} <= self._valid_accounts:
            misplaced |= {line[0] for line in batch.lines if _LINE_PLACE(line) not in self._valid_accounts}
        return misplaced

    def _mirrors(self, original: int, lines: Sequence[Row]) -> bool:
        """Whether the lines have the opposite amounts and are otherwise equal."""
        reversed_lines = self._reader.rows("posting", LINE_COLUMNS, original, original)
        return [_with_sign(line, -1) for line in reversed_lines] == [_with_sign(line, 1) for line in lines]


def _is_in_month(day: str, month: int) -> bool:
    return str(month) == day[:7].replace("-", "")


def _balances(lines: Sequence[Row]) -> bool:
    if len(lines) == 2:
        one, other = lines  # fast path: most entries have two lines
        return bool(one[_AMOUNT] == -other[_AMOUNT] and one[_UNIT] == other[_UNIT] and one[_FUND] == other[_FUND])
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        key = line[_UNIT], line[_FUND]
        sums[key] = sums.get(key, 0) + line[_AMOUNT]
    return len(lines) > 2 and not any(sums.values())


def _with_sign(line: Row, sign: int) -> Row:
    _, number, account, programme, amount, *quantity, _, _, _, _ = line
    return number, account, programme, sign * amount, *quantity
