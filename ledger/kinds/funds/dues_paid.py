"""Dues paid: members' dues came in, asked for before or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import DUES, MEMBER_RECEIVABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import Choice, field_account, field_amount, field_choice, field_fund, field_text
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class DuesPaid(Papered):
    """Money from dues; it settles what was asked for, or is income where nothing was."""

    slug: ClassVar[str] = "dues-paid"
    title: ClassVar[str] = N_("Dues paid")
    summary: ClassVar[str] = N_("Dues came in.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 11
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_RECEIVABLES, DUES)

    amount: int = field_amount(N_("How much came?"), example="105.00")
    fund: str = field_fund(N_("For which fund?"))
    into: str = field_account(N_("Where did the money go?"), among=("cash",))
    asked: str = field_choice(
        N_("Were these dues asked for in the books before?"),
        (
            Choice(value="yes", label=N_("Yes"), hint=N_("They settle what was asked for.")),
            Choice(value="no", label=N_("No"), hint=N_("They count as income now.")),
        ),
    )
    what: str | None = field_text(N_("For which time?"), example="January", required=False)

    def draft(self, books: BooksView) -> EntryDraft:
        """Money against what members were asked for, or against dues."""
        against = MEMBER_RECEIVABLES if self.asked == "yes" else DUES
        lines = (
            PostingDraft(money_account(books, self.into, self.fund), self.amount),
            PostingDraft(money_account(books, against, self.fund), -self.amount),
        )
        narration = make_message("Dues paid: %(what)s", what=self.what) if self.what else make_message("Dues paid")
        return self.entry(books, lines, narration)
