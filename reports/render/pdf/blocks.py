"""Blocks: elements laid out in a width.

A block has a height, may split at a page end, and can draw itself. The space between two blocks is the larger of the
first one's `after` and the second one's `before`; there is none at the top of a page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.pdf_structure import StructureNode, Tag
from reports.render.typography.lengths import total_length
from reports.render.typography.line_breaking import Line, break_lines
from reports.render.typography.style import INK, EditionStyle, TextStyle
from reports.story.elements import Text

ASCENT = 1.03


class Block(ABC):
    """A laid-out element with a height."""

    before = 0.0
    after = 12.0
    keeps_next = False
    height = 0.0

    def least(self) -> float:
        """The smallest part that may begin on a page."""
        return self.height

    def part(self, room: float) -> tuple[Block, Block] | None:  # noqa: ARG002 (most blocks never part)
        """Split into a part that fits the room, and the rest; None where it cannot be split there."""
        return None

    @property
    def name(self) -> str:
        """The name used in DoesNotFit."""
        return type(self).__name__

    @abstractmethod
    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the block with its top at `y`."""


def draw_lines(canvas: PdfCanvas, x: float, y: float, rows: Sequence[Line], text_style: TextStyle) -> float:
    """Draw lines of text from `y` down; returns the `y` below them."""
    for row in rows:
        canvas.line(x, y + ASCENT * text_style.size, row, text_style.color)
        y += text_style.lead
    return y


class Prose(Block):
    """A paragraph. It splits between lines, with at least two lines on each page."""

    def __init__(
        self,
        rows: Sequence[Line],
        text_style: TextStyle,
        *,
        after: float = 12.0,
        tag: Tag = "P",
        node: StructureNode | None = None,
        keeps_next: bool = False,
    ) -> None:
        self.rows, self.text_style, self.after, self.keeps_next = rows, text_style, after, keeps_next
        self.node = node or StructureNode(tag)
        self.height = len(rows) * text_style.lead

    @classmethod
    def of(
        cls,
        text: Text,
        text_style: TextStyle,
        width: float,
        *,
        after: float = 12.0,
        tag: Tag = "P",
        keeps_next: bool = False,
    ) -> Prose:
        """A paragraph of a text in a width."""
        return cls(break_lines(text, text_style, width), text_style, after=after, tag=tag, keeps_next=keeps_next)

    def least(self) -> float:
        """Two lines, or all of a paragraph of up to three lines."""
        return self.height if len(self.rows) < 4 else 2 * self.text_style.lead

    def part(self, room: float) -> tuple[Block, Block] | None:
        """Split with at least two lines on either side."""
        count = min(int(room / self.text_style.lead), len(self.rows) - 2)
        if count < 2:
            return None
        first = Prose(self.rows[:count], self.text_style, node=self.node)
        rest = Prose(self.rows[count:], self.text_style, node=self.node, after=self.after, keeps_next=self.keeps_next)
        return first, rest

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw all lines under one tag."""
        with canvas.leaf(self.node):
            draw_lines(canvas, x, y, self.rows, self.text_style)


class Heading(Block):
    """The title of a page, with an optional small line above; an outline entry."""

    after = 6.0
    keeps_next = True

    def __init__(self, text: str, kicker: str, style: EditionStyle, width: float) -> None:
        self.text, self.style = text, style
        self.above = break_lines(kicker, style.kicker, width)
        self.rows = break_lines(text, style.title, width)
        self.height = len(self.above) * style.kicker.lead + len(self.rows) * style.title.lead

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the line above as a paragraph and the title as H1."""
        if self.above:
            with canvas.leaf(StructureNode("P")):
                y = draw_lines(canvas, x, y, self.above, self.style.kicker)
        canvas.bookmark(self.text, 0)
        with canvas.leaf(StructureNode("H1")):
            draw_lines(canvas, x, y, self.rows, self.style.title)


class SectionHeading(Block):
    """A section heading under a rule."""

    before = 12.0
    after = 5.0
    keeps_next = True
    above = 7.0

    def __init__(self, title: str, style: EditionStyle, width: float) -> None:
        self.title, self.width, self.text_style = title, width, style.section
        self.rows = break_lines(title, style.section, width)
        self.height = self.above + len(self.rows) * style.section.lead

    @property
    def name(self) -> str:
        """The heading."""
        return self.title

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Draw the rule as an artifact and the text as H2."""
        canvas.rule(x, y, self.width, 0.9, INK)
        canvas.bookmark(self.title, 1)
        with canvas.leaf(StructureNode("H2")):
            draw_lines(canvas, x, y + self.above, self.rows, self.text_style)


class ListBlock(Block):
    """Blocks under one tag, such as list items. It splits between them and stays one list."""

    def __init__(self, node: StructureNode, parts: Sequence[Block], after: float = 12.0) -> None:
        self.node, self.parts, self.after = node, parts, after
        self.height = total_length(part.height for part in parts)

    def least(self) -> float:
        """The first block."""
        return self.parts[0].height if self.parts else 0.0

    def part(self, room: float) -> tuple[Block, Block] | None:
        """Split after the last whole block that fits."""
        count = sum(below <= room for below in accumulate(part.height for part in self.parts))
        if not 0 < count < len(self.parts):
            return None
        return ListBlock(self.node, self.parts[:count]), ListBlock(self.node, self.parts[count:], self.after)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """One below the other."""
        with canvas.tree.inside(self.node):
            for part in self.parts:
                part.draw(canvas, x, y)
                y += part.height


class Stack(Block):
    """Blocks that stay together on one page."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.placed = list(place_blocks(blocks))
        self.height = self.placed[-1][0] + blocks[-1].height if blocks else 0.0
        self.before = blocks[0].before if blocks else 0.0
        self.after = blocks[-1].after if blocks else 0.0

    @property
    def name(self) -> str:
        """Its parts."""
        return ", ".join(block.name for _, block in self.placed)

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """One below the other."""
        for offset, block in self.placed:
            block.draw(canvas, x, y + offset)


class SideBySideBlock(Block):
    """Two stacks side by side; the left one is read first."""

    def __init__(self, left: Stack, right: Stack, shift: float) -> None:
        self.left, self.right, self.shift = left, right, shift
        self.height = max(left.height, right.height)
        self.before = max(left.before, right.before)
        self.after = max(left.after, right.after)

    @property
    def name(self) -> str:
        """Both sides."""
        return f"{self.left.name}, {self.right.name}"

    def draw(self, canvas: PdfCanvas, x: float, y: float) -> None:
        """Left, then right."""
        self.left.draw(canvas, x, y)
        self.right.draw(canvas, x + self.shift, y)


def gap(above: Block, below: Block) -> float:
    """The space between two blocks."""
    return max(above.after, below.before)


def place_blocks(blocks: Sequence[Block]) -> Iterator[tuple[float, Block]]:
    """Each block with its y offset, one below the other."""
    y = 0.0
    for index, block in enumerate(blocks):
        if index:
            y += blocks[index - 1].height + gap(blocks[index - 1], block)
        yield y, block


@contextmanager
def tagged(canvas: PdfCanvas, node: StructureNode | None, *, is_empty: bool = False) -> Iterator[None]:
    """Draw under a tag; under a tag without own content (`is_empty`); or, without a node, as an artifact."""
    if node is None:
        yield
    elif is_empty:
        with canvas.tree.inside(node):
            yield
    else:
        with canvas.leaf(node):
            yield
