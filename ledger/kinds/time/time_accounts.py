"""Minutes: the accounts of the time book and the lines that move them."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.amounts import MINUTES
from ledger.core.drafts import AccountKey, PostingDraft
from ledger.kinds.books_view import BooksView

FUND = "TB"


def time_account(chart: str, owner: int = 0) -> AccountKey:
    """An account of the time book."""
    return AccountKey(chart, MINUTES, FUND, owner)


def member_time(party_id: int) -> AccountKey:
    """A member's own time account: below nought in the books means that they gave more than they received."""
    return time_account(MEMBER_TIME, party_id)


def time_lines(moves: Iterable[tuple[AccountKey, int]], programme: str | None = None) -> list[PostingDraft]:
    """One line for each account that moves, in the order given."""
    return [PostingDraft(leaf, minutes, programme) for leaf, minutes in moves if minutes]


def clock(minutes: int) -> str:
    """Minutes as a clock shows them: 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def signed_clock(minutes: int) -> str:
    """Minutes as a clock shows them, with a true minus sign where more help was received than given: −1:30."""
    return f"\u2212{clock(-minutes)}" if minutes < 0 else clock(minutes)


def names(books: BooksView, people: Iterable[int]) -> str:
    """The names of people, as a list."""
    return ", ".join(books.name(one) for one in people)
