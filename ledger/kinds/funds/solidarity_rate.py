"""Solidarity rate: less is asked of someone than of others, as the assembly's price list says; no name is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import DUES, MEMBER_RECEIVABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import Papered, Privacy
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_amount, field_decision, field_fund
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class SolidarityRate(Papered):
    """Dues that are not asked for after all: less income, not a loss, and nobody is named."""

    slug: ClassVar[str] = "solidarity-rate"
    title: ClassVar[str] = N_("Solidarity rate")
    summary: ClassVar[str] = N_("Someone’s dues are smaller, as the assembly’s price list says.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 12
    accounts: ClassVar[tuple[str, ...]] = (DUES, MEMBER_RECEIVABLES)
    privacy: ClassVar[Privacy] = "private"

    amount: int = field_amount(N_("How much less?"), example="15.00")
    fund: str = field_fund(N_("In which fund?"))
    decision: str = field_decision(N_("Which decision made the price list?"), example="A-04")

    def draft(self, books: BooksView) -> EntryDraft:
        """Dues against what members were asked for."""
        lines = (
            PostingDraft(money_account(books, DUES, self.fund), self.amount),
            PostingDraft(money_account(books, MEMBER_RECEIVABLES, self.fund), -self.amount),
        )
        return self.entry(books, lines, make_message("Solidarity rate, as decided"))
