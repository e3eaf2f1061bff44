"""Reads the chain in chunks: seals with all rows of their entries and acts, to insert at the destination."""

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
"""The tables of an entry in insert order, each with the column of the entry's number."""


def act_parts() -> tuple[tuple[Table, str], ...]:
    """The tables whose primary key contains the act's number, in the order of their foreign keys."""
    tables = (table for table in models.metadata.sorted_tables if "act_id" in table.primary_key.columns)
    return tuple((table, "act_id") for table in tables if table is not models.act)


@dataclass(frozen=True)
class Chunk:
    """Some links in order, with their rows by table and number."""

    seals: list[Row]
    rows: Mapping[str, Mapping[int, list[Row]]]
    settled_holds: Mapping[int, list[int]]
    """By entry number, the holds that the entry settled."""

    def of(self, table: Table, number: int) -> list[Row]:
        """The rows of one link in a table."""
        return self.rows[table.name].get(number, [])

    def act(self, number: int) -> tuple[Row, dict[str, Any]]:
        """An act and its facts."""
        row = self.of(models.act, number)[0]
        return row, json.loads(row["facts"])


def read_chunks(uow: ReadUnit) -> Iterator[Chunk]:
    """The whole chain, chunk by chunk."""
    parts = (*ENTRY_PARTS, (models.act, "act_id"), *act_parts())
    for first in range(1, uow.at + 1, CHUNK_SIZE):
        last = min(first + CHUNK_SIZE - 1, uow.at)
        rows = {table.name: _by_number(uow, table, column, first, last) for table, column in parts}
        seals = _by_number(uow, models.seal, "seq", first, last)
        yield Chunk([row for seal_rows in seals.values() for row in seal_rows], rows, _settled_holds(uow, first, last))


def _by_number(uow: ReadUnit, table: Table, column: str, first: int, last: int) -> dict[int, list[Row]]:
    query = select(table).where(table.c.community_id == uow.community_id, table.c[column].between(first, last))
    by_number: dict[int, list[Row]] = {}
    for row in uow.connection.execute(query.order_by(table.c[column], *table.primary_key)).mappings():
        by_number.setdefault(row[column], []).append(dict(row))
    return by_number


def _settled_holds(uow: ReadUnit, first: int, last: int) -> dict[int, list[int]]:
    table = models.hold.c
    query = select(table.entry_id, table.hold_id).where(
        table.community_id == uow.community_id, table.entry_id.between(first, last)
    )
    by_entry: dict[int, list[int]] = {}
    for entry_id, hold_id in uow.connection.execute(query):
        by_entry.setdefault(entry_id, []).append(hold_id)
    return by_entry
