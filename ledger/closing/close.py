"""Closing a month: what is in the way, what is worth a look, and the act that closes it with its balances."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ledger.chain.record_acts import NewIdentities, record
from ledger.checks import Verdict, verify
from ledger.closing import period_states
from ledger.closing.close_warnings import CLOSE_WARNINGS, CloseWarning
from ledger.core.errors import LedgerError, NotAllowed
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import Head, ReadUnit, UnitOfWork, WriteUnit
from ledger.journal.snapshots import close_month
from ledger.kinds.base import OPERATOR, TREASURER
from ledger.models import period, seal
from ledger.registers import communities
from ledger.rules.books_view import BooksLookup

__all__ = [
    "AlreadyClosed",
    "BooksDoNotHold",
    "ClosePreview",
    "CloseWarning",
    "EarlierMonthOpen",
    "MonthNotOver",
    "close",
    "preview_close",
]

CLOSERS = frozenset({TREASURER, OPERATOR})
"""Who closes a month; looking over their shoulder is the checkers' and the printed sheet's."""


class MonthNotOver(LedgerError):
    """A month is closed when its last day is over."""

    slug = "month-not-over"


class EarlierMonthOpen(LedgerError):
    """Months are closed in their order, for each opens with what the one before it left."""

    slug = "earlier-month-open"


class BooksDoNotHold(LedgerError):
    """A month is closed on books in which every check holds."""

    slug = "books-do-not-hold"


class AlreadyClosed(LedgerError):
    """A month is closed once; to change it, it is opened again by two people."""

    slug = "already-closed"


@dataclass(frozen=True, kw_only=True)
class ClosePreview:
    """A month before it is closed: what the checks say, which months come first, what is worth a look."""

    month: Month
    is_over: bool
    is_closed: bool
    earlier: tuple[Month, ...]
    verdict: Verdict
    notices: tuple[CloseWarning, ...]

    @property
    def may_be_closed(self) -> bool:
        """Whether nothing stands in the way; what is worth a look does not."""
        return self.is_over and not self.is_closed and not self.earlier and self.verdict.ok


def preview_close(reading: ReadUnit, month: Month) -> ClosePreview:
    """Check the whole books, and gather what a treasurer looks at before the month is closed."""
    books = BooksLookup(reading)
    return ClosePreview(
        month=month,
        is_over=month.is_over(books.today),
        is_closed=period_states.month_state(reading, month).is_closed,
        earlier=tuple(period_states.open_months_before(reading, month)),
        verdict=verify(reading),
        notices=tuple(notice for told in CLOSE_WARNINGS for notice in told(reading, books, month)),
    )


def close(writing: WriteUnit, month: Month, verdict: Verdict, *, entered_by: int) -> int:
    """Close a month and keep its balances; the number of the act.

    `verdict` is what `verify` found in these books just before, outside of the lock: what was entered since has
    passed the database's own guards. Raises NotAllowed, AlreadyClosed, MonthNotOver, EarlierMonthOpen,
    BooksDoNotHold.
    """
    today = communities.today(writing)
    if not BooksLookup(writing).roles(entered_by, today) & CLOSERS:
        raise NotAllowed(make_message("A month is closed by the treasurer."))
    if period_states.month_state(writing, month).is_closed:
        raise AlreadyClosed(make_message("This month is closed already: %(month)s", month=str(month)))
    if not month.is_over(today):
        raise MonthNotOver(make_message("This month is not over yet: %(month)s", month=str(month)))
    earlier = period_states.open_months_before(writing, month)
    if earlier:
        raise EarlierMonthOpen(
            make_message("Close the earlier months first, beginning with: %(month)s", month=str(earlier[0]))
        )
    if not verdict.ok or not _is_in(writing, verdict.head):
        raise BooksDoNotHold(make_message("A check of the whole books found something. Nothing was closed."))
    _open(writing, month)
    return close_month(writing, month, entered_by=entered_by, facts={"checked": verdict.head.seq})


def _is_in(uow: UnitOfWork, head: Head) -> bool:
    query = select(seal.c.hash).where(seal.c.community_id == uow.community_id, seal.c.seq == head.seq)
    return uow.connection.scalar(query) == head.hash


def _open(writing: WriteUnit, month: Month) -> None:
    """A month in which nothing happened may not be in the list yet."""
    where = (period.c.community_id == writing.community_id, period.c.period_id == month.id)
    if writing.connection.scalar(select(period.c.period_id).where(*where)) is None:
        record(writing, entered_by=communities.COMMUNITY_PARTY, opens=NewIdentities(periods=[month.id]))
