"""Chart primitives: text, bars, lines, arrow heads, hatches and scales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import Color

from reports.render.typography import fonts
from reports.render.typography.fonts import SANS
from reports.render.typography.style import HAIR, INK, PINE, SOFT, WHITE

Amount: TypeAlias = int | Decimal
Anchor: TypeAlias = Literal["start", "middle", "end"]

SIZE: Final = 12.0
ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from amounts to positions; it always includes 0."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, amounts: Iterable[Amount | None], start: float, end: float, air: float = 1.0) -> Scale:
        """A scale that includes all amounts and 0; `air` leaves room beyond the extremes."""
        values = [float(amount) for amount in amounts if amount is not None]
        low, high = min([0.0, *values]), max([0.0, *values])
        return cls(low * air, high * air or 1.0, start, end)

    def at(self, amount: Amount | float) -> float:
        """The position of an amount."""
        return self.start + (self.end - self.start) * (float(amount) - self.low) / (self.high - self.low)


def draw_text(
    drawing: Drawing,
    x: float,
    y: float,
    text: str,
    *,
    face: str = SANS,
    size: float = SIZE,
    color: Color = INK,
    anchor: Anchor = "start",
) -> None:
    """Draw text on one line."""
    drawing.add(String(x, y, fonts.clean(text), fontName=face, fontSize=size, fillColor=color, textAnchor=anchor))


def text_width(text: str, face: str = SANS, size: float = SIZE) -> float:
    """The width of a text in points."""
    return fonts.text_width(text, face, size)


def shorten(text: str, width: float, face: str = SANS, size: float = SIZE) -> str:
    """A text shortened to a width; the table of the chart has the full text."""
    if text_width(text, face, size) <= width:
        return text
    while text and text_width(text.rstrip() + ELLIPSIS, face, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def draw_bar(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    height: float,
    fill: Color = PINE,
    *,
    outline: Color | None = None,
) -> None:
    """Draw a bar. Hollow and pale bars need an outline to be visible on paper."""
    if width < 0:
        x, width = x + width, -width
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": outline, "strokeWidth": 0.8 if outline else 0}
    drawing.add(Rect(x, y, width, height, **look))


def draw_rule(
    drawing: Drawing,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    color: Color = INK,
    weight: float = 0.9,
    dash: Sequence[float] | None = None,
) -> None:
    """Draw a straight line."""
    drawing.add(Line(x1, y1, x2, y2, **line_style(color, weight, dash)))


def line_style(color: Color, weight: float, dash: Sequence[float] | None = None) -> dict[str, Any]:
    """The style attributes of a line: colour, width in points, dashes."""
    return {"strokeColor": color, "strokeWidth": weight, "strokeDashArray": list(dash) if dash else None}


def draw_arrow_head(drawing: Drawing, x: float, y: float, way: int, color: Color, size: float = 5.0) -> None:
    """Draw an arrow head with its tip at (x, y), pointing right (1) or left (-1)."""
    drawing.add(
        Polygon(
            [x, y, x - way * size * 1.5, y + size * 0.8, x - way * size * 1.5, y - size * 0.8],
            fillColor=color,
            strokeColor=None,
        )
    )


def draw_hatch(drawing: Drawing, x1: float, y1: float, x2: float, y2: float, step: float = 9.0) -> None:
    """Draw a light hatch clipped to a box, for months without data."""
    x = x1 - (y2 - y1)
    while x < x2:
        left, right = max(x, x1), min(x + (y2 - y1), x2)
        if right > left:
            draw_rule(drawing, left, y1 + (left - x), right, y1 + (right - x), HAIR, 0.5)
        x += step


def draw_label_plate(drawing: Drawing, x: float, y: float, lines: Sequence[str]) -> None:
    """Draw centred lines of text on a white background."""
    width, height = max(map(text_width, lines)) + 16, 16.0 * len(lines) + 8
    draw_bar(drawing, x - width / 2, y - height / 2, width, height, WHITE)
    for number, text in enumerate(lines):
        draw_text(drawing, x, y + height / 2 - 16 * (number + 1) + 1, text, color=SOFT, anchor="middle")


def spread_labels(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Label positions from top to bottom, moved as little as needed so that none overlap."""
    moved: list[float] = []
    for place in places:
        moved.append(min(place, moved[-1] - room) if moved else min(place, high))
    for index in range(len(moved) - 1, -1, -1):
        floor = low if index == len(moved) - 1 else moved[index + 1] + room
        moved[index] = max(moved[index], floor)
    return moved
