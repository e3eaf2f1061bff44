"""Charts over months: balances with targets, bars for a year, and small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from reportlab.graphics.shapes import Circle, Drawing, PolyLine

from reports.render.charts.primitives import (
    Scale,
    draw_bar,
    draw_hatch,
    draw_label_plate,
    draw_rule,
    draw_text,
    shorten,
    spread_labels,
    text_width,
)
from reports.render.typography.fonts import STRONG, TITLE
from reports.render.typography.lengths import total_length
from reports.render.typography.style import CLAY, GUTTER, HAIR, INK, PALE_PINE, PINE, SOFT, WHITE
from reports.story.chart_specs import BalanceLine, ChartLabel, MeterMonths, MonthEnd, SmallMultiples, YearLine

CHART_HEIGHT: Final = 226.0
LOW: Final = 24.0
LABEL: Final = 31.0
LINE: Final = 13.0
MULTIPLE: Final = 150.0
NARROWEST: Final = 140.0
KEY: Final = 24.0
KEY_LINE: Final = 17.0


class MonthAxes:
    """The axes of a chart over months: vertical scale, month positions, grid lines."""

    def __init__(
        self,
        drawing: Drawing,
        months: Sequence[MonthEnd],
        scale: Sequence[ChartLabel],
        targets: Sequence[ChartLabel],
        right: float,
    ) -> None:
        self.drawing = drawing
        self.left = max([text_width(mark.shown) for mark in scale], default=20.0) + 8
        self.right = drawing.width - right
        amounts = [month.value for month in months] + [mark.value for mark in (*scale, *targets)]
        self.up = Scale.over(amounts, LOW, drawing.height - 12, air=1.06)
        self.step = (self.right - self.left) / max(len(months), 1)
        for mark in _legible(scale, self.up):
            self._across(mark)
        longest = max([text_width(month.name) for month in months], default=0.0)
        every = max(1, -int(-(longest + 3) // self.step))
        for index, month in enumerate(months):
            if (len(months) - 1 - index) % every == 0:
                draw_text(drawing, self.x(index), LOW - 18, month.name, color=SOFT, anchor="middle")

    def x(self, index: int) -> float:
        """The x position of a month's middle."""
        return self.left + self.step * (index + 0.5)

    def _across(self, mark: ChartLabel) -> None:
        y, is_zero = self.up.at(mark.value), not mark.value
        draw_rule(self.drawing, self.left, y, self.right, y, INK if is_zero else HAIR, 0.9 if is_zero else 0.4)
        draw_text(self.drawing, self.left - 8, y - 4, mark.shown, color=SOFT, anchor="end")


def _legible(scale: Sequence[ChartLabel], up: Scale) -> list[ChartLabel]:
    """The grid lines with room for their number; 0 always has."""
    legible: list[ChartLabel] = []
    for mark in sorted(scale, key=lambda mark: (mark.value != 0, abs(mark.value))):
        if all(abs(up.at(mark.value) - up.at(other.value)) >= LINE for other in legible):
            legible.append(mark)
    return legible


def balance_line(picture: BalanceLine, width: float) -> Drawing:
    """Month-end balances as a line, with dashed targets labelled at the right edge."""
    drawing = Drawing(width, CHART_HEIGHT)
    labels = [text_width(t, STRONG) for mark in picture.targets for t in (mark.name, mark.shown)]
    field = MonthAxes(
        drawing,
        picture.months,
        picture.scale,
        picture.targets,
        max([*labels, text_width(picture.last, STRONG, 15)]) + 10,
    )
    blank = [i for i, month in enumerate(picture.months) if month.value is None and not month.is_hidden]
    if blank:
        draw_hatch(
            drawing, field.left, field.up.at(0) + 0.7, field.left + field.step * (blank[-1] + 1), CHART_HEIGHT - 12
        )
    for mark in picture.targets:
        y = field.up.at(mark.value)
        draw_rule(drawing, field.left, y, field.right, y, CLAY, 1.3, (6, 3))
    if blank and picture.why_empty:
        draw_label_plate(
            drawing, field.left + field.step * (blank[-1] + 1) / 2, (LOW + CHART_HEIGHT) / 2 + 10, picture.why_empty
        )
    _joined(field, picture.months)
    _edge_labels(field, picture)
    return drawing


def _joined(field: MonthAxes, months: Sequence[MonthEnd]) -> None:
    """Join the balances by a line, dotted across hidden months."""
    points = [(i, month.value) for i, month in enumerate(months) if month.value is not None]
    for (i, before), (j, after) in pairwise(points):
        is_gap = j - i > 1
        draw_rule(
            field.drawing,
            field.x(i),
            field.up.at(before),
            field.x(j),
            field.up.at(after),
            PINE,
            1.2 if is_gap else 2.6,
            (2, 4) if is_gap else None,
        )
    for i, value in points:
        field.drawing.add(Circle(field.x(i), field.up.at(value), 4, fillColor=PINE, strokeColor=WHITE, strokeWidth=1.2))


def _edge_labels(field: MonthAxes, picture: BalanceLine) -> None:
    """Label the last balance and the targets at the right edge, without overlap."""
    values = [month.value for month in picture.months if month.value is not None]
    entries: list[tuple[float, ChartLabel | None]] = [(field.up.at(mark.value), mark) for mark in picture.targets]
    if values:
        entries.append((field.up.at(values[-1]), None))
    entries.sort(key=lambda entry: -entry[0])
    places = spread_labels([y for y, _ in entries], LABEL, LOW, CHART_HEIGHT - 12)
    x = field.right + 8
    for y, (_, mark) in zip(places, entries, strict=True):
        if mark is None:
            draw_text(field.drawing, x, y - 3, picture.last, face=STRONG, size=15, color=PINE)
        else:
            draw_text(field.drawing, x, y - 1, mark.name, color=CLAY)
            draw_text(field.drawing, x, y - 15, mark.shown, face=STRONG, color=CLAY)


def year_line(picture: YearLine, width: float) -> Drawing:
    """One bar for each month, the last one labelled."""
    drawing = Drawing(width, 160)
    field = MonthAxes(drawing, picture.months, picture.scale, (), text_width(picture.last, STRONG, 15) + 12)
    points = [(i, month.value) for i, month in enumerate(picture.months) if month.value is not None]
    zero = field.up.at(0)
    for i, value in points:
        draw_bar(
            drawing,
            field.x(i) - field.step * 0.36,
            zero,
            field.step * 0.72,
            field.up.at(value) - zero,
            PINE if i == points[-1][0] else PALE_PINE,
        )
    if points:
        draw_text(
            drawing, field.right + 8, field.up.at(points[-1][1]) - 4, picture.last, face=STRONG, size=15, color=PINE
        )
    return drawing


def multiples(picture: SmallMultiples, width: float) -> Drawing:
    """One small chart for each meter with a shared key; stacked where the width is small."""
    across = max(len(picture.charts), 3)
    each = (width - GUTTER * (across - 1)) / across
    if each < NARROWEST:
        across, each = 1, width
    rows = -(-len(picture.charts) // across)
    key = _key_height(picture, width)
    drawing = Drawing(width, rows * MULTIPLE + key)
    for number, months in enumerate(picture.charts):
        row, place = divmod(number, across)
        _multiple(drawing, months, place * (each + GUTTER), key + (rows - 1 - row) * MULTIPLE, each)
    _multiples_key(drawing, picture, width)
    return drawing


def _multiple(drawing: Drawing, months: MeterMonths, x: float, y: float, width: float) -> None:
    low, reach = y + 22, width - text_width(months.shown, STRONG, 13) - 8
    up = Scale.over([*months.now, *months.before], low, y + 106)
    step = reach / max(len(months.now), 1)
    draw_text(drawing, x, y + 136, shorten(months.name, width, TITLE, 14), face=TITLE, size=14)
    draw_text(drawing, x, y + 119, months.unit, color=SOFT)
    for i, value in enumerate(months.now):
        if value is not None:
            is_recent = i >= len(months.now) - months.recent
            draw_bar(drawing, x + i * step + 1.2, low, step - 2.4, up.at(value) - low, PINE if is_recent else PALE_PINE)
    _steps(drawing, months.before, x, step, up)
    draw_rule(drawing, x, low, x + reach, low)
    draw_text(drawing, x, y + 6, months.first_month, color=SOFT)
    draw_text(drawing, x + reach, y + 6, months.last_month, color=SOFT, anchor="end")
    last = next((value for value in reversed(months.now) if value is not None), 0)
    draw_text(drawing, x + reach + 5, up.at(last) - 9, months.shown, face=STRONG, size=13, color=PINE)


def _steps(drawing: Drawing, before: Sequence[object], x: float, step: float, up: Scale) -> None:
    """Draw the year before as a step line, broken at months without a reading."""
    points: list[float] = []
    for i, value in enumerate([*before, None]):
        if value is not None:
            y = up.at(value)  # type: ignore[arg-type]
            points += [x + i * step, y, x + (i + 1) * step, y]
        elif points:
            drawing.add(PolyLine(points, strokeColor=INK, strokeWidth=1))
            points = []


def _key_is_wide(picture: SmallMultiples, width: float) -> bool:
    texts = (picture.recent_word, picture.earlier_word, picture.before_word)
    return 2 * (20 + 26) + 28 + total_length(map(text_width, texts)) <= width


def _key_height(picture: SmallMultiples, width: float) -> float:
    return KEY if _key_is_wide(picture, width) else KEY + 2 * KEY_LINE


def _multiples_key(drawing: Drawing, picture: SmallMultiples, width: float) -> None:
    """Draw the key in one line, or stacked where the width is small."""
    in_line = _key_is_wide(picture, width)
    x, y = 0.0, 0.0 if in_line else 2 * KEY_LINE
    for fill, text in ((PINE, picture.recent_word), (PALE_PINE, picture.earlier_word)):
        draw_bar(drawing, x, y + 3, 14, 10, fill)
        draw_text(drawing, x + 20, y + 4, text)
        x, y = (x + 20 + text_width(text) + 26, y) if in_line else (x, y - KEY_LINE)
    drawing.add(PolyLine([x, y + 4, x + 9, y + 4, x + 9, y + 11, x + 22, y + 11], strokeColor=INK, strokeWidth=1))
    draw_text(drawing, x + 28, y + 4, picture.before_word)
