"""The tables of a story as CSV, for spreadsheets."""

from __future__ import annotations

import csv as stdlib_csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Final, TypeAlias

from reports.render.typography.line_breaking import plain_text
from reports.story.elements import (  # fmt: skip
    BigFigures,
    Cell,
    Element,
    Facts,
    KeepTogether,
    Number,
    Section,
    SideBySide,
    Status,
    Table,
    TableRow,
    Title,
)
from reports.story.header_footer import HeaderFooter

Value: TypeAlias = str | int | Decimal
FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a report: slug, title, heads, rows (including the total) and sentence."""

    slug: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sentence: str


def walk_elements(story: Iterable[Element]) -> Iterator[Element]:
    """Every element in reading order, including nested ones."""
    for element in story:
        if isinstance(element, SideBySide):
            yield from walk_elements((*element.left, *element.right))
        elif isinstance(element, KeepTogether):
            yield from walk_elements(element.elements)
        else:
            yield element


def grids(story: Iterable[Element]) -> tuple[Grid, ...]:
    """The tables, facts and large figures of a story, each with the heading before it."""
    tables, title = [], ""
    for element in walk_elements(story):
        if isinstance(element, Title):
            title = element.text
        elif isinstance(element, Section):
            title = element.title
        elif isinstance(element, Table | Facts | BigFigures):
            tables.append(_grid(element, title))
    return tuple(tables)


def _grid(element: Table | Facts | BigFigures, title: str) -> Grid:
    match element:
        case Table():
            rows = (*element.rows, *((element.total,) if element.total else ()))
            heads = tuple(_head(column.head, column.group, column.unit) for column in element.columns)
            return Grid(element.slug, title, heads, _rows(rows), plain_text(element.sentence))
        case Facts():
            facts = tuple(TableRow(cells=(fact.name, fact.value), sub=fact.sub) for fact in element.facts)
            return Grid(element.slug, title, (), _rows(facts), plain_text(element.sentence))
        case _:
            figures = tuple((figure.label, cell_value(figure.value), figure.unit) for figure in element.figures)
            return Grid(element.slug, title, (), figures, "")


def _head(head: str, group: str, unit: str) -> str:
    """A column head with its group and unit."""
    full = f"{group}: {head}" if group else head
    return f"{full} ({unit})" if unit else full


def _rows(rows: Iterable[TableRow]) -> tuple[tuple[Value, ...], ...]:
    """The cells of each row, then its second line and its note."""
    return tuple((*map(cell_value, row.cells), *filter(None, (row.sub, row.note))) for row in rows)


def cell_value(cell: Cell) -> Value:
    """The number of a cell, or else its text."""
    if isinstance(cell, Number):
        return cell.value
    return cell.shown if isinstance(cell, Status) else cell


def formula_safe(value: Value) -> str:
    """A cell as text. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def render_csv(story: Iterable[Element], header_footer: HeaderFooter) -> str:
    """All tables of a report as CSV, after three lines that identify the report and the books."""
    out = StringIO()
    writer = stdlib_csv.writer(out)
    writer.writerows(
        [
            [formula_safe(header_footer.community)],
            [formula_safe(header_footer.report), formula_safe(header_footer.period)],
            [formula_safe(header_footer.report_id), header_footer.entry, formula_safe(header_footer.chain_head)],
        ]
    )
    for grid in grids(story):
        writer.writerow([])
        writer.writerow([formula_safe(grid.title), formula_safe(grid.slug)])
        if any(grid.heads):
            writer.writerow([formula_safe(head) for head in grid.heads])
        writer.writerows([formula_safe(value) for value in row] for row in grid.rows)
        if grid.sentence:
            writer.writerow([formula_safe(grid.sentence)])
    return BOM + out.getvalue()
