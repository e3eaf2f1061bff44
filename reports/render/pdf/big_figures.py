"""Blocks of large figures, charts and pictured section headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportlab.graphics.shapes import Drawing, Polygon

from reports.render.charts import draw
from reports.render.pdf.blocks import Block, Stack, draw_lines
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.lengths import total_length
from reports.render.typography.line_breaking import Line, all_strong, break_lines, text_width
from reports.render.typography.style import GUTTER, INK, PINE, SOFT, EditionStyle
from reports.story.elements import BigFigure, Chart, Number

UNIT_GAP, TREND_HEIGHT, BELOW, ARROW = 5.0, 19.0, 4.0, 17.0


@dataclass(frozen=True, slots=True)
class LaidOutFigure:
    """A large figure with its label broken into lines."""

    figure: BigFigure
    label: tuple[Line, ...]
    value: str


class FiguresBlock(Block):
    """Large figures in a row, with their values on one baseline."""

    after = 12.0

    def __init__(
        self, figures: Sequence[BigFigure], style: EditionStyle, steps: Sequence[float], labels: float
    ) -> None:
        self.style, self.steps = style, steps
        self.figures = [
            LaidOutFigure(figure, break_lines(figure.label, style.label, labels), _value(figure)) for figure in figures
        ]
        self.line_count = max((len(figure.label) for figure in self.figures), default=0)
        self.has_trends = any(figure.figure.trend for figure in self.figures)
        self.height = self.line_count * style.label.lead + style.figure.lead + BELOW + TREND_HEIGHT * self.has_trends

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the block; each figure with its label is one paragraph."""
        for figure, step in zip(self.figures, self.steps, strict=True):
            with canvas.leaf(StructureNode("P")):
                self._draw(canvas, x + step, y, figure)

    def _draw(self, canvas: PdfCanvas, x: float, y: float, laid_out: LaidOutFigure) -> None:
        style, figure = self.style, laid_out.figure
        draw_lines(
            canvas, x, y + (self.line_count - len(laid_out.label)) * style.label.lead, laid_out.label, style.label
        )
        base = y + self.line_count * style.label.lead + style.figure.size * 1.01
        end = x + canvas.words(x, base, laid_out.value, style.figure, color=PINE if figure.is_result else None)
        if figure.unit:
            canvas.words(end + UNIT_GAP, base, figure.unit, style.unit)
        if figure.trend:
            _trend(canvas, x, base + TREND_HEIGHT, figure, style)


def _value(figure: BigFigure) -> str:
    return figure.value.shown if isinstance(figure.value, Number) else figure.value


def _width(figure: BigFigure, beside: BigFigure | None, style: EditionStyle) -> float:
    """The width of the value, and of the trend unless it can extend under the next figure."""
    unit = UNIT_GAP + text_width(figure.unit, style.unit) if figure.unit else 0.0
    is_free = not figure.trend or (beside is not None and not beside.trend)
    trend = 0.0 if is_free else text_width(all_strong(figure.trend), style.cell) + ARROW * bool(figure.direction)
    return max(text_width(_value(figure), style.figure) + unit, trend)


def figures_block(figures: Sequence[BigFigure], style: EditionStyle, width: float) -> Block:
    """Large figures in equal columns, else in columns of their own widths, else in two rows."""
    count = max(len(figures), 1)
    cell = (width - GUTTER * (count - 1)) / count
    values = [_width(figure, beside, style) for figure, beside in zip_longest(figures, figures[1:])]
    widths = [max(value, text_width(figure.label, style.label)) for value, figure in zip(values, figures, strict=True)]
    room = width - total_length(widths)
    if max(widths, default=0.0) > cell and room >= GUTTER * (count - 1):
        space = room / (count - 1)
        return FiguresBlock(figures, style, [total_length(widths[:n]) + space * n for n in range(count)], width)
    if count > 1 and max(values) > cell:
        half = (count + 1) // 2
        return Stack([figures_block(part, style, width) for part in (figures[:half], figures[half:])])
    return FiguresBlock(figures, style, [n * (cell + GUTTER) for n in range(count)], cell)


def _trend(canvas: PdfCanvas, x: float, y: float, figure: BigFigure, style: EditionStyle) -> None:
    """Draw the arrow and the text of a trend."""
    if figure.direction:
        canvas.drawing(x, y - 9.5, _arrow(figure.direction == "up"))
        x += ARROW
    canvas.words(
        x,
        y,
        figure.trend,
        style.note if not figure.direction else style.cell,
        strong=bool(figure.direction),
        color=None if figure.direction else SOFT,
    )


def _arrow(is_up: bool) -> Drawing:
    points = [2, 5, 6, 0, 10, 5, 7.5, 5, 7.5, 11, 4.5, 11, 4.5, 5]
    if is_up:
        points = [11 - v if i % 2 else v for i, v in enumerate(points)]
    drawing = Drawing(12, 11)
    drawing.add(Polygon(points, fillColor=PINE, strokeColor=None))
    return drawing


class ChartBlock(Block):
    """A chart, with its finding as alternative text."""

    before = 4.0
    after = 14.0

    def __init__(self, chart: Chart, width: float) -> None:
        self.alt = chart.alt
        self.drawing = draw(chart.picture, width)
        self.height = self.drawing.height

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the chart as a figure with alternative text."""
        box = canvas.box(x, y, self.drawing.width, self.drawing.height)
        canvas.drawing(x, y, self.drawing, StructureNode("Figure", alt=self.alt, box=box))


class PicturedSection(Block):
    """A section heading with an icon, under a rule."""

    before = 14.0
    after = 10.0
    keeps_next = True
    height = 60.0

    def __init__(self, title: str, picture: Drawing, style: EditionStyle, width: float) -> None:
        self.title, self.picture, self.width, self.text_style = title, picture, width, style.pictured
        self.rows = break_lines(title, style.pictured, width - 52)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the heading; the icon is an artifact."""
        canvas.rule(x, y, self.width, 0.9, INK)
        canvas.drawing(x, y + 12, self.picture)
        canvas.bookmark(self.title, 1)
        with canvas.leaf(StructureNode("H2")):
            draw_lines(canvas, x + 52, y + 32 - len(self.rows) * self.text_style.lead / 2, self.rows, self.text_style)
