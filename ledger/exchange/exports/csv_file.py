"""The journal as a table: one row for each posting, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.names import ChartNames, decimal, thousandths
from ledger.exchange.exports.stream import Exported, by_number
from ledger.exchange.journal_line import PostingLine

COLUMNS = (
    "number key date about recorded_at family kind narration private reverses corrects decision document line account "
    "account_name unit fund owner programme amount quantity quantity_unit method"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_rows(uow: UnitOfWork, *, with_private: bool = False) -> Iterator[str]:
    """A line of names, then each posting with what its entry says; amounts are decimal numbers, debit positive."""
    chart = ChartNames(uow)
    yield written(COLUMNS)
    for entry in by_number(uow):
        for number, posting in enumerate(entry.line.postings, 1):
            yield written(_row(entry, number, posting, chart, with_private=with_private))


def _row(entry: Exported, number: int, posting: PostingLine, chart: ChartNames, *, with_private: bool) -> list[str]:
    line, quantity = entry.line, posting.quantity
    words = line.narration if with_private or not line.private else None
    head = [
        str(entry.entry_id),
        safe(line.key),
        line.date.isoformat(),
        line.about.isoformat() if line.about else "",
        entry.recorded_at,
        line.family,
        safe(line.kind),
        safe(words),
        "yes" if line.private else "",
        *(safe(text) for text in (line.reverses, line.corrects, line.decision, line.document)),
    ]
    place = (posting.account, chart.titles.get(posting.account), posting.unit, posting.fund)
    counted = [thousandths(quantity.milli), safe(quantity.unit), quantity.method] if quantity else ["", "", ""]
    return [
        *head,
        str(number),
        *(safe(text) for text in (*place, posting.owner, posting.programme)),
        decimal(posting.amount, posting.unit),
        *counted,
    ]


def safe(text: str | None) -> str:
    """A text cell that no spreadsheet takes for a formula: an apostrophe stands before signs that begin one."""
    if not text:
        return ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def written(cells: Sequence[str]) -> str:
    """One row of a CSV file (RFC 4180)."""
    row = io.StringIO()
    csv.writer(row).writerow(cells)
    return row.getvalue()
