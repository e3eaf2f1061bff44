"""Bar charts: plan and actual, bars by name, parts of a whole, and a ruler with targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from reports.render.charts.primitives import Scale, draw_bar, draw_rule, draw_text, shorten, text_width
from reports.render.typography.fonts import STRONG
from reports.render.typography.lengths import total_length
from reports.render.typography.style import HONEY, INK, PALE_PINE, PINE, SOFT, STRAW, WHITE
from reports.story.chart_specs import Bands, Bars, ChartLabel, PairedBars, PartsOfWhole, Ruler

PITCH: Final = 18.5
KEY: Final = 18.0
NAMES: Final = 0.38
FILLS: Final[tuple[Color, ...]] = (PINE, HONEY, STRAW, PALE_PINE)


def paired_bars(picture: PairedBars, width: float) -> Drawing:
    """Plan as a hollow bar and actual as a solid bar, on one scale from 0."""
    drawing = Drawing(width, KEY + PITCH * len(picture.lines) + 2)
    names_width = _names([line.name for line in picture.lines], width)
    label_width = max((text_width(line.shown, STRONG) for line in picture.lines), default=0.0)
    scale = Scale.over(
        [v for line in picture.lines for v in (line.plan, line.actual)], names_width, width - label_width - 8
    )
    _paired_key(drawing, picture)
    zero = scale.at(0)
    for number, line in enumerate(picture.lines):
        y = drawing.height - KEY - (number + 1) * PITCH
        draw_text(drawing, 0, y + 5, shorten(line.name, names_width - 8))
        draw_bar(drawing, zero, y + 9.5, _seen(scale.at(line.plan) - zero), 5, WHITE, outline=INK)
        draw_bar(drawing, zero, y + 2.5, _seen(scale.at(line.actual) - zero), 7.5)
        reach = max(zero, scale.at(line.plan), scale.at(line.actual))
        draw_text(drawing, reach + 6, y + 5, line.shown, face=STRONG)
    draw_rule(drawing, zero, 0, zero, drawing.height - KEY)
    return drawing


def _paired_key(drawing: Drawing, picture: PairedBars) -> None:
    y = drawing.height - 13
    draw_bar(drawing, 0.4, y + 1, 26, 6, WHITE, outline=INK)
    draw_text(drawing, 32, y, picture.plan_word)
    x = 32 + text_width(picture.plan_word) + 18
    draw_bar(drawing, x, y, 26, 8)
    draw_text(drawing, x + 32, y, picture.actual_word)


def bars(picture: Bars, width: float) -> Drawing:
    """One bar for each name, with its amount at the end."""
    drawing = Drawing(width, PITCH * len(picture.marks) + 2)
    names_width = _names([mark.name for mark in picture.marks], width)
    label_width = max((text_width(mark.shown, STRONG) for mark in picture.marks), default=0.0)
    scale = Scale.over([mark.value for mark in picture.marks], names_width, width - label_width - 8)
    zero = scale.at(0)
    for number, mark in enumerate(picture.marks):
        y = drawing.height - (number + 1) * PITCH
        draw_text(drawing, 0, y + 5.5, shorten(mark.name, names_width - 8))
        draw_bar(drawing, zero, y + 3.5, _seen(scale.at(mark.value) - zero), 12)
        draw_text(drawing, max(zero, scale.at(mark.value)) + 6, y + 5.5, mark.shown, face=STRONG)
    draw_rule(drawing, zero, 0, zero, drawing.height)
    return drawing


def _names(names: Sequence[str], width: float) -> float:
    """The width of the column of names."""
    return min(max(map(text_width, names), default=0.0) + 12, width * NAMES)


def _seen(width: float) -> float:
    """A minimum width, so that a bar of 0 is still visible."""
    return width if abs(width) >= 0.4 else 0.4


def parts(picture: PartsOfWhole | Bands, width: float) -> Drawing:
    """One bar divided into parts, labelled above; as a list below where the labels do not fit."""
    places = _pieces(picture.marks, width)
    if any(_label(mark) > right - left - 4 for mark, (left, right) in zip(picture.marks, places, strict=True)):
        return _listed_parts(picture, width, places)
    drawing = Drawing(width, 58)
    _pieces_bar(drawing, places, width)
    for mark, (left, _) in zip(picture.marks, places, strict=True):
        draw_text(drawing, left, 43, mark.name, color=SOFT)
        draw_text(drawing, left, 28, mark.shown, face=STRONG, size=12.5)
    return drawing


def _listed_parts(picture: PartsOfWhole | Bands, width: float, places: Sequence[tuple[float, float]]) -> Drawing:
    pitch = 18.0
    drawing = Drawing(width, 28 + pitch * len(picture.marks))
    _pieces_bar(drawing, places, width)
    for number, mark in enumerate(picture.marks):
        y = drawing.height - pitch * (number + 1) + 5
        fill = FILLS[number % len(FILLS)]
        draw_bar(drawing, 0.4, y - 1, 11, 11, fill, outline=INK if fill is STRAW else None)
        draw_text(drawing, 20, y, shorten(mark.name, width - text_width(mark.shown, STRONG, 12.5) - 40))
        draw_text(drawing, width, y, mark.shown, face=STRONG, size=12.5, anchor="end")
    return drawing


def _label(mark: ChartLabel) -> float:
    return max(text_width(mark.name), text_width(mark.shown, STRONG, 12.5))


def _pieces(marks: Sequence[ChartLabel], width: float) -> list[tuple[float, float]]:
    """The start and end of each part; parts of 0 or less have no length."""
    lengths = [max(float(mark.value), 0.0) for mark in marks]
    total, places, x = total_length(lengths) or 1.0, [], 0.0
    for length in lengths:
        places.append((x, x + width * length / total))
        x = places[-1][1]
    return places


def _pieces_bar(drawing: Drawing, places: Sequence[tuple[float, float]], width: float) -> None:
    for number, (left, right) in enumerate(places):
        fill = FILLS[number % len(FILLS)]
        length = right - left - (0.8 if right > width - 1 else 3.0)
        if length > 0:
            draw_bar(drawing, left + 0.4, 0.4, length, 19, fill, outline=INK if fill is STRAW else None)


LABEL_GAP = 6.0


def ruler(picture: Ruler, width: float) -> Drawing:
    """A bar on a scale, with its targets."""
    drawing = Drawing(width, 46)
    amounts = [picture.value, *(mark.value for mark in picture.targets)]
    scale = Scale.over([*amounts, max(map(float, amounts)) * 1.13], 0, width)  # type: ignore[list-item]
    draw_bar(drawing, 0, 22, width, 14, STRAW)
    draw_bar(drawing, scale.at(0), 22, _seen(scale.at(picture.value) - scale.at(0)), 14)
    draw_text(drawing, 0, 4, picture.zero, color=SOFT)
    free_from = text_width(picture.zero) + LABEL_GAP
    for mark in sorted(picture.targets, key=lambda target: target.value):
        x, half = scale.at(mark.value), text_width(mark.name) / 2
        draw_rule(drawing, x, 16, x, 42, weight=1.2)
        middle = max(min(x, width - half), free_from + half)  # beside each other where the amounts are close
        draw_text(drawing, middle, 4, mark.name, anchor="middle")
        free_from = middle + half + LABEL_GAP
    return drawing
