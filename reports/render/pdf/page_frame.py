"""The furniture of a page: whose report it is, which books it was read from, where to check it, which page it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing, Line, Polygon

from reports.language.page_labels import Words
from reports.render.charts.primitives import cut
from reports.render.charts.qr_code import square
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.sign_off_blocks import fours
from reports.render.typography.fonts import SANS, STRONG
from reports.render.typography.line_breaking import width
from reports.render.typography.style import INK, PINE, SOFT, TALL, WHITE, WIDE, Style, Type
from reports.story.header_footer import Furniture

SIDE: Final = 44.0
HEAD_GROUPS: Final = 4
GAP: Final = 7.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Draws header and footer around the live block."""

    furniture: Furniture
    words: Words
    style: Style

    def draw(self, pen: PdfCanvas, page: int, pages: int, *, has_square: bool) -> None:
        """All of it is furniture: a reading voice passes over it."""
        with pen.margins():
            self._header(pen)
            self._footer(pen, page, pages, has_square=has_square)

    def _header(self, pen: PdfCanvas) -> None:
        furniture, size = self.furniture, self.style.furniture.size + 1
        name, plain = Type(STRONG, STRONG, size, 14), Type(SANS, STRONG, size, 14, SOFT)
        what, base = f"{furniture.report}, {furniture.period}", -30.0
        x, edition = 17.5, width(furniture.edition, plain)
        asked = x + width(furniture.community, name) + GAP + width(what, plain) + 20 + edition
        if asked > WIDE:
            base -= 15
        pen.stamp("mark", 0, base - 11, 12.5, lambda: mark(12.5))
        pen.words(WIDE, base, furniture.edition, plain, "right")
        community = cut(furniture.community, WIDE - x - edition - 20, STRONG, size)
        x += pen.words(x, base, community, name) + GAP
        if asked > WIDE:
            pen.words(17.5, base + 15, cut(what, WIDE - 17.5, SANS, size), plain)
        else:
            pen.words(x, base, what, plain)
        pen.rule(0, -21, WIDE, 0.6, INK)

    def _footer(self, pen: PdfCanvas, page: int, pages: int, *, has_square: bool) -> None:
        furniture, y, left = self.furniture, TALL + 14, 0.0
        pen.rule(0, y, WIDE, 0.6, INK)
        if has_square and furniture.link:
            code = furniture.check(4 * HEAD_GROUPS)
            pen.stamp("square", 0, y + GAP, SIDE, lambda: square(code, SIDE))
            left = SIDE + 10
        number = self.words.page % {"page": page, "pages": pages}
        pen.words(WIDE, y + 17, number, Type(STRONG, STRONG, 12, 14), "right")
        for base, text in zip((y + 17, y + 31, y + 45), self._books(), strict=True):
            pen.words(left, base, text, self.style.furniture)
        self._address(pen, y, WIDE - left - 20)

    def _books(self) -> tuple[str, str, str]:
        """Report and state; the last entry read; the head of the chain in fours."""
        furniture, words = self.furniture, self.words
        return (
            words.report % {"report": furniture.report_id, "state": furniture.state},
            words.entry_line(furniture),
            words.head % {"head": " ".join(fours(furniture.chain_head, HEAD_GROUPS))},
        )

    def _address(self, pen: PdfCanvas, y: float, room: float) -> None:
        """Where to check, at the right of the last line; a long address has a line of its own below."""
        if not self.furniture.address:
            return
        look, told = self.style.furniture, self.words.address % {"address": self.furniture.address}
        is_beside = width(told, look) <= room - width(self._books()[-1], look)
        pen.words(WIDE, y + (45 if is_beside else 62), told, look, "right")


def mark(size: float) -> Drawing:
    """The house with the hour in it."""
    k, drawing = size / 12, Drawing(size, size)
    drawing.add(Polygon([v * k for v in (0, 0, 12, 0, 12, 7, 6, 12, 0, 7)], fillColor=PINE, strokeColor=None))
    for x, y in ((6, 8.6), (8.8, 3.2)):
        drawing.add(Line(6 * k, 4.6 * k, x * k, y * k, strokeColor=WHITE, strokeWidth=1.3 * k, strokeLineCap=1))
    return drawing
