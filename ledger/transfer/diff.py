"""Comparing: the same community in two databases, row for row and value for value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, collate, select

from ledger import models
from ledger.database.unit_of_work import ReadUnit

LOCAL = frozenset({"standing"})
"""What is said of a community in one database only."""


def first_difference(one: ReadUnit, other: ReadUnit) -> str | None:
    """The first table in which the two differ, in anything but the community's local number; None where in nothing."""
    for table in models.metadata.sorted_tables:
        if table.name not in LOCAL and not _is_same(_rows(one, table), _rows(other, table)):
            return table.name
    return None


def _is_same(one: Iterator[tuple[Any, ...]], other: Iterator[tuple[Any, ...]]) -> bool:
    return all(mine == theirs for mine, theirs in zip_longest(one, other))


def _rows(reading: ReadUnit, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name != "community_id"]
    order = [_in_order(column, reading) for column in table.primary_key if column.name != "community_id"]
    query = select(*columns).where(table.c.community_id == reading.community_id).order_by(*order)
    with reading.connection.execute(query, execution_options={"yield_per": 1000}) as found:
        yield from (tuple(row) for row in found)


def _in_order(column: ColumnElement[Any], reading: ReadUnit) -> ColumnElement[Any]:
    """Text in the order of its characters' numbers on both engines, not in that of anyone's language."""
    is_text = isinstance(column.type, Text) and reading.engine_name == "postgresql"
    return collate(column, "C") if is_text else column
