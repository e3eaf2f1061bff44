"""The chart of moves between funds: line width is the amount; solid lines are transfers, dashed ones loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.colors import Color

from reports.render.charts.primitives import draw_arrow_head, draw_bar, draw_text, line_style, shorten, text_width
from reports.render.typography.fonts import STRONG
from reports.render.typography.lengths import total_length
from reports.render.typography.style import CLAY, INK, PINE, SOFT, STRAW
from reports.story.chart_specs import ChartLabel, FundFlow, FundMove

PITCH: Final = 23.5
SLOT: Final = 14.0
CLOSE: Final = 5.0
HEAD: Final = 21.0
HALF: Final = 100.0
BEND: Final = 84.0
REACH: Final = 0.75
AMOUNT: Final = 12.5

Side = Literal[-1, 1]


@dataclass(frozen=True, slots=True)
class Band:
    """The position of one fund in the column."""

    mark: ChartLabel
    middle: float
    height: float


def fund_flow(picture: FundFlow, width: float) -> Drawing:
    """Funds with their balances in one column; transfers on the left, loans on the right."""
    heights = [max(_height(picture.moved, mark.name), _height(picture.lent, mark.name)) for mark in picture.funds]
    drawing = Drawing(width, total_length(heights) + HEAD)
    bands, y = {}, drawing.height - HEAD
    for mark, height in zip(picture.funds, heights, strict=True):
        bands[mark.name] = Band(mark, y - height / 2, height)
        y -= height
    lane = 30 + max((text_width(move.shown, STRONG, AMOUNT) for move in (*picture.moved, *picture.lent)), default=40.0)
    middle = width / 2
    _heads(drawing, picture, middle, lane)
    biggest = max((float(move.value) for move in (*picture.moved, *picture.lent)), default=1.0)
    for band in bands.values():
        _draw_band(drawing, band, middle)
    for side, moves, color in ((-1, picture.moved, PINE), (1, picture.lent, CLAY)):
        _moves(drawing, moves, bands, Lane(middle, side, lane, color, biggest))  # type: ignore[arg-type]
    return drawing


def _height(moves: Sequence[FundMove], fund: str) -> float:
    """The height of a fund. Incoming arrows need room for an amount each; outgoing lines can be closer."""
    into, out = sum(move.target == fund for move in moves), sum(move.source == fund for move in moves)
    return max(PITCH, (into + out) * SLOT + 6 if into and into + out > 1 else out * CLOSE + 10)


def _heads(drawing: Drawing, picture: FundFlow, middle: float, lane: float) -> None:
    y = drawing.height - 11
    if picture.moved:
        draw_text(drawing, middle - HALF - lane, y, picture.moved_word, face=STRONG, color=PINE, anchor="middle")
    if picture.lent:
        draw_text(drawing, middle + HALF + lane, y, picture.lent_word, face=STRONG, color=CLAY, anchor="middle")
    draw_text(drawing, middle, y, picture.fund_word, face=STRONG, color=SOFT, anchor="middle")


def _draw_band(drawing: Drawing, band: Band, middle: float) -> None:
    left, right = middle - HALF + 9, middle + HALF - 9
    draw_bar(drawing, middle - HALF, band.middle - band.height / 2 + 1.2, 2 * HALF, band.height - 2.4, STRAW)
    room = right - left - text_width(band.mark.shown, STRONG, AMOUNT) - 8
    draw_text(drawing, left, band.middle - 4, shorten(band.mark.name, room, size=AMOUNT), size=AMOUNT)
    draw_text(drawing, right, band.middle - 4, band.mark.shown, face=STRONG, size=AMOUNT, color=INK, anchor="end")


@dataclass(frozen=True, slots=True)
class Lane:
    """One side of the column: position, colour and the amount of the widest arc."""

    middle: float
    side: Side
    out: float
    color: Color
    biggest: float

    @property
    def edge(self) -> float:
        """The x position of the funds' edge on this side."""
        return self.middle + self.side * HALF

    def thick(self, move: FundMove) -> float:
        """The line width of an arc, proportional to its amount."""
        return max(1.4, 8 * float(move.value) / self.biggest)


def _moves(drawing: Drawing, moves: Sequence[FundMove], bands: dict[str, Band], lane: Lane) -> None:
    """Draw short arcs inside long ones; each end has its own position on its fund."""
    ordered = sorted(
        moves, key=lambda move: (abs(bands[move.source].middle - bands[move.target].middle), -bands[move.target].middle)
    )
    places = _places(ordered, bands)
    most = min(BEND, (lane.middle - HALF - lane.out - 6) / REACH)
    longest = max((abs(bands[m.source].middle - bands[m.target].middle) for m in ordered), default=1.0) or 1.0
    for number, move in enumerate(ordered):
        start, end = places[number, True], places[number, False]
        bend = most * (0.15 + 0.85 * min(1.0, longest / 120) * min(abs(start - end) / longest, 1.0))
        _arc(drawing, move, (start, end), bend, lane)


def _places(moves: Sequence[FundMove], bands: dict[str, Band]) -> dict[tuple[int, bool], float]:
    """The y position of every end. On each fund, ends are ordered by the fund at their other end."""
    ends: dict[str, list[tuple[float, int, bool]]] = {name: [] for name in bands}
    for number, move in enumerate(moves):
        ends[move.source].append((bands[move.target].middle - number * 0.01, number, True))
        ends[move.target].append((bands[move.source].middle + number * 0.01, number, False))
    places = {}
    for name, fund_ends in ends.items():
        fund_ends.sort(key=lambda end: -end[0])
        spread = SLOT if any(not leaves for _, _, leaves in fund_ends) else CLOSE
        for index, (_, number, leaves) in enumerate(fund_ends):
            places[number, leaves] = bands[name].middle + spread * ((len(fund_ends) - 1) / 2 - index)
    return places


def _arc(drawing: Drawing, move: FundMove, ends: tuple[float, float], bend: float, lane: Lane) -> None:
    start, end = ends
    side, thick = lane.side, lane.thick(move)
    x = lane.edge + side * lane.out
    tip = lane.edge + side * (10 + text_width(move.shown, STRONG, AMOUNT))
    head = 4 + thick * 0.6
    path = Path(fillColor=None, **line_style(lane.color, thick, (5, 3) if side > 0 else None))
    path.moveTo(lane.edge, start)
    path.lineTo(x, start)
    path.curveTo(x + side * bend, start, x + side * bend, end, x, end)
    path.lineTo(tip + side * head, end)
    drawing.add(path)
    draw_arrow_head(drawing, tip, end, -side, lane.color, head)
    draw_text(
        drawing,
        lane.edge + side * 6,
        end - 4,
        move.shown,
        face=STRONG,
        size=AMOUNT,
        color=lane.color,
        anchor="end" if side < 0 else "start",
    )
