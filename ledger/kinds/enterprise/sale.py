"""Sale: what a co-operative business or a fund sold, paid at once or later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import COST_OF_STOCK_SOLD, SALES_TAX, STOCK, TRADE_RECEIVABLES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_fund, field_member, field_programme, field_text
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class Sale(Papered):
    """Income from what was sold; sales tax in the price is owed on, and the cost of goods leaves the stock."""

    slug: ClassVar[str] = "sale"
    title: ClassVar[str] = N_("Sale")
    summary: ClassVar[str] = N_("Something was sold: vegetables, crafts, a place in a workshop.")
    group: ClassVar[str] = "enterprise"
    order: ClassVar[int] = 1
    accounts: ClassVar[tuple[str, ...]] = (SALES_TAX, COST_OF_STOCK_SOLD, STOCK)

    what: str = field_text(N_("What was sold?"), example="Tomatoes at the market")
    amount: int = field_amount(N_("How much did the buyer pay, tax and all?"))
    fund: str = field_fund(N_("Which business or fund sold it?"), example="COP")
    account: str = field_account(N_("Which kind of income is it?"), example="4110", among=("income",))
    into: str = field_account(
        N_("Where did the money go?"),
        hint=N_("Trade receivables, if the buyer pays later."),
        among=("cash", TRADE_RECEIVABLES),
    )
    programme: str | None = field_programme(N_("Which programme sold it?"), example="FARM", required=False)
    tax: int | None = field_amount(N_("How much of it is sales tax?"), required=False)
    stock_cost: int | None = field_amount(
        N_("What had the goods cost?"), hint=N_("Only if they were in stock in the books."), required=False
    )
    customer: int | None = field_member(
        N_("Who is to pay?"), hint=N_("Only if the buyer pays later."), anyone=True, required=False
    )

    def problems(self) -> Mapping[str, Message]:
        """The tax is a part of the price; only who pays later is named."""
        wrong = dict(super().problems())
        if self.tax is not None and self.tax >= self.amount:
            wrong["tax"] = make_message("The tax is a part of what the buyer paid.")
        if self.customer is not None and self.into != TRADE_RECEIVABLES:
            wrong["customer"] = make_message("Name the buyer only where the money is still to come.")
        return wrong

    def draft(self, books: BooksView) -> EntryDraft:
        """Money or a claim against income, tax owed apart; goods out of stock as their cost."""
        moves = [
            (money_account(books, self.into, self.fund, self.customer or 0), self.amount),
            (money_account(books, self.account, self.fund), (self.tax or 0) - self.amount),
        ]
        if self.tax:
            moves.append((money_account(books, SALES_TAX, self.fund), -self.tax))
        if self.stock_cost:
            moves += [(money_account(books, COST_OF_STOCK_SOLD, self.fund), self.stock_cost)]
            moves += [(money_account(books, STOCK, self.fund), -self.stock_cost)]
        return self.entry(books, [PostingDraft(leaf, amount, self.programme) for leaf, amount in moves], self.what)
