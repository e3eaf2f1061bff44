"""Purchase: something was bought on account; the bill is paid later, or the same day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import PAYABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_
from ledger.kinds.books_view import BooksView
from ledger.kinds.enterprise.bill_fields import Bill
from ledger.kinds.fields import field_account
from ledger.kinds.money import common_programme, cost_lines, money_account


@dataclass(frozen=True, kw_only=True)
class Purchase(Bill):
    """A bill that came: the cost counts now, the money is owed until it is paid."""

    slug: ClassVar[str] = "purchase"
    title: ClassVar[str] = N_("Bill to pay")
    summary: ClassVar[str] = N_("A bill came. It counts as a cost now and is paid later.")
    order: ClassVar[int] = 3
    accounts: ClassVar[tuple[str, ...]] = (PAYABLES,)

    paid_from: str | None = field_account(
        N_("If it is paid already: where did the money come from?"), among=("cash",), required=False
    )

    def draft(self, books: BooksView) -> EntryDraft:
        """Each line's cost against what is owed; then what is owed against the money, if it is paid."""
        programme, total = common_programme(self.lines()), self.total()
        owed = money_account(books, PAYABLES, self.fund)
        lines = [*cost_lines(books, self.fund, self.lines()), PostingDraft(owed, -total, programme)]
        if self.paid_from:
            cash = money_account(books, self.paid_from, self.fund)
            lines += [PostingDraft(owed, total, programme), PostingDraft(cash, -total, programme)]
        return self.entry(books, lines, self.what)
