"""Long journals pass through in memory that does not grow: in, checked, and out."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.journal import import_journal
from tests.ledger.exchange.files import found
from web.bench import history

SHORT, LONG = 6_000, 18_000
"""In entries; both longer than any stretch that is in memory at once."""


def peak(work: Callable[[], object]) -> int:
    """The most bytes that some work held at a time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def through(engine: Engine, slug: str, path: Path) -> list[int]:
    def bring() -> None:
        assert import_journal(engine, slug, path).ok

    def check() -> None:
        with read_books(engine, slug) as unit:
            assert verify(unit).ok

    def send() -> None:
        with read_books(engine, slug) as unit:
            assert sum(map(len, jsonl(unit))) > 0

    return [peak(bring), peak(check), peak(send)]


@pytest.mark.slow
def test_three_times_as_long_a_journal_takes_no_more_memory(sqlite_engine: Engine, tmp_path: Path) -> None:
    peaks = []
    for entries in (SHORT, LONG):
        path = tmp_path / "journal.jsonl"
        history.write_journal(path, entries)
        found(sqlite_engine, f"of-{entries}")
        peaks.append(through(sqlite_engine, f"of-{entries}", path))
    for short, long in zip(*peaks, strict=True):
        assert long <= 1.5 * short
