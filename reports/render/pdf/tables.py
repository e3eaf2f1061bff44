"""Ledger tables on paper: rules and no boxes, words on the left, figures on the right, the sentence below.

A table that runs over several pages stays one table in the PDF structure; its repeated heads are artifacts.
A table too wide for the page is laid out as cards: the name of each row, then one line for each figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reports.render.pdf.blocks import Block, Prose
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.column_widths import ColumnEdges, column_edges, text_of
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.pdf.table_heads import TableHead
from reports.render.pdf.table_rows import LaidOutRow, draw_row, lay_out_row
from reports.render.typography.errors import DoesNotFit
from reports.render.typography.lengths import total_length
from reports.render.typography.style import INK, LIVE_WIDTH, EditionStyle
from reports.story.elements import Column, Facts, Table, TableRow

TAIL_GAP: Final = 9.0
BETWEEN: Final = 4.0
SHORT_TABLE_ROWS: Final = 8
SHORT_TABLE_EXTRA: Final = 1.5
LEAST_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The layout that all parts of a split table share."""

    slug: str
    columns: tuple[Column, ...]
    edges: tuple[ColumnEdges, ...]
    heads: TableHead
    style: EditionStyle
    width: float
    has_rules: bool
    node: StructureNode


class TableBlock(Block):
    """A table, or its part on one page."""

    after = 12.0

    def __init__(
        self, plan: TableLayout, rows: Sequence[LaidOutRow], tail: Sequence[Prose], *, again: bool = False
    ) -> None:
        self.plan, self.rows, self.tail, self.again = plan, rows, tail, again
        self.height = (
            plan.heads.height
            + total_length(row.height for row in rows)
            + total_length(block.height for block in tail)
            + (TAIL_GAP + BETWEEN * (len(tail) - 1) if tail else 0.0)
        )

    @property
    def name(self) -> str:
        """The table's slug."""
        return self.plan.slug

    def least(self) -> float:
        """The heads with two rows, or all of a short table."""
        if len(self.rows) < 2 * LEAST_ROWS:
            return self.height
        return self.plan.heads.height + total_length(row.height for row in self.rows[:LEAST_ROWS])

    def part(self, room: float) -> tuple[Block, Block] | None:
        """Split between rows, with at least two on either side; a head row stays with the rows after it."""
        used, count = self.plan.heads.height, 0
        for row in self.rows[:-LEAST_ROWS]:
            used += row.height
            if used > room:
                break
            count += 1
        while count and len(self.rows[count - 1].cells) == 1:
            count -= 1
        if count < LEAST_ROWS:
            return None
        return (
            TableBlock(self.plan, self.rows[:count], (), again=self.again),
            TableBlock(self.plan, self.rows[count:], self.tail, again=True),
        )

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw heads, rows, closing rule, sentence and note."""
        plan = self.plan
        with canvas.tree.inside(plan.node):
            plan.heads.draw(canvas, x, y, again=self.again)
            y += plan.heads.height
            for index, row in enumerate(self.rows):
                self._rule_above(canvas, x, y, index)
                draw_row(canvas, x, y, row, plan.columns, plan.edges, plan.style)
                y += row.height
        if plan.has_rules:
            canvas.rule(x, y, plan.width, 0.9, INK)
        y += TAIL_GAP
        for block in self.tail:
            block.draw(canvas, x, y)
            y += block.height + BETWEEN

    def _rule_above(self, canvas: PdfCanvas, x: float, y: float, index: int) -> None:
        role = self.rows[index].row.role
        if role == "total" or (index == 0 and self.plan.has_rules):
            canvas.rule(x, y, self.plan.width, 0.9, INK)
        elif index and role == "subtotal":
            canvas.rule(x, y, self.plan.width, 0.5, INK)
        elif index and role != "head":
            canvas.rule(x, y, self.plan.width)


def table_block(table: Table, style: EditionStyle, width: float) -> TableBlock:
    """A table in a width; laid out as cards where its columns do not fit."""
    try:
        return _ledger(table, style, width)
    except DoesNotFit:
        return _ledger(as_cards(table), style, width)


def _ledger(table: Table, style: EditionStyle, width: float) -> TableBlock:
    rows = [*table.rows, *([replace(table.total, role="total")] if table.total else [])]
    is_airy = len(rows) <= SHORT_TABLE_ROWS and not any(row.sub for row in rows)
    return _block(table, rows, style, width, style.row + (SHORT_TABLE_EXTRA if is_airy else 0.0))


def facts_block(facts: Facts, style: EditionStyle, width: float) -> TableBlock:
    """A list of names and values as a two-column table without heads; narrow ones have no outer rules."""
    has_subs = any(fact.sub for fact in facts.facts)
    columns = Column(head="", kind="name" if has_subs else "words"), Column(head="", kind="result")
    rows = tuple(TableRow(cells=(fact.name, fact.value), sub=fact.sub) for fact in facts.facts)
    table = Table(slug=facts.slug, columns=columns, rows=rows, sentence=facts.sentence)
    return _block(table, rows, style, width, style.fact_row)


def _block(table: Table, rows: Sequence[TableRow], style: EditionStyle, width: float, height: float) -> TableBlock:
    edges = column_edges(table.slug, table.columns, rows, style, width)
    heads = TableHead.of(table.columns, edges, style)
    plan = TableLayout(
        table.slug,
        table.columns,
        edges,
        heads,
        style,
        width,
        bool(heads.line_count) or width >= LIVE_WIDTH,
        StructureNode("Table"),
    )
    tail = [
        Prose.of(text, text_style, width)
        for text, text_style in ((table.sentence, style.says), (table.note, style.note))
        if text
    ]
    return TableBlock(plan, [lay_out_row(row, table.columns, edges, style, height) for row in rows], tail)


def as_cards(table: Table) -> Table:
    """The table in two columns: each row becomes its name, then one line per figure with its head."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    columns = Column(head="", kind="words"), Column(head="", kind="result")
    return replace(
        table, columns=columns, rows=tuple(line for row in rows for line in _card(row, table.columns)), total=None
    )


def _card(row: TableRow, columns: tuple[Column, ...]) -> Iterator[TableRow]:
    yield TableRow(cells=row.cells[:1], sub=row.sub, role="head" if row.role == "head" else "subtotal")
    filled = [(column, cell) for column, cell in zip(columns[1:], row.cells[1:], strict=False) if text_of(cell)]
    for number, (column, cell) in enumerate(filled, 1):
        yield TableRow(cells=(_label(column), cell), step=1, note=row.note if number == len(filled) else "")


def _label(column: Column) -> str:
    return f"{column.group}: {column.head}" if column.group else column.head
