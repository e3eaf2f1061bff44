"""Statements: what moved one owner's account, line by line, with the balance after each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, and_, func, select

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.amounts import MINUTES
from ledger.core.periods import Span
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import snapshots
from ledger.journal.accounts import charts_and_owners
from ledger.models import account, entry_text, journal_entry, posting

TEXTS = ("narration", "subject")


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


def get_statement(uow: UnitOfWork, owner: int, span: Span, chart: str = MEMBER_TIME, unit: str = MINUTES) -> Statement:
    """The owner's statement for the days of the span, in the order of the days and then of the printed numbers."""
    accounts = _accounts(uow, owner, chart, unit)
    if not accounts:
        return Statement(owner, chart, unit, span, 0, (), 0)
    eve = span.first - dt.timedelta(1) if span.first > dt.date.min else None
    opening = 0 if eve is None else -sum(snapshots.balance_at(uow, number, eve) for number in accounts)
    lines, balance = [], opening
    for row, others in _moves(uow, owner, accounts, span):
        change = -int(row["moved"])
        balance += change
        named = ("entry_id", "effective_on", "kind", "family", "privacy", *TEXTS, "reverses", "programme")
        said = {name: row[name] for name in named}
        lines.append(StatementLine(**said, change=change, balance=balance, others=others))
    return Statement(owner, chart, unit, span, opening, tuple(lines), balance)


def _accounts(uow: UnitOfWork, owner: int, chart: str, unit: str) -> list[int]:
    theirs = (account.c.owner_id == owner, account.c.chart == chart, account.c.unit == unit)
    query = select(account.c.account_id).where(account.c.community_id == uow.community_id, *theirs)
    return list(uow.connection.scalars(query))


def _moves(
    uow: UnitOfWork, owner: int, accounts: Sequence[int], span: Span
) -> list[tuple[RowMapping, tuple[int, ...]]]:
    head = journal_entry.c
    same_entry = and_(head.community_id == posting.c.community_id, head.entry_id == posting.c.entry_id)
    texts = {part: entry_text.alias(part) for part in TEXTS}
    words = [text.c.body.label(part) for part, text in texts.items()]
    columns = (head.entry_id, head.effective_on, head.kind, head.family, head.privacy, *words, head.reverses)
    sums = (func.sum(posting.c.amount).label("moved"), func.max(posting.c.programme).label("programme"))
    query = select(*columns, *sums).join(journal_entry, same_entry)
    for part, text in texts.items():
        of_entry = and_(text.c.community_id == head.community_id, text.c.entry_id == head.entry_id)
        query = query.join(text, and_(of_entry, text.c.part == part), isouter=True)
    query = query.where(
        posting.c.account_id.in_(accounts),
        posting.c.community_id == uow.community_id,
        posting.c.effective_on.between(span.first, span.last),
        posting.c.entry_id + 0 <= uow.at,  # the sum keeps the lines from being read by number, all of them
    )
    query = query.group_by(head.community_id, *columns).order_by(head.effective_on, head.entry_id)
    found = uow.connection.execute(query).mappings().all()
    others = _others(uow, owner, [row["entry_id"] for row in found])
    return [(row, others.get(row["entry_id"], ())) for row in found]


def _others(uow: UnitOfWork, owner: int, numbers: list[int]) -> dict[int, tuple[int, ...]]:
    here = posting.c.community_id == uow.community_id
    query = select(posting.c.entry_id, posting.c.account_id).where(here, posting.c.entry_id.in_(numbers))
    lines = [(row[0], row[1]) for row in uow.connection.execute(query)]
    there = charts_and_owners(uow, {number for _, number in lines})
    found: dict[int, set[int]] = {}
    for number, account_id in lines:
        found.setdefault(number, set()).add(there[account_id][1])
    return {number: tuple(sorted(owners - {0, owner})) for number, owners in found.items()}
