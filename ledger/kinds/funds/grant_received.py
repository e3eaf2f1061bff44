"""Grant received: money given for a purpose, without a condition that could send it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import RESTRICTED_GRANTS, UNRESTRICTED_GRANTS
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_fund, field_text
from ledger.kinds.money import get_fund, money_account


@dataclass(frozen=True, kw_only=True)
class GrantReceived(Papered):
    """A grant that is the community's from now on; in a restricted fund it may be spent on its purpose only."""

    slug: ClassVar[str] = "grant-received"
    title: ClassVar[str] = N_("Grant received")
    summary: ClassVar[str] = N_("A funder paid a grant that need not be earned first.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 3
    accounts: ClassVar[tuple[str, ...]] = (RESTRICTED_GRANTS, UNRESTRICTED_GRANTS)

    funder: str = field_text(N_("Who gave it?"), example="Meadow Trust")
    amount: int = field_amount(N_("How much came?"))
    fund: str = field_fund(
        N_("Into which fund?"),
        hint=N_("The fund that holds the funder’s purpose and dates."),
        example="GRN",
    )
    into: str = field_account(N_("Where did the money go?"), among=("cash",))
    document: str = field_text(
        N_("Number of the grant letter"),
        hint=N_("Everything about this grant carries the same number."),
        example="grant-01",
    )

    def draft(self, books: BooksView) -> EntryDraft:
        """Money against restricted or unrestricted grants, as the fund is."""
        is_bound = get_fund(books, self.fund).class_ in ("restricted", "endowment")
        income = RESTRICTED_GRANTS if is_bound else UNRESTRICTED_GRANTS
        lines = (
            PostingDraft(money_account(books, self.into, self.fund), self.amount),
            PostingDraft(money_account(books, income, self.fund), -self.amount),
        )
        return self.entry(books, lines, make_message("Grant received: %(funder)s", funder=self.funder))
