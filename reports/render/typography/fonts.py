"""The faces of the printed page: which letters they have, how wide a text runs, how it is shaped.

Digits are tabular by themselves, so figures are set as they stand. Words are kerned, without ligatures:
a drawn "ffe" would be copied out of the page as one odd letter.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.abag import ABag
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeFragWord

from reports.render.typography.errors import GlyphMissing, RightToLeft

SANS: Final = "Sans"
STRONG: Final = "SansStrong"
SERIF: Final = "Serif"
TITLE: Final = "SerifStrong"
OTHER: Final = "Other"
OTHER_STRONG: Final = "OtherStrong"

FOLDER: Final = Path(__file__).parent / "fonts"
FILES: Final = {
    SANS: "source-sans-3/SourceSans3_400Regular.ttf",
    STRONG: "source-sans-3/SourceSans3_600SemiBold.ttf",
    SERIF: "source-serif-4/SourceSerif4_400Regular.ttf",
    TITLE: "source-serif-4/SourceSerif4_600SemiBold.ttf",
    OTHER: "noto-sans/NotoSans_400Regular.ttf",
    OTHER_STRONG: "noto-sans/NotoSans_700Bold.ttf",
}
FALLBACK: Final = {SANS: (OTHER,), STRONG: (OTHER_STRONG,), SERIF: (SANS, OTHER), TITLE: (STRONG, OTHER_STRONG)}
FEATURES: Final = {"kern": True, "liga": False, "dlig": False, "clig": False}
JOINERS: Final = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some letters of a line that stand in one face, shaped and measured at one size."""

    face: str
    size: float
    text: str
    shaped: str
    width: float

    @property
    def reads_otherwise(self) -> bool:
        """Whether the drawn glyphs do not spell the text, so that it must be said beside them."""
        return str(self.shaped) != self.text


@cache
def register_fonts() -> None:
    """Make the faces known, and leave no way for a face that is not embedded to slip in."""
    for name, file in FILES.items():
        font = TTFont(name, str(FOLDER / file), shapable=True)
        pdfmetrics.registerFont(font)
        _name_every_glyph(font)
    rl_config.useA85 = 0
    rl_config.canvas_basefontname = SANS
    rl_config.defaultGraphicsFontName = SANS


def _name_every_glyph(font: Any) -> None:
    """Give glyphs without a letter their private code now, so that bytes do not depend on earlier pages."""
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def clean(text: str) -> str:
    """The text with letters composed, white space as plain spaces, and invisible signs left out."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if c in "\t\n\r\v\f\x85\u2028\u2029" else c
        for c in composed
        if c in JOINERS or unicodedata.category(c) != "Cf"
    )


@cache
def code_points(face: str) -> frozenset[int]:
    """The code points that a face has a shape for."""
    register_fonts()
    font: Any = pdfmetrics.getFont(face)
    return frozenset(code for code in font.face.charToGlyph if not 0xE000 <= code < 0xF900)


def _face_of(letter: str, face: str, before: str) -> str | None:
    """The first face that has the letter; marks and joiners stay with the letter they belong to."""
    belongs = letter in JOINERS or unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Mc", "Zs")
    order = (before, face, *FALLBACK[face]) if belongs and before else (face, *FALLBACK[face])
    return next((name for name in order if ord(letter) in code_points(name)), None)


@lru_cache(8192)
def split_by_font(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """The text in pieces (face, letters); raises GlyphMissing or RightToLeft rather than print it wrong."""
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        raise RightToLeft(text)
    pieces: list[tuple[str, str]] = []
    missing = ""
    for letter in text:
        found = _face_of(letter, face, pieces[-1][0] if pieces else "")
        if found is None:
            missing += letter
        elif pieces and pieces[-1][0] == found:
            pieces[-1] = (found, pieces[-1][1] + letter)
        else:
            pieces.append((found, letter))
    if missing:
        raise GlyphMissing(missing, text)
    return tuple(pieces)


@lru_cache(8192)
def text_runs(text: str, face: str, size: float) -> tuple[TextRun, ...]:
    """The text ready to be drawn in a face, with other faces where that one lacks letters."""
    return tuple(_shape(part, name, size) for name, part in split_by_font(clean(text), face))


def _shape(text: str, face: str, size: float) -> TextRun:
    fragment = ABag(fontName=face, fontSize=size)
    shaped: Any = shapeFragWord([0, (fragment, text)], features=FEATURES)[1][1]
    glyphs = getattr(shaped, "__shapeData__", None)
    if glyphs is None:
        return TextRun(face, size, text, shaped, pdfmetrics.stringWidth(shaped, face, size))
    return TextRun(face, size, text, shaped, sum(glyph.x_advance for glyph in glyphs) * size / 1000)


def text_width(text: str, face: str, size: float) -> float:
    """How far the text runs, in points."""
    return sum(run.width for run in text_runs(text, face, size))
