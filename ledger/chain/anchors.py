"""Anchors: a number and hash of the chain on a printed sheet or in a backup, compared with the books."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ledger.database.unit_of_work import UnitOfWork
from ledger.models import seal

MIN_DIGITS = 8
"""Fewer digits could match by chance."""


@dataclass(frozen=True)
class AnchorComparison:
    """An anchor and the hash in the books at its number; `stored` is None if the books end before the number."""

    seq: int
    anchor: str
    stored: str | None

    @property
    def agrees(self) -> bool:
        """Whether the books up to this number are unchanged since the anchor was taken."""
        return self.stored is not None and bool(self.anchor) and self.stored.startswith(self.anchor)


def normalize_anchor(text: str) -> str:
    """A hash copied from paper, without spaces and in lower case."""
    return "".join(text.split()).lower()


def is_anchor(text: str) -> bool:
    """Whether a text can be the start of a hash: 8 to 64 hexadecimal digits."""
    digits = normalize_anchor(text)
    return MIN_DIGITS <= len(digits) <= 64 and all(digit in "0123456789abcdef" for digit in digits)


def compare_anchor(uow: UnitOfWork, seq: int, anchor: str) -> AnchorComparison:
    """Compare an anchor with the seal of its number, which covers every entry and act up to it."""
    query = select(seal.c.hash).where(seal.c.community_id == uow.community_id, seal.c.seq == seq, seal.c.seq <= uow.at)
    stored = uow.connection.scalar(query)
    return AnchorComparison(seq, normalize_anchor(anchor), None if stored is None else bytes(stored).hex())
