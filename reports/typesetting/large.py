"""Large figures side by side, and charts: what can be read from the back of the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Polygon

from reports.charts import draw
from reports.flowables import Block, draw_lines
from reports.story import Chart, Figure, Number
from reports.style import GUTTER, INK, PINE, SOFT, Style
from reports.tagging import Node
from reports.typesetting.lines import Line, lines, width
from reports.typesetting.pen import Pen

UNIT_GAP, TREND_TALL, BELOW = 5.0, 19.0, 4.0


@dataclass(frozen=True, slots=True)
class SetFigure:
    """A large figure with its label broken into lines."""

    figure: Figure
    label: tuple[Line, ...]
    value: str


class FiguresBlock(Block):
    """Large figures in a row, their values on one line."""

    after = 12.0
    keeps_next = False

    def __init__(self, figures: Sequence[Figure], style: Style, wide: float) -> None:
        self.style = style
        cell = (wide - GUTTER * (len(figures) - 1)) / max(len(figures), 1)
        asked = [max(_wide(figure, style), width(figure.label, style.label)) for figure in figures]
        has_room = sum(asked) + GUTTER * (len(figures) - 1) <= wide
        self.figures = [_set(figure, style, max(cell, needed) if has_room else cell)
                        for figure, needed in zip(figures, asked, strict=True)]
        self.steps = _steps(asked if has_room else [_wide(figure, style) for figure in figures], cell, wide)
        self.deep = max((len(figure.label) for figure in self.figures), default=0)
        self.has_trends = any(figure.figure.trend for figure in self.figures)
        self.height = (self.deep * style.label.lead + style.figure.lead + BELOW + TREND_TALL * self.has_trends)

    @property
    def name(self) -> str:
        """The first label."""
        return self.figures[0].figure.label if self.figures else ""

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Each figure with its label is one paragraph."""
        for figure, step in zip(self.figures, self.steps, strict=True):
            with pen.leaf(Node("P")):
                self._draw(pen, x + step, y, figure)

    def _draw(self, pen: Pen, x: float, y: float, figure: SetFigure) -> None:
        style, told = self.style, figure.figure
        draw_lines(pen, x, y + (self.deep - len(figure.label)) * style.label.lead, figure.label, style.label)
        base = y + self.deep * style.label.lead + style.figure.size * 1.01
        end = x + pen.words(x, base, figure.value, style.figure, color=PINE if told.is_result else None)
        if told.unit:
            pen.words(end + UNIT_GAP, base, told.unit, style.unit)
        if told.trend:
            _trend(pen, x, base + TREND_TALL, told, style)


def _set(figure: Figure, style: Style, cell: float) -> SetFigure:
    return SetFigure(figure, lines(figure.label, style.label, cell), _value(figure))


def _value(figure: Figure) -> str:
    return figure.value.shown if isinstance(figure.value, Number) else figure.value


def _wide(figure: Figure, style: Style) -> float:
    unit = UNIT_GAP + width(figure.unit, style.unit) if figure.unit else 0.0
    return width(_value(figure), style.figure) + unit


def _steps(wides: Sequence[float], cell: float, wide: float) -> list[float]:
    """Equal columns; where one figure is wider than its column, as much space between them as there is."""
    if all(needed <= cell for needed in wides):
        return [number * (cell + GUTTER) for number in range(len(wides))]
    space = (wide - sum(wides)) / max(len(wides) - 1, 1)
    return [sum(wides[:number]) + space * number for number in range(len(wides))]


def _trend(pen: Pen, x: float, y: float, figure: Figure, style: Style) -> None:
    """The arrow says which way, the words say how much."""
    if figure.direction:
        pen.drawing(x, y - 9.5, _arrow(figure.direction == "up"))
        x += 17
    pen.words(x, y, figure.trend, style.note if not figure.direction else style.cell,
              strong=bool(figure.direction), color=None if figure.direction else SOFT)


def _arrow(is_up: bool) -> Drawing:
    points = [2, 5, 6, 0, 10, 5, 7.5, 5, 7.5, 11, 4.5, 11, 4.5, 5]
    if is_up:
        points = [11 - v if i % 2 else v for i, v in enumerate(points)]
    drawing = Drawing(12, 11)
    drawing.add(Polygon(points, fillColor=PINE, strokeColor=None))
    return drawing


class ChartBlock(Block):
    """A chart, with its finding for a reading voice."""

    before = 4.0
    after = 14.0

    def __init__(self, chart: Chart, wide: float) -> None:
        self.alt = chart.alt
        self.drawing = draw(chart.picture, wide)
        self.height = self.drawing.height

    @property
    def name(self) -> str:
        """The finding."""
        return self.alt

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The words inside belong to the picture; what is said is the finding."""
        box = pen.box(x, y, self.drawing.width, self.drawing.height)
        pen.drawing(x, y, self.drawing, Node("Figure", alt=self.alt, box=box))


class PicturedSection(Block):
    """A heading with a small picture beside it, under a rule."""

    before = 14.0
    after = 10.0
    keeps_next = True
    height = 60.0

    def __init__(self, title: str, picture: Drawing, style: Style, wide: float) -> None:
        self.title, self.picture, self.wide, self.look = title, picture, wide, style.pictured
        self.rows = lines(title, style.pictured, wide - 52)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The picture is furniture."""
        pen.rule(x, y, self.wide, 0.9, INK)
        pen.drawing(x, y + 12, self.picture)
        pen.bookmark(self.title, 1)
        with pen.leaf(Node("H2")):
            draw_lines(pen, x + 52, y + 32 - len(self.rows) * self.look.lead / 2, self.rows, self.look)


