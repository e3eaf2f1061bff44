"""Lists, and proposals with boxes to tick by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports.render.pdf.blocks import Block, ListBlock, draw_lines
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.pdf_structure import StructureNode
from reports.render.typography.lengths import total_length
from reports.render.typography.line_breaking import Line, break_lines, text_width
from reports.render.typography.style import HAIR, INK, PINE, EditionStyle, TextStyle
from reports.story.elements import Points, Proposal, Proposals, Text

INDENT: Final = 20.0
BOX_GAP: Final = 5.0
CHOICE_GAP: Final = 14.0
STEP: Final = 16.0


class Item(Block):
    """One list item: its bullet or number, then its text."""

    def __init__(self, sign: str, text: Text, style: EditionStyle, width: float) -> None:
        self.sign, self.text_style = sign, style.body
        self.rows = break_lines(text, style.body, width - INDENT)
        self.height = len(self.rows) * style.body.lead + 4

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the bullet as the item's label, then its text."""
        with canvas.tree.inside(StructureNode("LI")):
            with canvas.leaf(StructureNode("Lbl")):
                canvas.words(x, y + self.text_style.size * 1.03, self.sign, self.text_style, strong=True, color=PINE)
            with canvas.leaf(StructureNode("LBody")):
                draw_lines(canvas, x + INDENT, y, self.rows, self.text_style)


class Decision(Block):
    """One proposal: number, text, proposer, and boxes to tick."""

    def __init__(self, number: int, proposal: Proposal, style: EditionStyle, width: float, *, is_first: bool) -> None:
        self.number, self.proposal, self.style, self.width, self.is_first = number, proposal, style, width, is_first
        self.text_style = TextStyle(style.cell.face, style.cell.strong, style.cell.size, 16)
        self.rows = break_lines(proposal.text, self.text_style, width - INDENT)
        self.by: tuple[Line, ...] = break_lines(proposal.by, style.note, width - INDENT)
        self.is_beside = (
            len(self.by) <= 1 and text_width(proposal.by, style.note) + self._boxes() + 20 <= width - INDENT
        )
        below = len(self.by) if self.is_beside else len(self.by) + bool(proposal.choices)
        if self.is_beside and proposal.choices and not self.by:
            below = 1
        self.height = 2 + len(self.rows) * self.text_style.lead + below * STEP + 3

    def _boxes(self) -> float:
        text_style = self.style.note
        return total_length(
            text_style.size * 0.85 + BOX_GAP + text_width(text, text_style) + CHOICE_GAP
            for text in self.proposal.choices
        )

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the proposal. The boxes are on the right, on the proposer's line where there is room."""
        if not self.is_first:
            canvas.rule(x, y, self.width, 0.5, HAIR)
        with canvas.tree.inside(StructureNode("LI")):
            with canvas.leaf(StructureNode("Lbl")):
                canvas.words(x, y + 16, str(self.number), self.style.section, color=PINE)
            with canvas.leaf(StructureNode("LBody")):
                base = draw_lines(canvas, x + INDENT, y + 2, self.rows, self.text_style) + 12
                for row in self.by:
                    canvas.line(x + INDENT, base, row, self.style.note.color)
                    base += STEP
                up = STEP if self.is_beside and self.by else 0.0
                self._draw_boxes(canvas, x + self.width - self._boxes(), base - up)

    def _draw_boxes(self, canvas: PdfCanvas, x: float, y: float) -> None:
        text_style = self.style.note
        for text in self.proposal.choices:
            side = text_style.size * 0.85
            canvas.square(x, y + 1, side)
            x += side + BOX_GAP
            x += canvas.words(x, y, text, text_style, color=INK) + CHOICE_GAP


def points_block(points: Points, style: EditionStyle, width: float) -> Block:
    """A bulleted or numbered list."""
    signs = [f"{number}." if points.is_numbered else "–" for number in range(1, len(points.items) + 1)]
    return ListBlock(
        StructureNode("L"), [Item(sign, text, style, width) for sign, text in zip(signs, points.items, strict=True)]
    )


def proposals_block(proposals: Proposals, style: EditionStyle, width: float) -> Block:
    """The numbered list of proposals."""
    items: Sequence[Block] = [
        Decision(number, item, style, width, is_first=number == 1) for number, item in enumerate(proposals.items, 1)
    ]
    return ListBlock(StructureNode("L"), items)
