"""Column widths: figures take what they need, texts share the rest and may wrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reports.render.typography.errors import DoesNotFit
from reports.render.typography.lengths import total_length
from reports.render.typography.line_breaking import all_strong, text_width, widest_word
from reports.render.typography.style import EditionStyle
from reports.story.elements import Cell, Column, Number, Status, TableRow, Text

FIGURES: Final = ("figures", "result")
LEAST_GAP: Final = 9.0
WORDS_GAP: Final = 14.0
MOST_GAP: Final = 36.0
STEP: Final = 14.0
WORD_LIMIT: Final = 120.0
SHORT_HEAD: Final = 60.0


@dataclass(frozen=True, slots=True)
class ColumnEdges:
    """The left and right edge of a column, and whether it is right-aligned."""

    left: float
    right: float
    at_right: bool

    @property
    def width(self) -> float:
        """The width of the column."""
        return self.right - self.left


def text_of(cell: Cell) -> str:
    """The text of a cell."""
    if isinstance(cell, Number):
        return cell.shown
    if isinstance(cell, Status):
        return f"→ {cell.shown}" if cell.is_open else f"{cell.shown} ✓"
    return cell


def cell_text(column: Column, row: TableRow, place: int) -> Text:
    """The text of a cell, in bold where needed."""
    text = text_of(row.cells[place])
    return all_strong(text) if is_strong(column, row, place) else text


def is_strong(column: Column, row: TableRow, place: int) -> bool:
    """Whether a cell is bold: names, results, totals, flagged cells and open checks."""
    if row.role != "line" or place in row.strong or column.kind in ("name", "result"):
        return True
    looked_at = row.cells if place == 0 else (row.cells[place],)
    return any(isinstance(cell, Status) and cell.is_open for cell in looked_at)


def column_edges(
    slug: str, columns: Sequence[Column], rows: Sequence[TableRow], style: EditionStyle, width: float
) -> tuple[ColumnEdges, ...]:
    """The column edges of a table in a width. Raises DoesNotFit where the minimum widths are too large."""
    gaps = _gaps(columns)
    measured = [ColumnMeasure.of(place, columns, rows, style) for place in range(len(columns))]
    room = width - total_length(gaps)
    least = total_length(column.least for column in measured)
    if least > room + 0.01:
        raise DoesNotFit(slug, least - room)
    widths = _share(columns, measured, room)
    _spread(columns, widths, gaps, width)
    return tuple(_place(columns, widths, gaps))


@dataclass(frozen=True, slots=True)
class ColumnMeasure:
    """The preferred and the minimum width of a column."""

    asked: float
    least: float

    @classmethod
    def of(cls, place: int, columns: Sequence[Column], rows: Sequence[TableRow], style: EditionStyle) -> ColumnMeasure:
        """Measure the head and all cells of a column."""
        column = columns[place]
        figure = [row for row in rows if place < len(row.cells) and row.role != "head"]
        texts = [cell_text(column, row, place) for row in figure]
        head = max(widest_word(column.head, style.label), _common_head(place, columns, style))
        if column.kind in FIGURES:
            least = max([head, *(text_width(text, style.cell) for text in texts)])
            return cls(max(least, _head_width(column.head, style)), least)
        steps = [row.step * STEP if place == 0 else 0.0 for row in figure]
        subs = [text_width(row.sub, style.note) for row in figure if place == 0]
        cells = [text_width(text, style.cell) + step for text, step in zip(texts, steps, strict=True)]
        words = [min(widest_word(text, style.cell), WORD_LIMIT) + step for text, step in zip(texts, steps, strict=True)]
        return cls(max([text_width(column.head, style.label), head, *cells, *subs]), max([head, *words]))


def _gaps(columns: Sequence[Column]) -> list[float]:
    """The gap before each column; wider before texts and before a new group."""
    gaps = [0.0]
    for before, column in pairwise(columns):
        is_close = column.group == before.group and column.kind in FIGURES
        gaps.append(LEAST_GAP if is_close else WORDS_GAP)
    return gaps


def _common_head(place: int, columns: Sequence[Column], style: EditionStyle) -> float:
    """This column's share of the width of its group head."""
    group = columns[place].group
    members = sum(column.group == group for column in columns)
    return (text_width(group, style.label) - LEAST_GAP * (members - 1)) / members if group else 0.0


def _head_width(head: str, style: EditionStyle) -> float:
    """The preferred width of a head: one line for a short head, two for a long one."""
    one_line, words = text_width(head, style.label), head.split(" ")
    if one_line <= SHORT_HEAD or len(words) < 2:
        return one_line
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return min(max(text_width(half, style.label) for half in both) for both in halves)


def _share(columns: Sequence[Column], measured: Sequence[ColumnMeasure], room: float) -> list[float]:
    """Give every column its minimum, then share the remaining room, texts first."""
    widths = [column.least for column in measured]
    for is_figure in (False, True):
        places = [place for place, column in enumerate(columns) if (column.kind in FIGURES) == is_figure]
        _give(measured, widths, places, room - total_length(widths))
    return widths


def _give(measured: Sequence[ColumnMeasure], widths: list[float], places: Sequence[int], left: float) -> None:
    wanting = [place for place in places if measured[place].asked > widths[place]]
    while wanting and left > 0.01:
        part = left / len(wanting)
        for place in wanting:
            more = min(part, measured[place].asked - widths[place])
            widths[place] += more
            left -= more
        wanting = [place for place in wanting if measured[place].asked - widths[place] > 0.01]


def _spread(columns: Sequence[Column], widths: list[float], gaps: list[float], width: float) -> None:
    """Spread remaining room over the gaps, up to a limit, then give it to the widest text column."""
    left = width - total_length(widths) - total_length(gaps)
    if len(gaps) > 1 and left > 0:
        more = min(left / (len(gaps) - 1), MOST_GAP - LEAST_GAP)
        for place in range(1, len(gaps)):
            gaps[place] += more
        left -= more * (len(gaps) - 1)
    words = [place for place, column in enumerate(columns) if column.kind not in (*FIGURES, "status")] or [0]
    widths[max(words, key=lambda place: widths[place])] += max(left, 0.0)


def _place(columns: Sequence[Column], widths: Sequence[float], gaps: Sequence[float]) -> list[ColumnEdges]:
    placed, x = [], 0.0
    for column, width, gap in zip(columns, widths, gaps, strict=True):
        placed.append(ColumnEdges(x + gap, x + gap + width, column.kind in (*FIGURES, "status")))
        x += gap + width
    return placed
