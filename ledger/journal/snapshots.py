"""Snapshots of closed months: written with the close, bound into the chain, and where past balances are read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, func, insert, select, union_all

from ledger.chain import hashing
from ledger.core.periods import Month
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import act, period, period_balance, period_movement, posting
from ledger.registers.cache import cached

Movements = Mapping[tuple[int, str | None], int]
"""What a month moved, in minor units, by account and programme (None: for no programme)."""
BalanceLine = tuple[int, int, int, int]
"""Account, opening, movement, closing."""
MovementLine = tuple[int, str, int]
"""Account, programme, movement."""


@dataclass(frozen=True)
class Snapshot:
    """What each account held before a month, what moved in it, and what it held at the end; minor units.

    Accounts that held nothing and moved nothing are left out; movements are those for a programme.
    """

    balances: tuple[BalanceLine, ...]
    movements: tuple[MovementLine, ...]

    @classmethod
    def of(cls, opening: Mapping[int, int], moved: Movements) -> Snapshot:
        """The snapshot of a month from what stood before it and what it moved."""
        movements = sorted((number, code, sum_) for (number, code), sum_ in moved.items() if code is not None and sum_)
        whole: dict[int, int] = {}
        for (number, _), sum_ in moved.items():
            whole[number] = whole.get(number, 0) + sum_
        told = {number for number, _, _ in movements}
        told |= {number for number in opening.keys() | whole.keys() if opening.get(number) or whole.get(number)}
        lines = ((number, opening.get(number, 0), whole.get(number, 0)) for number in sorted(told))
        return cls(tuple((number, before, move, before + move) for number, before, move in lines), tuple(movements))

    @property
    def digest(self) -> str:
        """SHA-256, in hex, over every row: what the act of closing carries into the chain."""
        rows = [[list(row) for row in self.balances], [list(row) for row in self.movements]]
        return hashing.sha256(hashing.canonical_json(["hourstead.snapshot.1", *rows])).hex()


@dataclass(frozen=True)
class BaseClose:
    """A close to reckon from: its balances hold every entry before the act that is dated in the month or earlier."""

    act_id: int
    period_id: int

    @property
    def last(self) -> dt.date:
        """The month's last day."""
        return Month.from_id(self.period_id).last


def close_month(writing: WriteUnit, month: Month, *, entered_by: int, facts: Mapping[str, Any] | None = None) -> int:
    """Close a month and keep its balances: one act, whose facts carry the digest of every row; its number.

    Asks no rule of conduct: `ledger.closing.close` does. Raises AppendOnly where the month is closed already.
    """
    taken = compute_snapshot(writing, month)
    told = {**(facts or {}), "snapshot": taken.digest}
    with hashing.recording_act(writing, "close", entered_by=entered_by, facts=told, period_id=month.id) as act_id:
        here = {"community_id": writing.community_id, "act_id": act_id}
        lines = [dict(zip(_BALANCE, row, strict=True)) | here for row in taken.balances]
        moves = [dict(zip(_MOVEMENT, row, strict=True)) | here for row in taken.movements]
        for table, rows in ((period_balance, lines), (period_movement, moves)):
            if rows:
                writing.connection.execute(insert(table), rows)
    return act_id


_BALANCE = ("account_id", "opening", "movement", "closing")
_MOVEMENT = ("account_id", "programme", "movement")


def compute_snapshot(uow: UnitOfWork, month: Month) -> Snapshot:
    """The snapshot of a month as the books stand."""
    columns = (posting.c.account_id, posting.c.programme)
    query = select(*columns, func.sum(posting.c.amount)).where(*_here(uow, uow.at), posting.c.period_id == month.id)
    moved = {(number, code): int(sum_) for number, code, sum_ in uow.connection.execute(query.group_by(*columns))}
    return Snapshot.of(account_balances(uow, month.previous().last), moved)


def account_balances(uow: UnitOfWork, on: dt.date | None = None, at: int | None = None) -> dict[int, int]:
    """The balance of each account in minor units: at the end of a day, at a number, or all there is."""
    moves = amounts_until(uow, on, at)
    query = select(moves.c.account_id, func.sum(moves.c.amount)).group_by(moves.c.account_id)
    return {number: int(sum_) for number, sum_ in uow.connection.execute(query)}


def amounts_until(uow: UnitOfWork, on: dt.date | None, at: int | None = None) -> Subquery:
    """Rows (account_id, amount) that add up to balances: those of the last close that fits, and the lines since."""
    seen = uow.at if at is None else at
    base = find_base_close(uow, on, seen)
    parts = [_lines(uow, seen, on)] if base is None else _since(uow, base, seen, on)
    return union_all(*parts).subquery()


def balance_at(uow: UnitOfWork, account_id: int, day: dt.date) -> int:
    """What one account held at the end of a day, in minor units, debit positive: the last close's figure, and since.

    The same as `sums` says, by questions about this account alone that are put together once.
    """
    base = find_base_close(uow, day, uow.at)
    here: dict[str, Any] = {"community": uow.community_id, "account": account_id, "at": uow.at, "day": day}
    here |= {"base": base.act_id, "last": base.last} if base else {"base": 0, "last": dt.date.min}
    held = int(uow.connection.scalar(_HELD, here) or 0)
    if base is not None and _was_reopened(uow, base, uow.at):
        held += int(uow.connection.scalar(_LATE, here) or 0)
    return held


def find_base_close(uow: UnitOfWork, on: dt.date | None, at: int) -> BaseClose | None:
    """The latest month that ended by a day and was closed by a number, in its last close then; None before any."""
    last = dt.date.max if on is None else on
    month = Month.of(last) if last == Month.of(last).last else Month.of(last).previous()

    def read() -> BaseClose | None:
        row = uow.connection.execute(_BASE, _done(uow, month.id, at)).one_or_none()
        return None if row is None else BaseClose(*row)

    return cached(uow, ("base close", month), read) if at == uow.at else read()


def _since(uow: UnitOfWork, base: BaseClose, at: int, on: dt.date | None) -> list[Select[Any]]:
    """The balances of a close and the lines of the months after it.

    Where its month was opened again since, the lines that were written down in between count too.
    """
    kept = period_balance.c
    closed = select(kept.account_id, kept.closing.label("amount"))
    closed = closed.where(kept.community_id == uow.community_id, kept.act_id == base.act_id)
    months = select(period.c.period_id).where(
        period.c.community_id == uow.community_id, period.c.period_id > base.period_id
    )
    if on is not None:
        months = months.where(period.c.period_id <= Month.of(on).id)
    # the sums keep SQLite from reading every line by its number, where those of some months are few
    here = posting.c.community_id + 0 if uow.engine_name == "sqlite" else posting.c.community_id
    after = select(posting.c.account_id, posting.c.amount).where(
        here == uow.community_id, posting.c.entry_id + 0 <= at, posting.c.period_id.in_(months)
    )
    after = after if on is None else after.where(posting.c.effective_on <= on)
    late = _lines(uow, at, on).where(posting.c.entry_id > base.act_id, posting.c.period_id <= base.period_id)
    return [closed, after, late] if _was_reopened(uow, base, at) else [closed, after]


def _was_reopened(uow: UnitOfWork, base: BaseClose, at: int) -> bool:
    """Whether the closed month, or one before it, took entries again after the close."""

    def read() -> bool:
        here = _done(uow, base.period_id, at) | {"base": base.act_id}
        return uow.connection.scalar(_AGAIN, here) is not None

    return cached(uow, ("was reopened", base), read) if at == uow.at else read()


def _done(uow: UnitOfWork, month: int, at: int) -> dict[str, int]:
    return {"community": uow.community_id, "month": month, "at": at}


def _lines(uow: UnitOfWork, at: int, on: dt.date | None) -> Select[Any]:
    query = select(posting.c.account_id, posting.c.amount).where(*_here(uow, at))
    return query if on is None else query.where(posting.c.effective_on <= on)


def _here(uow: UnitOfWork, at: int) -> tuple[ColumnElement[bool], ...]:
    # the sum keeps SQLite from reading every line by its number, where those of an account or a month are few
    return posting.c.community_id == uow.community_id, posting.c.entry_id + 0 <= at


_OF = (
    posting.c.account_id == bindparam("account"),
    posting.c.community_id == bindparam("community"),
    posting.c.entry_id + 0 <= bindparam("at"),
)
_DONE = (
    act.c.community_id == bindparam("community"),
    act.c.act_id <= bindparam("at"),
    act.c.period_id <= bindparam("month"),
)
_BASE = (
    select(act.c.act_id, act.c.period_id)
    .where(*_DONE, act.c.kind == "close", act.c.facts.contains('"snapshot":'))
    .order_by(act.c.period_id.desc(), act.c.act_id.desc())
    .limit(1)
)
_AGAIN = select(act.c.act_id).where(*_DONE, act.c.kind == "reopen", act.c.act_id > bindparam("base")).limit(1)
_CLOSED = select(period_balance.c.closing).where(
    period_balance.c.community_id == bindparam("community"),
    period_balance.c.act_id == bindparam("base"),
    period_balance.c.account_id == bindparam("account"),
)
_SINCE = select(func.sum(posting.c.amount)).where(
    *_OF, posting.c.effective_on > bindparam("last"), posting.c.effective_on <= bindparam("day")
)
_HELD = select(func.coalesce(_CLOSED.scalar_subquery(), 0) + func.coalesce(_SINCE.scalar_subquery(), 0))
_LATE = select(func.sum(posting.c.amount)).where(
    *_OF, posting.c.entry_id > bindparam("base"), posting.c.effective_on <= bindparam("last")
)
