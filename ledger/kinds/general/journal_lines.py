"""Free lines: any account, one amount on one side, in whatever the account is kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.core.drafts import AccountKey, PostingDraft, Quantity
from ledger.core.errors import UnknownAccount
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import Row
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import (
    field_account,
    field_amount,
    field_fund,
    field_member,
    field_programme,
    field_quantity,
)


@dataclass(frozen=True, kw_only=True)
class FreeLine(Row):
    """One line as a bookkeeper writes it: an account of a fund, perhaps someone's own, debit or credit."""

    account: str = field_account(N_("Account"))
    fund: str = field_fund(N_("Fund"), among=())
    owner: int | None = field_member(
        N_("Whose account"), hint=N_("Only for accounts that belong to someone."), anyone=True, required=False
    )
    debit: int | None = field_amount(N_("Debit"), unit="account", required=False)
    credit: int | None = field_amount(N_("Credit"), unit="account", required=False)
    programme: str | None = field_programme(N_("Programme"), required=False)
    quantity: Quantity | None = field_quantity(N_("Quantity"), required=False)

    def problems(self) -> Mapping[str, Message]:
        """One amount, on one side."""
        if bool(self.debit) == bool(self.credit):
            return {"debit": make_message("Write one amount, as debit or as credit.")}
        return {}

    @property
    def amount(self) -> int:
        """The amount, debit positive."""
        return self.debit or -(self.credit or 0)

    def posting(self, books: BooksView) -> PostingDraft:
        """The line on its account, in the unit that the account is kept in."""
        account = books.find_account(self.account)
        if account is None:
            raise UnknownAccount(
                make_message("There is no account “%(code)s” in the chart of accounts.", code=self.account)
            )
        leaf = AccountKey(self.account, account.unit, self.fund, self.owner or 0)
        return PostingDraft(leaf, self.amount, self.programme, self.quantity)


def postings(books: BooksView, lines: Sequence[FreeLine]) -> list[PostingDraft]:
    """Every line, in the order written."""
    return [line.posting(books) for line in lines]
