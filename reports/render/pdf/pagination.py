"""Pagination: blocks fill pages, headings stay with the next block, nothing is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.render.pdf.blocks import Block, gap
from reports.render.typography.errors import DoesNotFit
from reports.render.typography.style import LIVE_HEIGHT


@dataclass(slots=True)
class Page:
    """A page being filled: blocks with their y positions, and its last line."""

    room: float
    placed: list[tuple[float, Block]] = field(default_factory=list)
    foot: Block | None = None

    @property
    def below(self) -> float:
        """The bottom of the last block."""
        return self.placed[-1][0] + self.placed[-1][1].height if self.placed else 0.0

    def start_of(self, block: Block) -> float:
        """The y position at which a block would begin."""
        return self.below + gap(self.placed[-1][1], block) if self.placed else 0.0

    def add(self, block: Block) -> None:
        """Add a block below the last one."""
        self.placed.append((self.start_of(block), block))


def paginate(blocks: Sequence[Block], foot: Block | None = None) -> list[Page]:
    """Distribute blocks over pages; `foot` is at the bottom of the last one."""
    room = LIVE_HEIGHT - (foot.height + foot.before if foot else 0.0)
    pages = [Page(room)]
    for chain in _chains(blocks):
        _place(pages, chain)
    pages[-1].foot = foot
    return pages


def _chains(blocks: Sequence[Block]) -> list[list[Block]]:
    """Group headings with the first block after them."""
    chains: list[list[Block]] = [[]]
    for block in blocks:
        chains[-1].append(block)
        if not block.keeps_next:
            chains.append([])
    return [chain for chain in chains if chain]


def _place(pages: list[Page], chain: list[Block]) -> None:
    """Place a chain on the current or a new page; its last block may split."""
    *heads, last = chain
    if pages[-1].placed and not _can_begin(pages[-1], heads, last):
        pages.append(Page(pages[-1].room))
    for head in heads:
        pages[-1].add(head)
    while (rest := _put(pages[-1], last)) is not None:
        if rest is last and not pages[-1].placed:
            raise DoesNotFit(last.name, last.height - pages[-1].room)
        pages.append(Page(pages[-1].room))
        last = rest


def _can_begin(page: Page, heads: list[Block], last: Block) -> bool:
    trial = Page(page.room, list(page.placed))
    for head in heads:
        trial.add(head)
    return trial.start_of(last) + last.least() <= trial.room


def _put(page: Page, block: Block) -> Block | None:
    """Place as much of a block as fits; returns the rest, or None."""
    room = page.room - page.start_of(block)
    if block.height <= room:
        page.add(block)
        return None
    parts = block.part(room)
    if parts is None:
        return block
    page.add(parts[0])
    return parts[1]
