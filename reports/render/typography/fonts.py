"""Fonts: coverage, text width and shaping.

The fonts have tabular digits. Text is kerned but has no ligatures, because a ligature such as "ffe" would be copied
from the PDF as one unknown letter.
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
from reports.render.typography.lengths import total_length

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
    """A run of text in one font and size, shaped and measured."""

    face: str
    size: float
    text: str
    shaped: str
    width: float

    @property
    def reads_otherwise(self) -> bool:
        """Whether the glyphs do not spell the text, so that the PDF needs an /ActualText."""
        return str(self.shaped) != self.text


@cache
def register_fonts() -> None:
    """Register the fonts with reportlab, also as its defaults, so that only embedded fonts are used."""
    for name, file in FILES.items():
        font = TTFont(name, str(FOLDER / file), shapable=True)
        pdfmetrics.registerFont(font)
        _name_every_glyph(font)
    rl_config.useA85 = 0
    rl_config.canvas_basefontname = SANS
    rl_config.defaultGraphicsFontName = SANS


def _name_every_glyph(font: Any) -> None:
    """Assign private code points to unmapped glyphs now, so that the bytes do not depend on earlier documents."""
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def clean(text: str) -> str:
    """The text in NFC, with plain spaces and without invisible format characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if c in "\t\n\r\v\f\x85\u2028\u2029" else c
        for c in composed
        if c in JOINERS or unicodedata.category(c) != "Cf"
    )


@cache
def code_points(face: str) -> frozenset[int]:
    """The code points that a font has glyphs for."""
    register_fonts()
    font: Any = pdfmetrics.getFont(face)
    return frozenset(code for code in font.face.charToGlyph if not 0xE000 <= code < 0xF900)


def _face_of(letter: str, face: str, before: str) -> str | None:
    """The first font with a glyph for the letter; combining marks and joiners stay in the font before them."""
    belongs = letter in JOINERS or unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Mc", "Zs")
    order = (before, face, *FALLBACK[face]) if belongs and before else (face, *FALLBACK[face])
    return next((name for name in order if ord(letter) in code_points(name)), None)


@lru_cache(8192)
def split_by_font(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """Split the text into pieces (font, letters). Raises GlyphMissing or RightToLeft."""
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        raise RightToLeft(text)
    pieces: list[tuple[str, str]] = []
    missing = ""
    for letter in text:
        font = _face_of(letter, face, pieces[-1][0] if pieces else "")
        if font is None:
            missing += letter
        elif pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + letter)
        else:
            pieces.append((font, letter))
    if missing:
        raise GlyphMissing(missing, text)
    return tuple(pieces)


@lru_cache(8192)
def text_runs(text: str, face: str, size: float) -> tuple[TextRun, ...]:
    """The text as runs ready to draw, with fallback fonts where needed."""
    return tuple(_shape(part, name, size) for name, part in split_by_font(clean(text), face))


def _shape(text: str, face: str, size: float) -> TextRun:
    fragment = ABag(fontName=face, fontSize=size)
    shaped: Any = shapeFragWord([0, (fragment, text)], features=FEATURES)[1][1]
    glyphs = getattr(shaped, "__shapeData__", None)
    if glyphs is None:
        return TextRun(face, size, text, shaped, pdfmetrics.stringWidth(shaped, face, size))
    return TextRun(face, size, text, shaped, sum(glyph.x_advance for glyph in glyphs) * size / 1000)


def text_width(text: str, face: str, size: float) -> float:
    """The width of the text, in points."""
    return total_length(run.width for run in text_runs(text, face, size))
