"""The journal as JSON lines, in the order of the printed numbers; imports elsewhere to the same digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.stream import by_number
from ledger.exchange.journal_line import line_text


def jsonl(uow: UnitOfWork, *, with_private: bool = False) -> Iterator[str]:
    """Each entry as one line; the words of private entries only when asked for."""
    for entry in by_number(uow):
        line = entry.line
        yield (
            line_text(replace(line, narration=None, subject=None) if line.private and not with_private else line) + "\n"
        )
