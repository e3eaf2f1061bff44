"""Transfer: money changes its purpose; one fund passes it on and another takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.account_roles import TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import PostingDraft
from ledger.kinds.books_view import BooksView
from ledger.kinds.money import money_account


@dataclass(frozen=True, kw_only=True)
class Half:
    """One half of a transfer: a fund, and the bank or cash account its money lies in."""

    fund: str
    place: str


def transfer_lines(books: BooksView, amount: int, giving: Half, taking: Half) -> list[PostingDraft]:
    """The giving fund's two lines and the taking fund's two: money moves, and each fund says why."""
    return [
        PostingDraft(money_account(books, TRANSFERS_OUT, giving.fund), amount),
        PostingDraft(money_account(books, giving.place, giving.fund), -amount),
        PostingDraft(money_account(books, taking.place, taking.fund), amount),
        PostingDraft(money_account(books, TRANSFERS_IN, taking.fund), -amount),
    ]
