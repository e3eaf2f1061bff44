"""Money lines: accounts in the community's currency, and lines of a bill that share one payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.drafts import AccountKey, PostingDraft, Quantity
from ledger.core.errors import UnknownFund
from ledger.core.messages import N_, make_message
from ledger.kinds.base import Row
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_programme, field_quantity
from ledger.registers.records import Fund


def money_account(books: BooksView, chart: str, fund: str, owner: int = 0) -> AccountKey:
    """An account in the community's currency."""
    return AccountKey(chart, books.currency, fund, owner)


def get_fund(books: BooksView, code: str, field: str = "fund") -> Fund:
    """A fund by its code; UnknownFund where there is none."""
    found = books.find_fund(code)
    if found is None:
        raise UnknownFund(make_message("There is no fund “%(code)s”.", code=code), field)
    return found


@dataclass(frozen=True, kw_only=True)
class CostLine(Row):
    """One line of a bill: what it was for, how much, and how much of a thing it bought."""

    account: str = field_account(N_("Which cost is it?"), example="6110", among=("expense",))
    amount: int = field_amount(N_("How much?"))
    programme: str | None = field_programme(N_("Which programme was it for?"), required=False)
    quantity: Quantity | None = field_quantity(
        N_("How much of it was bought or used?"), example="18 m3 metered", required=False
    )


def cost_lines(books: BooksView, fund: str, lines: Sequence[CostLine]) -> list[PostingDraft]:
    """Each line of a bill on its account."""
    return [
        PostingDraft(money_account(books, line.account, fund), line.amount, line.programme, line.quantity)
        for line in lines
    ]


def common_programme(lines: Sequence[CostLine]) -> str | None:
    """The programme that every line is for, where there is one."""
    programmes = {line.programme for line in lines}
    return programmes.pop() if len(programmes) == 1 else None
