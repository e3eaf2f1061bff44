"""What is only for paper: room for pens, the sign-off, addresses for a window envelope, the last line of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports.render.charts.qr_code import qr_code
from reports.render.pdf.blocks import Block, Prose, draw_lines
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.line_breaking import all_strong, break_lines
from reports.render.typography.style import GUTTER, INK, LIVE_WIDTH, EditionStyle
from reports.story.elements import Address, PageFoot, SignOff, WritingLine
from reports.story.header_footer import HeaderFooter

LINE: Final = 35.0
SQUARE: Final = 70.0
GROUPS: Final = 8


def groups_of_four(chain_head: str, groups: int = 16) -> list[str]:
    """A hash in groups of four, as people read it to each other."""
    return [chain_head[at : at + 4] for at in range(0, min(len(chain_head), 4 * groups), 4)]


class SignOffBlock(Block):
    """Who prepared, who checked, who saw it; objections; and the whole hash with its square code."""

    after = 0.0

    def __init__(self, sign_off: SignOff, header_footer: HeaderFooter, style: EditionStyle, wide: float) -> None:
        self.sign_off, self.header_footer, self.style, self.wide = sign_off, header_footer, style, wide
        count = len(sign_off.signers)
        self.column = (wide - GUTTER * (count - 1)) / max(count, 1)
        self.acts = [break_lines(all_strong(signer.act), style.name, self.column) for signer in sign_off.signers]
        self.who = [break_lines(signer.who, style.note, self.column) for signer in sign_off.signers]
        self.tall = max(map(len, self.acts), default=1) * style.name.lead
        self.deep = max(map(len, self.who), default=0) * style.note.lead
        labels = [
            [break_lines(label, style.note, self.column) for label in signer.lines] for signer in sign_off.signers
        ]
        self.labels = labels
        self.most = max(map(len, labels), default=0)
        longest = max((len(label) for column in labels for label in column), default=1)
        self.line = LINE + (longest - 1) * style.note.lead
        self.note = break_lines(sign_off.note, style.note, wide)
        self.check = break_lines(sign_off.check, style.cell, wide - SQUARE - 16)
        self.height = self._signing + self._remarks + self._checking

    @property
    def _signing(self) -> float:
        return 4 + self.tall + self.deep + self.line * self.most + 10

    @property
    def _remarks(self) -> float:
        return len(self.note) * self.style.note.lead + 52

    @property
    def _checking(self) -> float:
        return max(SQUARE, len(self.check) * self.style.cell.lead + 42)

    def draw(self, pen: PdfCanvas, x: float, y: float) -> None:
        """The three acts, then remarks, then how to check."""
        for number in range(len(self.sign_off.signers)):
            self._draw_signer(pen, x + number * (self.column + GUTTER), y, number)
        y += self._signing
        if self.note:
            with pen.leaf(StructureNode("P")):
                draw_lines(pen, x, y - 1, self.note, self.style.note)
        self._draw_remarks(pen, x, y + len(self.note) * self.style.note.lead)
        self._draw_check(pen, x, y + self._remarks)

    def _draw_signer(self, pen: PdfCanvas, x: float, y: float, number: int) -> None:
        with pen.leaf(StructureNode("P")):
            draw_lines(pen, x, y - 1.4, self.acts[number], self.style.name)
            draw_lines(pen, x, y + self.tall, self.who[number], self.style.note)
        base = y + 26 + self.tall + self.deep
        for label in self.labels[number]:
            pen.rule(x, base, self.column, 0.7, INK)
            with pen.leaf(StructureNode("P")):
                draw_lines(pen, x, base + 0.6, label, self.style.note)
            base += self.line

    def _draw_remarks(self, pen: PdfCanvas, x: float, y: float) -> None:
        with pen.leaf(StructureNode("P")):
            end = pen.words(x, y + 14, self.sign_off.remarks, self.style.name, color=INK)
        start = max(end + 14, self.column + GUTTER)
        pen.rule(x + start, y + 17, self.wide - start, 0.7, INK)
        pen.rule(x, y + 43, self.wide, 0.7, INK)

    def _draw_check(self, pen: PdfCanvas, x: float, y: float) -> None:
        head, left = self.header_footer.chain_head, x
        if self.header_footer.link:
            pen.drawing(x, y, qr_code(self.header_footer.check(), SQUARE))
            left = x + SQUARE + 16
        with pen.leaf(StructureNode("P")):
            y = draw_lines(pen, left, y - 4, self.check, self.style.cell) + 18
        groups = groups_of_four(head)
        for start in range(0, len(groups), GROUPS):
            with pen.leaf(StructureNode("P")):
                for number, group in enumerate(groups[start : start + GROUPS]):
                    pen.words(left + number * 46, y, group, self.style.cell, strong=True)
            y += 17


class FormBlock(Block):
    """Rows of lines to write on."""

    def __init__(self, rows: Sequence[Sequence[WritingLine]], style: EditionStyle, wide: float) -> None:
        self.rows, self.style, self.wide = rows, style, wide
        self.height = 46.0 * len(rows)

    def draw(self, pen: PdfCanvas, x: float, y: float) -> None:
        """Labels under the lines, where a hand does not cover them."""
        for row in self.rows:
            at, room = x, self.wide - GUTTER * (len(row) - 1)
            for blank in row:
                wide = room * blank.share / sum(other.share for other in row)
                pen.rule(at, y + 30, wide, 0.7, INK)
                with pen.leaf(StructureNode("P")):
                    draw_lines(pen, at, y + 31, break_lines(blank.label, self.style.note, wide)[:1], self.style.note)
                at += wide + GUTTER
            y += 46.0


class AddressBlock(Block):
    """An address where a window envelope shows it; the letter begins below it."""

    height = 86.0
    after = 0.0

    def __init__(self, address: Address, style: EditionStyle) -> None:
        self.rows = [line for text in address.lines for line in break_lines(text, style.body, LIVE_WIDTH / 2)]
        self.look = style.body
        self.height = max(self.height, 8 + len(self.rows) * style.body.lead + 12)

    def draw(self, pen: PdfCanvas, x: float, y: float) -> None:
        """One paragraph, line by line."""
        with pen.leaf(StructureNode("P")):
            draw_lines(pen, x, y + 8, self.rows, self.look)


class FootBlock(Prose):
    """The last line of a page's block."""

    before = 6.0

    @classmethod
    def last(cls, foot: PageFoot, style: EditionStyle) -> FootBlock:
        """The line across the whole block."""
        return cls(break_lines(foot.text, style.note, LIVE_WIDTH), style.note, after=0.0)
