"""Payable paid: a bill that was in the books already is paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import PAYABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_fund, field_text
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class PayablePaid(Papered):
    """Money leaves for what was owed; the cost was counted when the bill came."""

    slug: ClassVar[str] = "payable-paid"
    title: ClassVar[str] = N_("Bill paid")
    summary: ClassVar[str] = N_("A bill that was written down earlier is paid now.")
    group: ClassVar[str] = "enterprise"
    order: ClassVar[int] = 4
    accounts: ClassVar[tuple[str, ...]] = (PAYABLES,)

    what: str = field_text(N_("Which bill was paid?"), example="Tomato seed")
    amount: int = field_amount(N_("How much was paid?"))
    fund: str = field_fund(N_("Whose bill was it?"), example="COP")
    paid_from: str = field_account(N_("Where did the money come from?"), among=("cash",))

    def draft(self, books: BooksView) -> EntryDraft:
        """What was owed against money."""
        lines = (
            PostingDraft(money_account(books, PAYABLES, self.fund), self.amount),
            PostingDraft(money_account(books, self.paid_from, self.fund), -self.amount),
        )
        return self.entry(books, lines, self.what)
