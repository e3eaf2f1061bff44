"""How the printed page looks: colours, papers, the grid, and the sizes of type by use.

Every size stands in one table for each edition, so that another edition is another table. Colours come from
the palette that the screens use too; their steps of lightness keep apart in grey.
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

WIDE: Final = 496.0
TALL: Final = 624.0
GUTTER: Final = 12.8

PaperName: TypeAlias = Literal["a4", "letter"]
EditionName: TypeAlias = Literal["standard"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its size, and where the live block of 496 by 624 points begins on it."""

    width: float
    height: float
    top: float

    @property
    def left(self) -> float:
        """The side margin, the same on both sides."""
        return (self.width - WIDE) / 2


PAPERS: Final[dict[PaperName, Paper]] = {"a4": Paper(595.28, 841.89, 92.0), "letter": Paper(612.0, 792.0, 72.0)}


@dataclass(frozen=True, slots=True)
class Type:
    """One use of type: the face, the face for words that stand out, size and leading in points, the colour."""

    face: str
    strong: str
    size: float
    lead: float
    color: Color = INK


@dataclass(frozen=True, slots=True)
class Style:
    """The sizes of one edition, in points. `row` is the height of a table row, `fact_row` of a name and value."""

    title: Type
    kicker: Type
    lead: Type
    section: Type
    pictured: Type
    figure: Type
    unit: Type
    body: Type
    says: Type
    note: Type
    label: Type
    cell: Type
    furniture: Type
    name: Type
    row: float
    fact_row: float
    more: float


STANDARD: Final = Style(
    title=Type(TITLE, TITLE, 30, 34),
    kicker=Type(STRONG, STRONG, 13, 20, PINE),
    lead=Type(SERIF, TITLE, 16, 22),
    section=Type(TITLE, TITLE, 16, 20),
    pictured=Type(TITLE, TITLE, 20, 24),
    figure=Type(TITLE, TITLE, 27, 30),
    unit=Type(SANS, STRONG, 13, 18, SOFT),
    body=Type(SANS, STRONG, 13, 18),
    says=Type(SERIF, TITLE, 13.5, 19),
    note=Type(SANS, STRONG, 12, 16, SOFT),
    label=Type(STRONG, STRONG, 12, 14.5, SOFT),
    cell=Type(SANS, STRONG, 12.5, 15.5),
    furniture=Type(SANS, STRONG, 10, 14, SOFT),
    name=Type(STRONG, STRONG, 13, 16),
    row=18.5,
    fact_row=20.5,
    more=15.5,
)
EDITIONS: Final[dict[EditionName, Style]] = {"standard": STANDARD}
