"""The journal as JSON lines, in the order of the printed numbers; imports elsewhere to the same digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ledger.db import UnitOfWork
from ledger.exchange.lines import written
from ledger.exchange.stream import by_number


def jsonl(uow: UnitOfWork, *, with_private: bool = False) -> Iterator[str]:
    """Each entry as one line; the words of private entries only when asked for."""
    for entry in by_number(uow):
        line = entry.line
        yield written(replace(line, narration=None) if line.private and not with_private else line) + "\n"
