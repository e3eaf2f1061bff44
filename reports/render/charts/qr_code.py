"""The QR code of a report."""

from __future__ import annotations

import segno
from reportlab.graphics.shapes import Drawing, Path

from reports.render.charts.primitives import line_style
from reports.render.typography.style import INK


def qr_code(text: str, side: float) -> Drawing:
    """Draw a QR code as one path, one rectangle for each run of dark modules, so that no hairlines show."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    drawing, step = Drawing(side, side), side / len(rows)
    path = Path(**(line_style(INK, 0) | {"fillColor": INK, "strokeColor": None}))
    for number, row in enumerate(rows):
        for start, end in _dark(row):
            _rectangle(path, start * step, side - (number + 1) * step, (end - start) * step, step)
    drawing.add(path)
    return drawing


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """The start and end of each run of dark modules."""
    padded = [0, *row, 0]
    turns = [i for i in range(len(row) + 1) if bool(padded[i]) != bool(padded[i + 1])]
    return list(zip(turns[::2], turns[1::2], strict=True))


def _rectangle(path: Path, x: float, y: float, width: float, height: float) -> None:
    path.moveTo(x, y)
    path.lineTo(x + width, y)
    path.lineTo(x + width, y + height)
    path.lineTo(x, y + height)
    path.closePath()
