"""Statements: what moved one owner's account, line by line, with the balance after each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.amounts import MINUTES
from ledger.core.periods import Span
from ledger.database import raw_sql
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import snapshots


@dataclass(frozen=True)
class StatementLine:
    """One move as the owner reads it: plus when the account gained; `balance` is what stood after it."""

    entry_id: int
    effective_on: dt.date
    kind: str
    family: str
    privacy: str
    narration: str | None
    subject: str | None
    change: int
    balance: int
    reverses: int | None
    others: tuple[int, ...]
    programme: str | None


@dataclass(frozen=True)
class Statement:
    """An owner's account over a span: opening, lines, closing; credits count as plus (help given, claims gained)."""

    owner: int
    chart: str
    unit: str
    span: Span
    opening: int
    lines: tuple[StatementLine, ...]
    closing: int


def get_statement(
    uow: UnitOfWork,
    owner: int,
    span: Span,
    chart: str = MEMBER_TIME,
    unit: str = MINUTES,
    *,
    closing: int | None = None,
) -> Statement:
    """The owner's statement for the days of the span, ordered by day and then by entry number.

    Pass `closing`, the balance at the end of the span, where it is known: it saves a query.
    """
    account = (owner, chart, unit)
    rows = _fetch_moves(uow, account, span, "ORDER BY e.effective_on, e.entry_id")
    moved = sum(int(row[-1]) for row in rows)
    opening = _opening(uow, account, span, moved) if closing is None else closing + moved
    lines = _lines(owner, rows, opening)
    return Statement(owner, chart, unit, span, opening, lines, lines[-1].balance if lines else opening)


def latest_lines(
    uow: UnitOfWork, owner: int, limit: int, chart: str = MEMBER_TIME, unit: str = MINUTES
) -> tuple[StatementLine, ...]:
    """The last lines of an owner's statement, oldest first; their balances count from zero before the first."""
    every_day, newest = Span(dt.date.min, dt.date.max), "ORDER BY e.effective_on DESC, e.entry_id DESC LIMIT ?"
    rows = _fetch_moves(uow, (owner, chart, unit), every_day, newest, limit)
    return _lines(owner, rows[::-1], 0)


def _opening(uow: UnitOfWork, account: tuple[int, str, str], span: Span, moved: int) -> int:
    """The balance before the span: today's less later moves; at an earlier link, from the last closed month."""
    if span.first == dt.date.min:
        return 0
    mine = (uow.community_id, uow.community_id, *account)
    if uow.is_latest:
        values = (*mine, *mine, str(span.last))
        posted, later = raw_sql.fetch_portable(uow.connection, _BALANCE_AND_LATER, values)[0]
        return int(later or 0) + moved - int(posted or 0)
    accounts = raw_sql.fetch_portable(uow.connection, _ACCOUNTS, mine[1:])
    return -sum(snapshots.balance_at(uow, number, span.first - dt.timedelta(1)) for (number,) in accounts)


def _fetch_moves(uow: UnitOfWork, account: tuple[int, str, str], span: Span, order: str, *limit: int) -> list[Row]:
    owners = _OWNERS[uow.engine_name]
    values = (uow.community_id, uow.community_id, *account, str(span.first), str(span.last), uow.at, *limit)
    return raw_sql.fetch_portable(uow.connection, _MOVES.replace("{owners}", owners) + order, values)


def _lines(owner: int, rows: Sequence[Row], opening: int) -> tuple[StatementLine, ...]:
    lines, balance = [], opening
    for number, day, kind, family, privacy, narration, subject, reverses, programme, owners, moved in rows:
        balance -= int(moved)
        lines.append(
            StatementLine(
                entry_id=number,
                effective_on=raw_sql.to_date(day),
                kind=kind,
                family=family,
                privacy=privacy,
                narration=narration,
                subject=subject,
                change=-int(moved),
                balance=balance,
                reverses=reverses,
                others=tuple(sorted({int(each) for each in owners.split(",")} - {0, owner})),
                programme=programme,
            )
        )
    return tuple(lines)


# "+ 0" keeps the engines from reading every line by number: the index of an account's lines by day is the short way.
_ACCOUNTS = """SELECT a.account_id FROM account AS a
WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.chart = ? AND a.unit = ?"""
_MOVES = f"""SELECT e.entry_id, e.effective_on, e.kind, e.family, e.privacy, n.body, s.body, e.reverses,
max(p.programme), (SELECT {{owners}} FROM posting AS l
JOIN account AS o ON o.community_id = l.community_id AND o.account_id = l.account_id
WHERE l.community_id = e.community_id AND l.entry_id = e.entry_id), sum(p.amount)
FROM posting AS p
JOIN journal_entry AS e ON e.community_id = p.community_id AND e.entry_id = p.entry_id
LEFT JOIN entry_text AS n ON n.community_id = e.community_id AND n.entry_id = e.entry_id AND n.part = 'narration'
LEFT JOIN entry_text AS s ON s.community_id = e.community_id AND s.entry_id = e.entry_id AND s.part = 'subject'
WHERE p.community_id + 0 = ? AND p.account_id IN ({_ACCOUNTS})
AND p.effective_on BETWEEN ? AND ? AND p.entry_id + 0 <= ?
GROUP BY e.community_id, e.entry_id, e.effective_on, e.kind, e.family, e.privacy, n.body, s.body, e.reverses
"""  # noqa: S608
_OWNERS = {
    "sqlite": "group_concat(o.owner_id, ',')",
    "postgresql": "string_agg(o.owner_id::text, ',')",
}
"""Whose accounts an entry moved, such as `2,7,0`."""
_BALANCE_AND_LATER = f"""SELECT
(SELECT sum(b.posted) FROM balance AS b WHERE b.community_id = ? AND b.account_id IN ({_ACCOUNTS})),
(SELECT sum(p.amount) FROM posting AS p
WHERE p.community_id + 0 = ? AND p.account_id IN ({_ACCOUNTS}) AND p.effective_on > ?)"""  # noqa: S608
