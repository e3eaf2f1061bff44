"""Table heads: they wrap, and adjacent columns may share a group head over a thin rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.render.pdf.blocks import tagged
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.column_widths import ColumnEdges
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.line_breaking import Line, break_lines
from reports.render.typography.style import SOFT, EditionStyle
from reports.story.elements import Column

GROUP_HEAD_HEIGHT, BELOW, BASE = 20.0, 7.0, 14.0


@dataclass(frozen=True, slots=True)
class Group:
    """Adjacent columns with one group head, or one column without."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TableHead:
    """The heads of a table, broken into lines."""

    columns: tuple[Column, ...]
    edges: tuple[ColumnEdges, ...]
    style: EditionStyle
    rows: tuple[tuple[Line, ...], ...]

    @classmethod
    def of(cls, columns: tuple[Column, ...], edges: tuple[ColumnEdges, ...], style: EditionStyle) -> TableHead:
        """Break the heads into the widths of their columns."""
        rows = (break_lines(c.head, style.label, e.width + 0.01) for c, e in zip(columns, edges, strict=True))
        return cls(columns, edges, style, tuple(rows))

    @property
    def line_count(self) -> int:
        """The number of lines of the longest head."""
        return max(map(len, self.rows))

    @property
    def has_groups(self) -> bool:
        """Whether there are group heads."""
        return any(column.group for column in self.columns)

    @property
    def height(self) -> float:
        """The height from the top of the table to the rule under its heads."""
        if not self.line_count:
            return 0.0
        return GROUP_HEAD_HEIGHT * self.has_groups + self.line_count * self.style.label.lead + BELOW

    def draw(self, canvas: PdfCanvas, x: float, y: float, *, again: bool) -> None:
        """Draw the heads; repeated heads (`again`) are artifacts."""
        if not self.line_count:
            return
        if self.has_groups:
            with tagged(canvas, None if again else StructureNode("TR"), is_empty=True):
                for group in groups(self.columns):
                    self._draw_group(canvas, x, y, group, again=again)
            y += GROUP_HEAD_HEIGHT
        with tagged(canvas, None if again else StructureNode("TR"), is_empty=True):
            for place, rows in enumerate(self.rows):
                with tagged(canvas, None if again else StructureNode("TH", scope="Column"), is_empty=not rows):
                    self._draw_head(canvas, x, y + (self.line_count - len(rows)) * self.style.label.lead, place)

    def _draw_head(self, canvas: PdfCanvas, x: float, y: float, place: int) -> None:
        edge = self.edges[place]
        for row in self.rows[place]:
            canvas.line(
                x + (edge.right if edge.at_right else edge.left),
                y + BASE,
                row,
                SOFT,
                "right" if edge.at_right else "left",
            )
            y += self.style.label.lead

    def _draw_group(self, canvas: PdfCanvas, x: float, y: float, group: Group, *, again: bool) -> None:
        across = group.last - group.first + 1
        node = StructureNode("TH", scope="Column", across=across) if group.text else StructureNode("TD", across=across)
        left, right = x + self.edges[group.first].left, x + self.edges[group.last].right
        with tagged(canvas, None if again else node, is_empty=not group.text):
            if group.text:
                canvas.words((left + right) / 2, y + BASE - 2, group.text, self.style.label, "middle")
        if group.text:
            canvas.rule(left, y + GROUP_HEAD_HEIGHT - 2, right - left, 0.5, SOFT)


def groups(columns: Sequence[Column]) -> list[Group]:
    """The columns from left to right, grouped by group head."""
    grouped: list[Group] = []
    for place, column in enumerate(columns):
        if grouped and column.group and grouped[-1].text == column.group:
            grouped[-1] = Group(column.group, grouped[-1].first, place)
        else:
            grouped.append(Group(column.group, place, place))
    return grouped
