"""A table that is too wide for the page, laid out again: each row a card of names and values, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.render.pdf.column_widths import text_of
from reports.story.elements import Column, Table, TableRow


def as_cards(table: Table) -> Table:
    """The same table in two columns: below the name of each row stand its figures, each with its head."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    columns = Column(head="", kind="words"), Column(head="", kind="result")
    return replace(
        table, columns=columns, rows=tuple(line for row in rows for line in _card(row, table.columns)), total=None
    )


def _card(row: TableRow, columns: tuple[Column, ...]) -> Iterator[TableRow]:
    yield TableRow(cells=row.cells[:1], sub=row.sub, role="head" if row.role == "head" else "subtotal")
    shown = [(column, cell) for column, cell in zip(columns[1:], row.cells[1:], strict=False) if text_of(cell)]
    for number, (column, cell) in enumerate(shown, 1):
        yield TableRow(cells=(_label(column), cell), step=1, note=row.note if number == len(shown) else "")


def _label(column: Column) -> str:
    return f"{column.group}: {column.head}" if column.group else column.head
