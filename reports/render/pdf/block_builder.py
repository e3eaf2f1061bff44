"""Convert story elements to blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.render.charts.icons import draw_icon
from reports.render.pdf.big_figures import ChartBlock, PicturedSection, figures_block
from reports.render.pdf.blocks import Block, Heading, Prose, SectionHeading, SideBySideBlock, Stack
from reports.render.pdf.lists import points_block, proposals_block
from reports.render.pdf.sign_off_blocks import AddressBlock, FootBlock, FormBlock, SignOffBlock
from reports.render.pdf.tables import facts_block, table_block
from reports.render.typography.style import GUTTER, LIVE_WIDTH, EditionStyle
from reports.story.elements import (  # fmt: skip
    Address,
    BigFigures,
    Body,
    Chart,
    Element,
    Facts,
    Form,
    KeepTogether,
    Lead,
    Note,
    PageBreak,
    PageFoot,
    Points,
    Proposals,
    Section,
    Sentence,
    SideBySide,
    SignOff,
    Table,
    Title,
)
from reports.story.header_footer import HeaderFooter


@dataclass(slots=True)
class PageRun:
    """The blocks between two page breaks."""

    blocks: list[Block] = field(default_factory=list)
    foot: FootBlock | None = None


@dataclass(frozen=True, slots=True)
class BlockBuilder:
    """Builds blocks in one edition's style; the sign-off prints the chain head of the header data."""

    style: EditionStyle
    header_footer: HeaderFooter

    def runs(self, story: Sequence[Element]) -> list[PageRun]:
        """Split the story at its page breaks."""
        runs = [PageRun()]
        for element in story:
            if isinstance(element, PageBreak):
                runs.append(PageRun())
            elif isinstance(element, PageFoot):
                runs[-1].foot = FootBlock.last(element, self.style)
            else:
                runs[-1].blocks.append(self.block(element, LIVE_WIDTH))
        return [run for run in runs if run.blocks or run.foot]

    def block(self, element: Element, width: float) -> Block:
        """The block of one element in a width."""
        match element:
            case Title() | Lead() | Section() | Body() | Sentence() | Note() | Address():
                return self._words(element, width)
            case Table():
                return table_block(element, self.style, width)
            case Facts():
                return facts_block(element, self.style, width)
            case BigFigures():
                return figures_block(element.figures, self.style, width)
            case Chart():
                return ChartBlock(element, width)
            case Points():
                return points_block(element, self.style, width)
            case Proposals():
                return proposals_block(element, self.style, width)
            case SignOff():
                return SignOffBlock(element, self.header_footer, self.style, width)
            case Form():
                return FormBlock(element.rows, self.style, width)
            case SideBySide():
                half = (width - GUTTER) / 2
                return SideBySideBlock(self._stack(element.left, half), self._stack(element.right, half), half + GUTTER)
            case KeepTogether():
                return self._stack(element.elements, width)
            case _:
                raise ValueError("a foot and a page break stand between the elements of a story, not inside one")

    def _stack(self, elements: Sequence[Element], width: float) -> Stack:
        return Stack([self.block(element, width) for element in elements])

    def _words(self, element: Title | Lead | Section | Body | Sentence | Note | Address, width: float) -> Block:
        style = self.style
        match element:
            case Title():
                return Heading(element.text, element.kicker, style, width)
            case Section() if element.icon:
                return PicturedSection(element.title, draw_icon(element.icon, 40), style, width)
            case Section():
                return SectionHeading(element.title, style, width)
            case Lead():
                return Prose.of(element.text, style.lead, width, after=12, keeps_next=True)
            case Body():
                return Prose.of(element.text, style.body, width, after=10)
            case Sentence():
                return Prose.of(element.text, style.says, width, after=12)
            case Note():
                return Prose.of(element.text, style.note, width, after=8)
            case _:
                return AddressBlock(element, style)
