"""Compares a community in two databases, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, collate, select

from ledger import models
from ledger.database.unit_of_work import ReadUnit

_LOCAL_TABLES = frozenset({"standing"})
"""Tables that are not copied: the status belongs to one database."""


def first_difference(one: ReadUnit, other: ReadUnit) -> str | None:
    """The first table with a difference, apart from the local community number; None if all are equal."""
    for table in models.metadata.sorted_tables:
        if table.name not in _LOCAL_TABLES and not _are_equal(_rows(one, table), _rows(other, table)):
            return table.name
    return None


def _are_equal(one: Iterator[tuple[Any, ...]], other: Iterator[tuple[Any, ...]]) -> bool:
    return all(row == other_row for row, other_row in zip_longest(one, other))


def _rows(uow: ReadUnit, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name != "community_id"]
    order = [_sort_key(column, uow) for column in table.primary_key if column.name != "community_id"]
    query = select(*columns).where(table.c.community_id == uow.community_id).order_by(*order)
    with uow.connection.execute(query, execution_options={"yield_per": 1000}) as result:
        yield from (tuple(row) for row in result)


def _sort_key(column: ColumnElement[Any], uow: ReadUnit) -> ColumnElement[Any]:
    """The column, with text sorted by code point on both engines and not by a locale."""
    is_text = isinstance(column.type, Text) and uow.engine_name == "postgresql"
    return collate(column, "C") if is_text else column
