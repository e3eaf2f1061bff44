"""Table rows: layout and drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import Color

from reports.render.pdf.blocks import tagged
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.column_widths import STEP, ColumnEdges, cell_text
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.line_breaking import Line, break_lines
from reports.render.typography.style import CLAY, INK, SOFT, EditionStyle
from reports.story.elements import Column, Status, TableRow

NOTE_HEIGHT, HEAD_LEAD, BASE = 16.0, 6.0, 0.7


@dataclass(frozen=True, slots=True)
class LaidOutRow:
    """A row ready to draw: the lines of each cell, its height and first baseline."""

    row: TableRow
    cells: tuple[tuple[Line, ...], ...]
    sub: tuple[Line, ...]
    note: tuple[Line, ...]
    height: float
    base: float


def lay_out_row(
    row: TableRow, columns: Sequence[Column], edges: Sequence[ColumnEdges], style: EditionStyle, row_height: float
) -> LaidOutRow:
    """Break the texts of a row into the widths of its columns."""
    width = edges[-1].right
    cells = tuple(
        break_lines(
            cell_text(columns[place], row, place),
            style.cell,
            width if row.role == "head" else edges[place].width - indent(row, place) + 0.01,
        )
        for place in range(len(row.cells))
    )
    sub = break_lines(row.sub, style.note, edges[0].width)
    note = break_lines(row.note, style.note, width)
    line_count = max(len(sub) + len(cells[0]), *map(len, cells), 1) - 1
    lead = HEAD_LEAD if row.role == "head" else 0.0
    height = lead + row_height + line_count * style.more + len(note) * NOTE_HEIGHT
    return LaidOutRow(row, cells, sub, note, height, lead + row_height * BASE)


def indent(row: TableRow, place: int) -> float:
    """The indent of a cell; only the name is indented."""
    return row.step * STEP if place == 0 else 0.0


def draw_row(
    canvas: PdfCanvas,
    x: float,
    y: float,
    row: LaidOutRow,
    columns: Sequence[Column],
    edges: Sequence[ColumnEdges],
    style: EditionStyle,
) -> None:
    """Draw the cells from left to right, and the note below them."""
    with canvas.tree.inside(StructureNode("TR")):
        for place, cell in enumerate(row.cells):
            with tagged(canvas, cell_node(row.row, place, len(columns)), is_empty=not cell):
                at = x + (edges[place].right if edges[place].at_right else edges[place].left + indent(row.row, place))
                align: Literal["left", "right"] = "right" if edges[place].at_right else "left"
                base = _draw_lines(canvas, at, y + row.base, cell, cell_color(row.row, place), align, style.more)
                if place == 0:
                    _draw_lines(canvas, at, base, row.sub, SOFT, "left", style.more)
    if row.note:
        with canvas.tree.inside(StructureNode("TR")), canvas.leaf(StructureNode("TD", across=len(columns))):
            _draw_lines(
                canvas, x, y + row.height - len(row.note) * NOTE_HEIGHT + 9, row.note, CLAY, "left", NOTE_HEIGHT
            )


def _draw_lines(
    canvas: PdfCanvas,
    x: float,
    base: float,
    rows: Sequence[Line],
    color: Color,
    align: Literal["left", "right"],
    lead: float,
) -> float:
    for row in rows:
        canvas.line(x, base, row, color, align)
        base += lead
    return base


def cell_node(row: TableRow, place: int, columns: int) -> StructureNode:
    """The structure element of a cell; the first cell is the row header."""
    across = columns if len(row.cells) == 1 else 1
    return StructureNode("TD", across=across) if place else StructureNode("TH", scope="Row", across=across)


def cell_color(row: TableRow, place: int) -> Color:
    """The colour of a cell; checks that hold are grey, open ones clay."""
    cell = row.cells[place]
    if isinstance(cell, Status):
        return CLAY if cell.is_open else SOFT
    return SOFT if row.role == "head" else INK
