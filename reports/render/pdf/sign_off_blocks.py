"""Blocks for paper only: sign-off, forms, addresses, and the last line of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports.render.charts.qr_code import qr_code
from reports.render.pdf.blocks import Block, Prose, draw_lines
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.lengths import total_length
from reports.render.typography.line_breaking import all_strong, break_lines
from reports.render.typography.style import GUTTER, INK, LIVE_WIDTH, EditionStyle
from reports.story.elements import Address, PageFoot, SignOff, WritingLine
from reports.story.header_footer import HeaderFooter

LINE: Final = 35.0
SQUARE: Final = 70.0
GROUPS: Final = 8


def groups_of_four(chain_head: str, groups: int = 16) -> list[str]:
    """A hash in groups of four digits, for reading aloud."""
    return [chain_head[at : at + 4] for at in range(0, min(len(chain_head), 4 * groups), 4)]


class SignOffBlock(Block):
    """The sign-off: signers, remarks, and the full chain head with its QR code."""

    after = 0.0

    def __init__(self, sign_off: SignOff, header_footer: HeaderFooter, style: EditionStyle, width: float) -> None:
        self.sign_off, self.header_footer, self.style, self.width = sign_off, header_footer, style, width
        count = len(sign_off.signers)
        self.column = (width - GUTTER * (count - 1)) / max(count, 1)
        self.acts = [break_lines(all_strong(signer.act), style.name, self.column) for signer in sign_off.signers]
        self.who = [break_lines(signer.who, style.note, self.column) for signer in sign_off.signers]
        self.act_height = max(map(len, self.acts), default=1) * style.name.lead
        self.who_height = max(map(len, self.who), default=0) * style.note.lead
        labels = [
            [break_lines(label, style.note, self.column) for label in signer.lines] for signer in sign_off.signers
        ]
        self.labels = labels
        self.most = max(map(len, labels), default=0)
        longest = max((len(label) for column in labels for label in column), default=1)
        self.line = LINE + (longest - 1) * style.note.lead
        self.note = break_lines(sign_off.note, style.note, width)
        self.check = break_lines(sign_off.check, style.cell, width - SQUARE - 16)
        self.height = self._signing + self._remarks + self._checking

    @property
    def _signing(self) -> float:
        return 4 + self.act_height + self.who_height + self.line * self.most + 10

    @property
    def _remarks(self) -> float:
        return len(self.note) * self.style.note.lead + 52

    @property
    def _checking(self) -> float:
        return max(SQUARE, len(self.check) * self.style.cell.lead + 42)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw signers, remarks, and how to check."""
        for number in range(len(self.sign_off.signers)):
            self._draw_signer(canvas, x + number * (self.column + GUTTER), y, number)
        y += self._signing
        if self.note:
            with canvas.leaf(StructureNode("P")):
                draw_lines(canvas, x, y - 1, self.note, self.style.note)
        self._draw_remarks(canvas, x, y + len(self.note) * self.style.note.lead)
        self._draw_check(canvas, x, y + self._remarks)

    def _draw_signer(self, canvas: PdfCanvas, x: float, y: float, number: int) -> None:
        with canvas.leaf(StructureNode("P")):
            draw_lines(canvas, x, y - 1.4, self.acts[number], self.style.name)
            draw_lines(canvas, x, y + self.act_height, self.who[number], self.style.note)
        base = y + 26 + self.act_height + self.who_height
        for label in self.labels[number]:
            canvas.rule(x, base, self.column, 0.7, INK)
            with canvas.leaf(StructureNode("P")):
                draw_lines(canvas, x, base + 0.6, label, self.style.note)
            base += self.line

    def _draw_remarks(self, canvas: PdfCanvas, x: float, y: float) -> None:
        with canvas.leaf(StructureNode("P")):
            end = canvas.words(x, y + 14, self.sign_off.remarks, self.style.name, color=INK)
        start = max(end + 14, self.column + GUTTER)
        canvas.rule(x + start, y + 17, self.width - start, 0.7, INK)
        canvas.rule(x, y + 43, self.width, 0.7, INK)

    def _draw_check(self, canvas: PdfCanvas, x: float, y: float) -> None:
        head, left = self.header_footer.chain_head, x
        if self.header_footer.link:
            canvas.drawing(x, y, qr_code(self.header_footer.check(), SQUARE))
            left = x + SQUARE + 16
        with canvas.leaf(StructureNode("P")):
            y = draw_lines(canvas, left, y - 4, self.check, self.style.cell) + 18
        groups = groups_of_four(head)
        for start in range(0, len(groups), GROUPS):
            with canvas.leaf(StructureNode("P")):
                for number, group in enumerate(groups[start : start + GROUPS]):
                    canvas.words(left + number * 46, y, group, self.style.cell, strong=True)
            y += 17


class FormBlock(Block):
    """Rows of lines to write on by hand."""

    def __init__(self, rows: Sequence[Sequence[WritingLine]], style: EditionStyle, width: float) -> None:
        self.rows, self.style, self.width = rows, style, width
        self.height = 46.0 * len(rows)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the lines with labels below, where a writing hand does not cover them."""
        for row in self.rows:
            at, room = x, self.width - GUTTER * (len(row) - 1)
            for blank in row:
                width = room * blank.share / total_length(other.share for other in row)
                canvas.rule(at, y + 30, width, 0.7, INK)
                with canvas.leaf(StructureNode("P")):
                    draw_lines(
                        canvas, at, y + 31, break_lines(blank.label, self.style.note, width)[:1], self.style.note
                    )
                at += width + GUTTER
            y += 46.0


class AddressBlock(Block):
    """An address placed for a window envelope."""

    height = 86.0
    after = 0.0

    def __init__(self, address: Address, style: EditionStyle) -> None:
        self.rows = [line for text in address.lines for line in break_lines(text, style.body, LIVE_WIDTH / 2)]
        self.text_style = style.body
        self.height = max(self.height, 8 + len(self.rows) * style.body.lead + 12)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the address as one paragraph."""
        with canvas.leaf(StructureNode("P")):
            draw_lines(canvas, x, y + 8, self.rows, self.text_style)


class FootBlock(Prose):
    """The last line of a page."""

    before = 6.0

    @classmethod
    def last(cls, foot: PageFoot, style: EditionStyle) -> FootBlock:
        """The line in the full width."""
        return cls(break_lines(foot.text, style.note, LIVE_WIDTH), style.note, after=0.0)
