"""Donation: money given to the community, into one of its funds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import DONATIONS
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_fund, field_text
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class Donation(Papered):
    """A gift of money. The fund it goes into keeps the giver's wish; the giver is not named."""

    slug: ClassVar[str] = "donation"
    title: ClassVar[str] = N_("Gift of money")
    summary: ClassVar[str] = N_("Someone gave money to the community.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 1
    accounts: ClassVar[tuple[str, ...]] = (DONATIONS,)

    amount: int = field_amount(N_("How much was given?"))
    fund: str = field_fund(N_("Into which fund?"))
    into: str = field_account(N_("Where did the money go?"), among=("cash",))
    what: str | None = field_text(N_("What is it for?"), example="Summer feast", required=False)

    def draft(self, books: BooksView) -> EntryDraft:
        """Money against donations."""
        lines = (
            PostingDraft(money_account(books, self.into, self.fund), self.amount),
            PostingDraft(money_account(books, DONATIONS, self.fund), -self.amount),
        )
        return self.entry(books, lines, self.what or make_message("Gift of money"))
