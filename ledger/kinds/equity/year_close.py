"""Year close: a fund's income, costs and transfers of the year become its own worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import YEAR_CLOSE, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message
from ledger.kinds.base import TREASURERS, Kind
from ledger.kinds.books_view import BooksView
from ledger.kinds.equity.opening_balance import OWN_LINE
from ledger.kinds.fields import field_fund
from ledger.kinds.money import get_fund


class NothingToClose(LedgerError):
    """A year is closed in funds that had income, costs or transfers."""

    slug = "nothing-to-close"


@dataclass(frozen=True, kw_only=True)
class YearClose(Kind):
    """The last entry of a fund's year: it empties what came in and went out, and needs a second person.

    Money goes to the general, designated or restricted line, a co-operative's to the surplus that the assembly will
    allocate, hours to the pot (domain C5). Worked out from the balances at the end of the day, when it is posted.
    """

    slug: ClassVar[str] = "year-close"
    title: ClassVar[str] = N_("Close the year of a fund")
    summary: ClassVar[str] = N_("What came in and went out in a year becomes the fund’s own worth.")
    group: ClassVar[str] = "equity"
    order: ClassVar[int] = 2
    family: ClassVar[str] = YEAR_CLOSE
    recorders: ClassVar[frozenset[str]] = TREASURERS
    accounts: ClassVar[tuple[str, ...]] = tuple(OWN_LINE.values())
    """Beside these, every account of the fund's income, costs and transfers."""
    agreement: ClassVar[str] = "year-close"
    always_two: ClassVar[bool] = True
    closes_year: ClassVar[bool] = True

    fund: str = field_fund(N_("Which fund?"), hint=N_("The day is the last one of the financial year."), among=())

    def draft(self, books: BooksView) -> EntryDraft:
        """Each account emptied, and the sum of each unit on the line of the fund's own worth."""
        own = OWN_LINE[get_fund(books, self.fund).class_]
        lines = [PostingDraft(leaf, -amount) for leaf, amount in books.results(self.fund, self.day)]
        if not lines:
            raise NothingToClose(
                make_message("Nothing came in or went out in this fund: %(fund)s", fund=self.fund), "fund"
            )
        narration = make_message("Year-end close, fund %(fund)s", fund=self.fund)
        return self.entry(books, [*lines, *_worth(own, self.fund, lines)], narration)


def _worth(own: str, fund: str, lines: Sequence[PostingDraft]) -> list[PostingDraft]:
    left: Counter[str] = Counter()
    for line in lines:
        left[line.leaf.unit] += line.amount
    return [PostingDraft(AccountKey(own, unit, fund), -amount) for unit, amount in left.items() if amount]
