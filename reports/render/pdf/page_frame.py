"""The header and footer of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing, Line, Polygon

from reports.language.page_labels import PageLabels
from reports.render.charts.primitives import shorten
from reports.render.charts.qr_code import qr_code
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.sign_off_blocks import groups_of_four
from reports.render.typography.fonts import SANS, STRONG
from reports.render.typography.line_breaking import text_width
from reports.render.typography.style import INK, LIVE_HEIGHT, LIVE_WIDTH, PINE, SOFT, WHITE, EditionStyle, TextStyle
from reports.story.header_footer import HeaderFooter

SIDE: Final = 44.0
HEAD_GROUPS: Final = 4
GAP: Final = 7.0


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Draws header and footer around the live area."""

    header_footer: HeaderFooter
    labels: PageLabels
    style: EditionStyle

    def draw(self, canvas: PdfCanvas, page: int, pages: int, *, has_square: bool) -> None:
        """Draw header and footer as artifacts, which screen readers skip."""
        with canvas.margins():
            self._header(canvas)
            self._footer(canvas, page, pages, has_square=has_square)

    def _header(self, canvas: PdfCanvas) -> None:
        header_footer, size = self.header_footer, self.style.header_footer.size + 1
        name, plain = TextStyle(STRONG, STRONG, size, 14), TextStyle(SANS, STRONG, size, 14, SOFT)
        what, base = f"{header_footer.report}, {header_footer.period}", -30.0
        x, edition = 17.5, text_width(header_footer.edition, plain)
        needed = x + text_width(header_footer.community, name) + GAP + text_width(what, plain) + 20 + edition
        if needed > LIVE_WIDTH:
            base -= 15
        canvas.stamp("mark", 0, base - 11, 12.5, lambda: logo(12.5))
        canvas.words(LIVE_WIDTH, base, header_footer.edition, plain, "right")
        community = shorten(header_footer.community, LIVE_WIDTH - x - edition - 20, STRONG, size)
        x += canvas.words(x, base, community, name) + GAP
        if needed > LIVE_WIDTH:
            canvas.words(17.5, base + 15, shorten(what, LIVE_WIDTH - 17.5, SANS, size), plain)
        else:
            canvas.words(x, base, what, plain)
        canvas.rule(0, -21, LIVE_WIDTH, 0.6, INK)

    def _footer(self, canvas: PdfCanvas, page: int, pages: int, *, has_square: bool) -> None:
        header_footer, y, left = self.header_footer, LIVE_HEIGHT + 14, 0.0
        canvas.rule(0, y, LIVE_WIDTH, 0.6, INK)
        if has_square and header_footer.link:
            code = header_footer.check(4 * HEAD_GROUPS)
            canvas.stamp("square", 0, y + GAP, SIDE, lambda: qr_code(code, SIDE))
            left = SIDE + 10
        number = self.labels.page % {"page": page, "pages": pages}
        canvas.words(LIVE_WIDTH, y + 17, number, TextStyle(STRONG, STRONG, 12, 14), "right")
        for base, text in zip((y + 17, y + 31, y + 45), self._books(), strict=True):
            canvas.words(left, base, text, self.style.header_footer)
        self._address(canvas, y, LIVE_WIDTH - left - 20)

    def _books(self) -> tuple[str, str, str]:
        """The three lines of the footer: report and state, last entry, chain head."""
        header_footer, labels = self.header_footer, self.labels
        return (
            labels.report % {"report": header_footer.report_id, "state": header_footer.state},
            labels.entry_line(header_footer),
            labels.head % {"head": " ".join(groups_of_four(header_footer.chain_head, HEAD_GROUPS))},
        )

    def _address(self, canvas: PdfCanvas, y: float, room: float) -> None:
        """Draw the address for checking, on the last line or, if too long, below it."""
        if not self.header_footer.address:
            return
        text_style, figure = self.style.header_footer, self.labels.address % {"address": self.header_footer.address}
        is_beside = text_width(figure, text_style) <= room - text_width(self._books()[-1], text_style)
        canvas.words(LIVE_WIDTH, y + (45 if is_beside else 62), figure, text_style, "right")


def logo(size: float) -> Drawing:
    """Hourstead's logo: a house with clock hands."""
    k, drawing = size / 12, Drawing(size, size)
    drawing.add(Polygon([v * k for v in (0, 0, 12, 0, 12, 7, 6, 12, 0, 7)], fillColor=PINE, strokeColor=None))
    for x, y in ((6, 8.6), (8.8, 3.2)):
        drawing.add(Line(6 * k, 4.6 * k, x * k, y * k, strokeColor=WHITE, strokeWidth=1.3 * k, strokeLineCap=1))
    return drawing
