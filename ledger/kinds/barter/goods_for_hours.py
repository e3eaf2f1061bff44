"""Goods for hours: work swapped for goods, the work as a thing in the swap; no time balance moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import EntryDraft, Quantity
from ledger.core.messages import N_, make_message
from ledger.kinds.barter.legs import Leg, Swap, is_unvalued, leg_lines
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_amount, field_duration, field_member, field_quantity, field_text


@dataclass(frozen=True, kw_only=True)
class GoodsForHours(Swap):
    """Work for goods at one agreed value. Hours of the time bank are never sold, so no time account moves."""

    slug: ClassVar[str] = "goods-for-hours"
    title: ClassVar[str] = N_("Goods for work")
    summary: ClassVar[str] = N_("Someone worked and received goods for it. Balances of hours stay as they are.")
    order: ClassVar[int] = 2

    helper: int = field_member(N_("Who worked?"))
    minutes: int = field_duration(N_("How long?"))
    work: str = field_text(N_("What was the work?"), example="Gardening")
    giver: int = field_member(N_("Who gave the goods?"))
    goods: str = field_text(N_("What were the goods?"), example="Potatoes")
    quantity: Quantity | None = field_quantity(N_("How much of them?"), example="12 kg stated", required=False)
    value: int | None = field_amount(
        N_("What is each half worth to both of you?"),
        hint=N_("A number you both find fair, never money. Leave it open if the halves are simply equal."),
        example="24.00",
        unit="value",
        required=False,
    )

    def people(self) -> frozenset[int]:
        """The two of them."""
        return frozenset(self.asks())

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who worked, and who gave goods."""
        return (self.helper,), (self.giver,)

    def asks(self) -> tuple[int, ...]:
        """Both say yes."""
        return self.helper, self.giver

    def swapped(self) -> tuple[Leg, Leg]:
        """The work one way and the goods the other."""
        worked = Quantity(self.minutes * 1000, "min", "stated")
        return (
            Leg(giver=self.helper, receiver=self.giver, what=self.work, quantity=worked, value=self.value),
            Leg(giver=self.giver, receiver=self.helper, what=self.goods, quantity=self.quantity, value=self.value),
        )

    def draft(self, books: BooksView) -> EntryDraft:
        """Two legs of one value; the minutes stand as a quantity only."""
        values = {"helper": books.name(self.helper), "giver": books.name(self.giver)}
        narration = make_message(
            "Swap: %(work)s (%(helper)s), %(goods)s (%(giver)s)", work=self.work, goods=self.goods, **values
        )
        facts = {"unvalued": 1} if is_unvalued(self.swapped()) else {}
        return self.entry(books, leg_lines(self.swapped()), narration, facts=facts)
