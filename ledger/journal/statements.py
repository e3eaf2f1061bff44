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
    rows = _fetch_moves(uow, account, span)
    moved = sum(int(row[-1]) for row in rows)
    opening = _opening(uow, account, span, moved) if closing is None else closing + moved
    lines = _lines(owner, rows, opening)
    return Statement(owner, chart, unit, span, opening, lines, lines[-1].balance if lines else opening)


def latest_lines(
    uow: UnitOfWork, owner: int, limit: int, chart: str = MEMBER_TIME, unit: str = MINUTES
) -> tuple[StatementLine, ...]:
    """The last lines of an owner's statement, oldest first; their balances count from zero before the first."""
    rows = _fetch_moves(uow, (owner, chart, unit), Span(dt.date.min, dt.date.max), limit)
    return _lines(owner, rows, 0)


def _opening(uow: UnitOfWork, account: tuple[int, str, str], span: Span, moved: int) -> int:
    """The balance before the span: today's less later moves; at an earlier link, from the last closed month."""
    if span.first == dt.date.min:
        return 0
    mine = (uow.community_id, *account)
    if uow.is_latest:
        values = (*mine, *mine, str(span.last))
        posted, later = raw_sql.fetch_portable(uow.connection, _BALANCE_AND_LATER, values)[0]
        return int(later or 0) + moved - int(posted or 0)
    numbers = raw_sql.fetch_portable(uow.connection, _ACCOUNTS, mine)
    return -sum(snapshots.balance_at(uow, number, span.first - dt.timedelta(1)) for (number,) in numbers)


def _fetch_moves(uow: UnitOfWork, account: tuple[int, str, str], span: Span, limit: int | None = None) -> list[Row]:
    """The moves on an account, ordered by day and entry number; with a limit, the last of them."""
    entries = (uow.community_id, *account, str(span.first), str(span.last), uow.at)
    order = () if limit is None else (limit,)
    sql = _MOVES.replace("{order}", _LATEST if order else "").replace("{owners}", _OWNERS[uow.engine_name])
    return raw_sql.fetch_portable(uow.connection, sql, (*account, *account, *entries, *order))


def _lines(owner: int, rows: Sequence[Row], opening: int) -> tuple[StatementLine, ...]:
    lines, balance = [], opening
    for number, day, kind, family, privacy, reverses, narration, subject, owners, programme, moved in rows:
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


# CROSS JOIN makes SQLite find the account first, and then its postings by the index of account and day. "+ 0" keeps it
# from reading all the community's rows by number.
OF_OWNER = "a.community_id + 0 = ? AND a.owner_id = ? AND a.chart = ? AND a.unit = ?"
"""An owner's accounts on one line of the chart; the values are community, owner, chart and unit."""
_ACCOUNTS = f"SELECT a.account_id FROM account AS a WHERE {OF_OWNER}"  # noqa: S608
POSTINGS_OF_OWNER = f"""FROM account AS a CROSS JOIN posting AS p
WHERE {OF_OWNER} AND p.community_id = a.community_id AND p.account_id = a.account_id"""
BALANCES_OF_OWNER = f"""FROM account AS a CROSS JOIN balance AS b
WHERE {OF_OWNER} AND b.community_id = a.community_id AND b.account_id = a.account_id"""
_LATEST = "ORDER BY p.effective_on DESC, p.entry_id DESC LIMIT ?"
_IS_OWN = "o.owner_id = ? AND o.chart = ? AND o.unit = ?"
_MOVES = f"""SELECT e.entry_id, e.effective_on, e.kind, e.family, e.privacy, e.reverses, max(n.body), max(s.body),
{{owners}}, max(CASE WHEN {_IS_OWN} THEN l.programme END), sum(CASE WHEN {_IS_OWN} THEN l.amount ELSE 0 END)
FROM (SELECT DISTINCT p.community_id, p.entry_id, p.effective_on {POSTINGS_OF_OWNER}
AND p.effective_on BETWEEN ? AND ? AND p.entry_id + 0 <= ? {{order}}) AS m
CROSS JOIN journal_entry AS e CROSS JOIN posting AS l CROSS JOIN account AS o
LEFT JOIN entry_text AS n ON n.community_id = e.community_id AND n.entry_id = e.entry_id AND n.part = 'narration'
LEFT JOIN entry_text AS s ON s.community_id = e.community_id AND s.entry_id = e.entry_id AND s.part = 'subject'
WHERE e.community_id = m.community_id AND e.entry_id = m.entry_id
AND l.community_id = e.community_id AND l.entry_id = e.entry_id
AND o.community_id = l.community_id AND o.account_id = l.account_id
GROUP BY e.community_id, e.entry_id ORDER BY e.effective_on, e.entry_id"""  # noqa: S608
_OWNERS = {
    "sqlite": "group_concat(o.owner_id, ',')",
    "postgresql": "string_agg(o.owner_id::text, ',')",
}
"""Whose accounts an entry moved, such as `2,7,0`."""
_BALANCE_AND_LATER = f"""SELECT (SELECT sum(b.posted) {BALANCES_OF_OWNER}),
(SELECT sum(p.amount) {POSTINGS_OF_OWNER} AND p.effective_on > ?)"""
