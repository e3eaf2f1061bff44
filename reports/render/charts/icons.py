"""Section icons: people, clock, coins, leaf, jar, umbrella, talk."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Rect
from reportlab.lib.colors import Color

from reports.render.typography.style import HONEY, INK, PINE, STRAW, WHITE

BOX: Final = 96.0
Step = tuple[str, *tuple[float, ...]]


def draw_icon(name: str, side: float) -> Drawing:
    """Draw an icon in a square."""
    drawing, group = Drawing(side, side), Group()
    ICONS[name](group)
    group.scale(side / BOX, side / BOX)
    drawing.add(group)
    return drawing


def _pen(fill: Color | None = None, color: Color = INK, weight: float = 3.2) -> dict[str, Any]:
    return {"fillColor": fill, "strokeColor": color, "strokeWidth": weight, "strokeLineCap": 1, "strokeLineJoin": 1}


def _path(group: Group, steps: Sequence[Step], **look: Any) -> None:
    path = Path(**look)
    ways: dict[str, Callable[..., None]] = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.closePath}
    for way, *numbers in steps:
        ways[way](*numbers)
    group.add(path)


def _coin(group: Group, x: float, y: float, width: float) -> None:
    height = 9.0
    _path(
        group,
        [
            ("M", x, y + height),
            ("L", x, y),
            ("C", x, y - height, x + width, y - height, x + width, y),
            ("L", x + width, y + height),
            ("C", x + width, y, x, y, x, y + height),
            ("Z",),
        ],
        **_pen(HONEY, weight=2.6),
    )
    _path(
        group,
        [
            ("M", x, y + height),
            ("C", x, y + 2 * height, x + width, y + 2 * height, x + width, y + height),
            ("C", x + width, y, x, y, x, y + height),
            ("Z",),
        ],
        **_pen(STRAW, weight=2.6),
    )


def _coins(group: Group) -> None:
    for x, count in ((52, 3), (10, 5)):
        for number in range(count):
            _coin(group, x, 16 + 12 * number, 36)


def _jar(group: Group) -> None:
    _path(
        group,
        [
            ("M", 26, 76),
            ("C", 12, 68, 14, 60, 14, 50),
            ("L", 14, 20),
            ("C", 14, 8, 20, 6, 28, 6),
            ("L", 68, 6),
            ("C", 76, 6, 82, 8, 82, 20),
            ("L", 82, 50),
            ("C", 82, 60, 84, 68, 70, 76),
            ("Z",),
        ],
        **_pen(WHITE),
    )
    for x, y in ((24, 16), (48, 16), (36, 28), (40, 40)):
        _coin(group, x, y, 24)
    group.add(Rect(22, 76, 52, 12, rx=4, ry=4, **_pen(PINE)))


def _umbrella(group: Group) -> None:
    _path(
        group,
        [
            ("M", 6, 50),
            ("C", 10, 100, 86, 100, 90, 50),
            ("C", 80, 60, 70, 60, 62, 50),
            ("C", 54, 60, 42, 60, 34, 50),
            ("C", 26, 60, 16, 60, 6, 50),
            ("Z",),
        ],
        **_pen(PINE),
    )
    _path(group, [("M", 48, 54), ("L", 48, 16), ("C", 48, 4, 64, 4, 64, 16)], **_pen())
    group.add(Line(48, 88, 48, 94, **_pen()))


def _clock(group: Group) -> None:
    group.add(Circle(48, 48, 40, **_pen(WHITE)))
    for number in range(12):
        angle, inner = math.pi * number / 6, 32 if number % 3 else 29
        group.add(
            Line(
                48 + inner * math.cos(angle),
                48 + inner * math.sin(angle),
                48 + 34 * math.cos(angle),
                48 + 34 * math.sin(angle),
                **_pen(weight=2.6),
            )
        )
    group.add(Line(48, 48, 48, 72, **_pen(color=PINE, weight=5)))
    group.add(Line(48, 48, 64, 40, **_pen(color=PINE, weight=5)))
    group.add(Circle(48, 48, 4, fillColor=PINE, strokeColor=None))


def _person(group: Group, x: float, y: float, size: float, fill: Color) -> None:
    k = size
    _path(
        group,
        [("M", x - 22 * k, y), ("C", x - 22 * k, y + 44 * k, x + 22 * k, y + 44 * k, x + 22 * k, y), ("Z",)],
        **_pen(fill),
    )
    group.add(Circle(x, y + 48 * k, 13 * k, **_pen(fill)))


def _people(group: Group) -> None:
    for x, y, size, fill in ((20, 20, 0.8, HONEY), (76, 20, 0.8, HONEY), (48, 10, 1.0, PINE)):
        _person(group, x, y, size, fill)


def _leaf(group: Group) -> None:
    _path(group, [("M", 20, 24), ("C", 4, 70, 40, 90, 86, 86), ("C", 90, 40, 66, 6, 20, 24), ("Z",)], **_pen(PINE))
    _path(group, [("M", 8, 8), ("C", 24, 34, 40, 50, 64, 64)], **_pen(color=WHITE, weight=3))
    _path(group, [("M", 8, 8), ("L", 20, 24)], **_pen())


def _talk(group: Group) -> None:
    _path(
        group,
        [
            ("M", 36, 92),
            ("L", 80, 92),
            ("C", 88, 92, 92, 88, 92, 80),
            ("L", 92, 62),
            ("C", 92, 54, 88, 50, 80, 50),
            ("L", 36, 50),
            ("C", 28, 50, 24, 54, 24, 62),
            ("L", 24, 80),
            ("C", 24, 88, 28, 92, 36, 92),
            ("Z",),
        ],
        **_pen(STRAW),
    )
    _path(group, [("M", 42, 70), ("L", 54, 60), ("L", 74, 82)], **_pen(color=PINE, weight=5.5))
    _person(group, 20, 6, 0.75, HONEY)
    _person(group, 74, 6, 0.75, PINE)


ICONS: Final[dict[str, Callable[[Group], None]]] = {
    "people": _people,
    "clock": _clock,
    "coins": _coins,
    "leaf": _leaf,
    "jar": _jar,
    "umbrella": _umbrella,
    "talk": _talk,
}
