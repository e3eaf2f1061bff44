"""Opening balance: what the community had and owed on the day its books begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import BARTER_WORTH, DESIGNATED_WORTH, GENERAL_WORTH, POT, RESTRICTED_WORTH, SURPLUS
from ledger.core.drafts import OPENING, AccountKey, EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import ORGANISER, TREASURERS, Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_rows
from ledger.kinds.general.journal_lines import FreeLine, postings
from ledger.kinds.money import get_fund

OWN_LINE = {
    "unrestricted-general": GENERAL_WORTH,
    "unrestricted-designated": DESIGNATED_WORTH,
    "restricted": RESTRICTED_WORTH,
    "endowment": RESTRICTED_WORTH,
    "co-op": SURPLUS,
    "time": POT,
    "barter": BARTER_WORTH,
}
"""Where the worth of a fund stands, by its class."""


@dataclass(frozen=True, kw_only=True)
class OpeningBalance(Papered):
    """The first entry of a fund: its accounts as they stood; what is left over is the fund's own worth."""

    slug: ClassVar[str] = "opening-balance"
    title: ClassVar[str] = N_("Opening balances")
    summary: ClassVar[str] = N_("What each fund had and owed when these books began.")
    group: ClassVar[str] = "equity"
    any_day: ClassVar[bool] = True
    order: ClassVar[int] = 1
    family: ClassVar[str] = OPENING
    recorders: ClassVar[frozenset[str]] = TREASURERS | {ORGANISER}
    accounts: ClassVar[tuple[str, ...]] = tuple(OWN_LINE.values())

    lines: tuple[FreeLine, ...] = field_rows(
        N_("Accounts as they stood"),
        FreeLine,
        hint=N_("What you had is a debit, what you owed a credit. The difference becomes the fund’s own worth."),
    )

    def draft(self, books: BooksView) -> EntryDraft:
        """The accounts, and the rest of each fund on the line of its own worth."""
        lines = postings(books, self.lines)
        return self.entry(books, [*lines, *_worth(books, lines)], make_message("Opening balances"))


def _worth(books: BooksView, lines: Sequence[PostingDraft]) -> list[PostingDraft]:
    left: Counter[tuple[str, str]] = Counter()
    for line in lines:
        left[line.leaf.fund, line.leaf.unit] += line.amount
    return [
        PostingDraft(AccountKey(OWN_LINE[get_fund(books, fund, "lines").class_], unit, fund), -amount)
        for (fund, unit), amount in left.items()
        if amount
    ]
