"""An account's history: what moved it, newest day first, page by page, with what stood after each move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, tuple_

from ledger.core.amounts import LARGEST
from ledger.core.drafts import AccountKey
from ledger.core.periods import EARLIEST_YEAR, LATEST_YEAR
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import snapshots
from ledger.models import account, balance, chain_head, entry_text, journal_entry, posting

PAGE_SIZE = 50


class Cursor(NamedTuple):
    """Where a line stands in its account's history: by its day, then its printed number, then its line."""

    day: dt.date
    entry_id: int
    line: int

    @classmethod
    def after(cls, day: dt.date) -> Self:
        """The place behind everything of a day."""
        return cls(day + dt.timedelta(1), 0, 0)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place written `2026-03-14.812.2`, in the years 1900 to 2999; anything else is a ValueError."""
        day, entry_id, line = text.split(".")
        place = cls(dt.date.fromisoformat(day), int(entry_id), int(line))
        if not EARLIEST_YEAR <= place.day.year <= LATEST_YEAR or max(place.entry_id, place.line) > LARGEST:
            raise ValueError(f"no place of these books: {text!r}")
        return place

    def __str__(self) -> str:
        """As an address carries it."""
        return f"{self.day}.{self.entry_id}.{self.line}"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of an account: minor units, debit positive; `balance` is what stood after it."""

    effective_on: dt.date
    entry_id: int
    line: int
    amount: int
    programme: str | None
    kind: str
    privacy: str
    reverses: int | None
    narration: str | None
    balance: int

    @property
    def cursor(self) -> Cursor:
        """Where it stands."""
        return Cursor(self.effective_on, self.entry_id, self.line)


@dataclass(frozen=True)
class HistoryPage:
    """Some moves of one account, newest first; `older` and `newer` are where the next pages begin, None at an end."""

    moves: tuple[HistoryLine, ...]
    older: Cursor | None
    newer: Cursor | None


def history(uow: UnitOfWork, leaf: AccountKey, before: Cursor | None = None, limit: int = PAGE_SIZE) -> HistoryPage:
    """A page of an account's moves before a place, or its newest; up to the head of the unit of work.

    Each page takes as long as the first: it starts from its place, with the balance that stood there, which is the
    stored one for the newest page of today and that of the last closed month plus what came since for every other.
    """
    found = _found(uow, leaf)
    if found is None:
        return HistoryPage((), None, None)
    account_id, posted, head = found
    top = posted if before is None and uow.at == head else _stood(uow, account_id, before)
    query, asked = (_NEWEST, {}) if before is None else (_BEFORE, before._asdict())
    asked |= {"community": uow.community_id, "account": account_id, "at": uow.at, "top": top, "limit": limit + 1}
    moves = [HistoryLine(*row) for row in uow.connection.execute(query, asked)]
    older = moves[limit - 1].cursor if len(moves) > limit else None
    newer = moves[0].cursor if moves and before is not None else None
    return HistoryPage(tuple(moves[:limit]), older, newer)


def start_of_newer_page(uow: UnitOfWork, leaf: AccountKey, after: Cursor, limit: int = PAGE_SIZE) -> Cursor | None:
    """Where the page begins whose oldest move is the next after a place; None where that is the newest page."""
    found = _found(uow, leaf)
    if found is None:
        return None
    asked = {"community": uow.community_id, "account": found[0], "at": uow.at, "limit": limit + 1}
    rows = uow.connection.execute(_AFTER, asked | after._asdict()).all()
    return Cursor(*rows[limit]) if len(rows) > limit else None


def _found(uow: UnitOfWork, leaf: AccountKey) -> tuple[int, int, int] | None:
    asked = {"community": uow.community_id, "chart": leaf.chart, "unit": leaf.unit, "fund": leaf.fund}
    row = uow.connection.execute(_ACCOUNT, asked | {"owner": leaf.owner}).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def _stood(uow: UnitOfWork, account_id: int, before: Cursor | None) -> int:
    """What an account held before a place."""
    if before is None:
        return snapshots.balance_at(uow, account_id, dt.date.max)
    asked = {"community": uow.community_id, "account": account_id, "at": uow.at} | before._asdict()
    that_day = int(uow.connection.scalar(_THAT_DAY, asked) or 0)
    return snapshots.balance_at(uow, account_id, before.day - dt.timedelta(1)) + that_day


_PLACE = (posting.c.effective_on, posting.c.entry_id, posting.c.line)
_BINDS = [bindparam(name, type_=column.type) for name, column in zip(Cursor._fields, _PLACE, strict=True)]
_GIVEN = tuple_(*_BINDS)
_HERE = (
    posting.c.account_id == bindparam("account"),
    posting.c.community_id == bindparam("community"),
    # the sum keeps SQLite from reading every line by its number, where those of an account are few
    posting.c.entry_id + 0 <= bindparam("at"),
)
_NEWEST_FIRST = tuple(column.desc() for column in _PLACE)
_NAMED = (*_PLACE, posting.c.amount, posting.c.programme)


def _page(*where: Any) -> Select[Any]:
    """The lines of a page with their entries, and after each what stood: the top less all that came above it."""
    lines = select(*_NAMED).where(*_HERE, *where).order_by(*_NEWEST_FIRST).limit(bindparam("limit")).subquery()
    ours: ColumnElement[int] = bindparam("community")
    same_entry = and_(journal_entry.c.community_id == ours, journal_entry.c.entry_id == lines.c.entry_id)
    words = entry_text.c
    # asked for line by line: a join may read everybody's words, where PostgreSQL knows nothing of the table yet
    narration = select(words.body).where(
        words.community_id == ours, words.entry_id == lines.c.entry_id, words.part == "narration"
    )
    newest_first = [lines.c[column.name].desc() for column in _PLACE]
    above = func.sum(lines.c.amount).over(order_by=newest_first, rows=(None, -1))
    head = journal_entry.c
    columns = (*lines.c, head.kind, head.privacy, head.reverses, narration.scalar_subquery())
    query = select(*columns, bindparam("top") - func.coalesce(above, 0))
    return query.join_from(lines, journal_entry, same_entry).order_by(*newest_first)


_EARLIER = (posting.c.effective_on <= bindparam("day"), tuple_(*_PLACE) < _GIVEN)
_NEWEST, _BEFORE = _page(), _page(*_EARLIER)
_AFTER = (
    select(*_PLACE)
    .where(*_HERE, posting.c.effective_on >= bindparam("day"), tuple_(*_PLACE) > _GIVEN)
    .order_by(*_PLACE)
    .limit(bindparam("limit"))
)
_THAT_DAY = select(func.sum(posting.c.amount)).where(
    *_HERE, posting.c.effective_on == bindparam("day"), tuple_(*_PLACE[1:]) < tuple_(*_BINDS[1:])
)
_ACCOUNT = (
    select(account.c.account_id, func.coalesce(balance.c.posted, 0), chain_head.c.seq)
    .join(chain_head, chain_head.c.community_id == account.c.community_id)
    .join(
        balance,
        and_(balance.c.community_id == account.c.community_id, balance.c.account_id == account.c.account_id),
        isouter=True,
    )
    .where(
        account.c.community_id == bindparam("community"),
        account.c.owner_id == bindparam("owner"),
        account.c.chart == bindparam("chart"),
        account.c.unit == bindparam("unit"),
        account.c.fund == bindparam("fund"),
    )
)
