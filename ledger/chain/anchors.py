"""Marks: what a printed sheet or a backup keeps of the chain, held against the books of today."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ledger.database.unit_of_work import UnitOfWork
from ledger.models import seal

MIN_DIGITS = 8
"""With fewer digits a mark would be met by chance."""


@dataclass(frozen=True)
class AnchorComparison:
    """A kept mark beside the books: the mark that stands there (None where the books do not reach the number)."""

    seq: int
    kept: str
    found: str | None

    @property
    def agrees(self) -> bool:
        """Whether the books still hold, up to this number, what they held when the mark was kept."""
        return self.found is not None and bool(self.kept) and self.found.startswith(self.kept)


def normalize_anchor(written: str) -> str:
    """A mark as people copy it from paper: spaces and capitals do not matter."""
    return "".join(written.split()).lower()


def is_anchor(written: str) -> bool:
    """Whether this could be the beginning of a mark: 8 to 64 hexadecimal digits."""
    mark = normalize_anchor(written)
    return MIN_DIGITS <= len(mark) <= 64 and all(digit in "0123456789abcdef" for digit in mark)


def compare_anchor(uow: UnitOfWork, seq: int, kept: str) -> AnchorComparison:
    """Hold a mark that was kept against the seal of its number: it binds every entry and act before it."""
    query = select(seal.c.hash).where(seal.c.community_id == uow.community_id, seal.c.seq == seq, seal.c.seq <= uow.at)
    found = uow.connection.scalar(query)
    return AnchorComparison(seq, normalize_anchor(kept), None if found is None else bytes(found).hex())
