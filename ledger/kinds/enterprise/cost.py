"""Cost: something was paid for, out of one fund."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_
from ledger.kinds.books_view import BooksView
from ledger.kinds.enterprise.bill_fields import Bill
from ledger.kinds.fields import field_account, field_member
from ledger.kinds.money import common_programme, cost_lines, money_account


@dataclass(frozen=True, kw_only=True)
class Cost(Bill):
    """A cost paid at once from bank or cash. A member is paid back for materials only, never for time."""

    slug: ClassVar[str] = "cost"
    title: ClassVar[str] = N_("Cost paid")
    summary: ClassVar[str] = N_("Something was bought and paid for.")
    order: ClassVar[int] = 2

    paid_from: str = field_account(N_("Where did the money come from?"), among=("cash",))
    paid_to: int | None = field_member(
        N_("Which member was paid back?"),
        hint=N_("Nobody writes down a payment to themselves without a second person."),
        required=False,
    )

    def payee(self) -> int | None:
        """The member who is paid back."""
        return self.paid_to

    def draft(self, books: BooksView) -> EntryDraft:
        """Each line's cost against the money."""
        paid = PostingDraft(
            money_account(books, self.paid_from, self.fund), -self.total(), common_programme(self.lines())
        )
        return self.entry(books, [*cost_lines(books, self.fund, self.lines()), paid], self.what)
