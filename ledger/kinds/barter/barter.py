"""Barter: things and favours swapped on one day, between two people or round a chain of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import EntryDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.barter.legs import Leg, Swap, is_unvalued, leg_lines, values_go_together
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_rows


@dataclass(frozen=True, kw_only=True)
class Barter(Swap):
    """A swap: each thing is a leg with the value both sides agreed on, in barter values that are never money.

    Everyone in it says yes before it stands in the books. Where no value was agreed, the legs are equal.
    """

    slug: ClassVar[str] = "barter"
    title: ClassVar[str] = N_("Swap")
    summary: ClassVar[str] = N_("Things swapped for things. Everyone in the swap says yes.")
    order: ClassVar[int] = 1

    legs: tuple[Leg, ...] = field_rows(N_("What changed hands?"), Leg)

    def problems(self) -> Mapping[str, Message]:
        """Values go together."""
        if values_go_together(self.legs):
            return {}
        return {"legs": make_message("Give each thing its value, or one value for all of them, or none at all.")}

    def people(self) -> frozenset[int]:
        """Everyone who gave or received something."""
        return frozenset(one for leg in self.legs for one in (leg.giver, leg.receiver))

    def asks(self) -> tuple[int, ...]:
        """Everyone in the swap says yes."""
        return tuple(dict.fromkeys(one for leg in self.legs for one in (leg.giver, leg.receiver)))

    def swapped(self) -> tuple[Leg, ...]:
        """Everything that changed hands."""
        return self.legs

    def draft(self, books: BooksView) -> EntryDraft:
        """Each receiver's barter position against each giver's."""
        narration = make_message("Swap: %(things)s", things=", ".join(_leg_text(leg, books) for leg in self.legs))
        facts = {"unvalued": 1} if is_unvalued(self.legs) else {}
        return self.entry(books, leg_lines(self.legs), narration, facts=facts)


def _leg_text(leg: Leg, books: BooksView) -> str:
    """One thing as a list shows it: what, and from whom to whom."""
    return f"{leg.what} ({books.name(leg.giver)} → {books.name(leg.receiver)})"
