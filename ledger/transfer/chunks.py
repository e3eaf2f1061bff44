"""A stretch of the chain with every row that its links brought: what goes in again at the destination."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from ledger import models
from ledger.database.unit_of_work import ReadUnit

CHUNK_SIZE = 500
Row = dict[str, Any]

ENTRY_PARTS: tuple[tuple[Table, str], ...] = (
    (models.journal_entry, "entry_id"),
    (models.entry_text, "entry_id"),
    (models.posting, "entry_id"),
)
"""What an entry consists of, in the order in which it goes in, with the column that holds its number."""


def act_parts() -> tuple[tuple[Table, str], ...]:
    """What acts bring besides themselves: every table whose key names the act, those that others point to first."""
    found = (table for table in models.metadata.sorted_tables if "act_id" in table.primary_key.columns)
    return tuple((table, "act_id") for table in found if table is not models.act)


@dataclass(frozen=True)
class Chunk:
    """Some links in order, and their rows by table and number."""

    seals: list[Row]
    rows: Mapping[str, Mapping[int, list[Row]]]
    settled: Mapping[int, list[int]]
    """The holds that ended with an entry, by its number."""

    def of(self, table: Table, number: int) -> list[Row]:
        """The rows that one link brought to a table."""
        return self.rows[table.name].get(number, [])

    def act(self, number: int) -> tuple[Row, dict[str, Any]]:
        """An act and its facts."""
        row = self.of(models.act, number)[0]
        return row, json.loads(row["facts"])


def read_chunks(reading: ReadUnit) -> Iterator[Chunk]:
    """The whole chain, a stretch at a time."""
    parts = (*ENTRY_PARTS, (models.act, "act_id"), *act_parts())
    for first in range(1, reading.at + 1, CHUNK_SIZE):
        last = min(first + CHUNK_SIZE - 1, reading.at)
        rows = {table.name: _by_number(reading, table, column, first, last) for table, column in parts}
        seals = _by_number(reading, models.seal, "seq", first, last)
        yield Chunk([row for found in seals.values() for row in found], rows, _settled(reading, first, last))


def _by_number(reading: ReadUnit, table: Table, column: str, first: int, last: int) -> dict[int, list[Row]]:
    query = select(table).where(table.c.community_id == reading.community_id, table.c[column].between(first, last))
    found: dict[int, list[Row]] = {}
    for row in reading.connection.execute(query.order_by(table.c[column], *table.primary_key)).mappings():
        found.setdefault(row[column], []).append(dict(row))
    return found


def _settled(reading: ReadUnit, first: int, last: int) -> dict[int, list[int]]:
    table = models.hold.c
    query = select(table.entry_id, table.hold_id).where(
        table.community_id == reading.community_id, table.entry_id.between(first, last)
    )
    found: dict[int, list[int]] = {}
    for entry_id, hold_id in reading.connection.execute(query):
        found.setdefault(entry_id, []).append(hold_id)
    return found
