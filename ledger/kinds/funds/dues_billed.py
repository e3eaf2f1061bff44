"""Dues billed: what members are asked to give for a month or a year counts as income when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import DUES, MEMBER_RECEIVABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_counted_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_amount, field_count, field_fund, field_text
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class DuesBilled(Papered):
    """So many members were asked for so much each; who has paid is followed by the sum, not by name."""

    slug: ClassVar[str] = "dues-billed"
    title: ClassVar[str] = N_("Dues asked for")
    summary: ClassVar[str] = N_("Members were asked for their dues.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 10
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_RECEIVABLES, DUES)

    asked: int = field_count(N_("How many members were asked?"), example="8")
    each: int = field_amount(N_("How much each?"), example="15.00")
    fund: str = field_fund(N_("For which fund?"))
    what: str | None = field_text(N_("For which time?"), example="January", required=False)

    def draft(self, books: BooksView) -> EntryDraft:
        """What members are to give against dues."""
        total = self.asked * self.each
        lines = (
            PostingDraft(money_account(books, MEMBER_RECEIVABLES, self.fund), total),
            PostingDraft(money_account(books, DUES, self.fund), -total),
        )
        narration = make_counted_message(
            "Dues asked of %(count)s member", "Dues asked of %(count)s members", self.asked
        )
        if self.what:
            narration = make_counted_message(
                "Dues of %(count)s member: %(what)s", "Dues of %(count)s members: %(what)s", self.asked, what=self.what
            )
        return self.entry(books, lines, narration)
