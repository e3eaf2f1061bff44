"""Print style: colours, paper sizes, the grid, and type sizes.

Each edition is one table of type sizes. The web pages share the palette; its colours differ in lightness, so they
stay distinct in greyscale.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from reportlab.lib.colors import Color, HexColor, white

from reports.render.typography.fonts import SANS, SERIF, STRONG, TITLE

_PRINT: Final = json.loads((Path(__file__).parent / "palette.json").read_text("utf-8"))["print"]

INK: Final[Color] = HexColor(_PRINT["ink"])
SOFT: Final[Color] = HexColor(_PRINT["soft"])
HAIR: Final[Color] = HexColor(_PRINT["hair"])
PINE: Final[Color] = HexColor(_PRINT["pine"])
PALE_PINE: Final[Color] = HexColor(_PRINT["pale-pine"])
CLAY: Final[Color] = HexColor(_PRINT["clay"])
HONEY: Final[Color] = HexColor(_PRINT["honey"])
STRAW: Final[Color] = HexColor(_PRINT["straw"])
WHITE: Final[Color] = white

LIVE_WIDTH: Final = 496.0
LIVE_HEIGHT: Final = 624.0
GUTTER: Final = 12.8

PaperName: TypeAlias = Literal["a4", "letter"]
EditionName: TypeAlias = Literal["standard"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper size, and the top margin of the live area of 496 by 624 points."""

    width: float
    height: float
    top: float

    @property
    def left(self) -> float:
        """The side margin, the same on both sides."""
        return (self.width - LIVE_WIDTH) / 2


PAPERS: Final[dict[PaperName, Paper]] = {"a4": Paper(595.28, 841.89, 92.0), "letter": Paper(612.0, 792.0, 72.0)}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A text style: font, bold font, size and leading in points, colour."""

    face: str
    strong: str
    size: float
    lead: float
    color: Color = INK


@dataclass(frozen=True, slots=True)
class EditionStyle:
    """The text styles of one edition. `row` and `fact_row` are row heights, `more` the height of each further line."""

    title: TextStyle
    kicker: TextStyle
    lead: TextStyle
    section: TextStyle
    pictured: TextStyle
    figure: TextStyle
    unit: TextStyle
    body: TextStyle
    says: TextStyle
    note: TextStyle
    label: TextStyle
    cell: TextStyle
    header_footer: TextStyle
    name: TextStyle
    row: float
    fact_row: float
    more: float


STANDARD: Final = EditionStyle(
    title=TextStyle(TITLE, TITLE, 30, 34),
    kicker=TextStyle(STRONG, STRONG, 13, 20, PINE),
    lead=TextStyle(SERIF, TITLE, 16, 22),
    section=TextStyle(TITLE, TITLE, 16, 20),
    pictured=TextStyle(TITLE, TITLE, 20, 24),
    figure=TextStyle(TITLE, TITLE, 27, 30),
    unit=TextStyle(SANS, STRONG, 13, 18, SOFT),
    body=TextStyle(SANS, STRONG, 13, 18),
    says=TextStyle(SERIF, TITLE, 13.5, 19),
    note=TextStyle(SANS, STRONG, 12, 16, SOFT),
    label=TextStyle(STRONG, STRONG, 12, 14.5, SOFT),
    cell=TextStyle(SANS, STRONG, 12.5, 15.5),
    header_footer=TextStyle(SANS, STRONG, 10, 14, SOFT),
    name=TextStyle(STRONG, STRONG, 13, 16),
    row=18.5,
    fact_row=20.5,
    more=15.5,
)
EDITIONS: Final[dict[EditionName, EditionStyle]] = {"standard": STANDARD}
