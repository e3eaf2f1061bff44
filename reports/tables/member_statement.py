"""One member's statement: hours given and received, trades and money, with nobody else's name but the other side's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.drafts import EXCHANGE, OPENING, PARTNER
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Span
from ledger.kinds.time.group_session import GroupSession
from ledger.kinds.time.hours_gift import HoursGift
from reports.data.dataset import Dataset
from reports.data.rows import Row, total
from reports.language.value_formats import Measure, Signed
from reports.measures.aggregates import balance


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """One entry on the member's hours; above 0 the member gave. `with_` is the other side, where it may be named."""

    date: dt.date
    key: str
    kind: str
    with_: tuple[str, ...]
    change: int
    balance: int
    in_x: bool


@dataclass(frozen=True, kw_only=True)
class TradeLine:
    """A trade with something of the member's in it: `open`, `closed` or `taken back`; barter values."""

    document: str
    state: str
    gave: int
    received: int


@dataclass(frozen=True, kw_only=True)
class MoneyChange:
    """One entry on an account of the member's."""

    date: dt.date
    key: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class MoneyLine:
    """An account in the member's name, such as shares: what the community holds for them, in minor units."""

    account: str
    name: str
    opening: int
    changes: tuple[MoneyChange, ...]
    closing: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A member's statement for a span; minutes, above 0 where more was given than received.

    `gave` and `received` count exchanges that stand; gifts, welcome hours and relief are `other_changes`.
    """

    member: str
    from_: dt.date
    to: dt.date
    opening: int
    lines: tuple[HoursLine, ...]
    gave: int
    received: int
    other_changes: int
    closing: int
    trades: tuple[TradeLine, ...]
    money: tuple[MoneyLine, ...]
    sentence: Message


def statement(books: Dataset, member: int, span: Span) -> Statement:
    """What a member gave, received and holds in a span of days."""
    opening = -balance(books, span.first - dt.timedelta(1), MEMBER_TIME, owner=member)
    lines = tuple(_hours(books, member, span, opening))
    gave = sum(line.change for line in lines if line.in_x and line.change > 0)
    received = -sum(line.change for line in lines if line.in_x and line.change < 0)
    closing = opening + sum(line.change for line in lines)
    return Statement(
        member=books.names.get(member, str(member)),
        from_=span.first,
        to=span.last,
        opening=opening,
        lines=lines,
        gave=gave,
        received=received,
        other_changes=sum(line.change for line in lines if not line.in_x),
        closing=closing,
        trades=tuple(_trades(books, member, span)),
        money=tuple(_money(books, member, span)),
        sentence=make_message(
            N_("You have given %(gave)s and received %(received)s. Your balance is %(balance)s."),
            gave=Measure(gave, "min"),
            received=Measure(received, "min"),
            balance=Signed(closing),
        ),
    )


def _hours(books: Dataset, member: int, span: Span, opening: int) -> Iterator[HoursLine]:
    changes: Counter[int] = Counter()
    rows = [row for row in books.of(MEMBER_TIME).within(span) if row.owner == member]
    for row in rows:
        changes[row.seq] -= row.amount
    run = opening
    for seq, change in changes.items():
        head = books.entries[seq][0]
        run += change
        if change:
            yield HoursLine(
                date=head.date,
                key=head.key,
                kind=head.kind,
                with_=_other_side(books, head, member, change),
                change=change,
                balance=run,
                in_x=head.is_counted,
            )


def _other_side(books: Dataset, head: Row, member: int, change: int) -> tuple[str, ...]:
    """Names of those on the other side of an exchange or gift; those who came to a session are not named."""
    is_named = head.family in (EXCHANGE, PARTNER) or head.kind == HoursGift.slug
    if not is_named or (head.kind == GroupSession.slug and change > 0):
        return ()
    lines = [line for line in books.entries[head.seq] if line.owner not in (0, member)]
    return tuple(sorted({books.names[line.owner] for line in lines if (line.amount > 0) == (change > 0)}))


def _trades(books: Dataset, member: int, span: Span) -> Iterator[TradeLine]:
    touched = {row.document for row in books.barter.within(span) if row.owner == member and row.document}
    for document in sorted(touched):
        rows = [row for row in books.barter.until(span.last) if row.document == document]
        mine = [row for row in rows if row.owner == member and row.live]
        yield TradeLine(
            document=document,
            state=_state(rows),
            gave=-total(row for row in mine if row.amount < 0),
            received=total(row for row in mine if row.amount > 0),
        )


def _state(rows: list[Row]) -> str:
    held: Counter[int] = Counter()
    for row in rows:
        held[row.owner] += row.amount
    if not all(row.live for row in rows):
        return "taken back"
    return "open" if any(held.values()) else "closed"


def _money(books: Dataset, member: int, span: Span) -> Iterator[MoneyLine]:
    mine: dict[str, list[Row]] = {}
    for row in books.money.until(span.last):
        if row.owner == member:
            mine.setdefault(row.account, []).append(row)
    for account, rows in sorted(mine.items()):
        changes: dict[int, list[Row]] = {}
        for row in rows:
            if row.date >= span.first and row.family != OPENING:
                changes.setdefault(row.seq, []).append(row)
        listed = tuple(
            MoneyChange(date=group[0].date, key=group[0].key, amount=-total(group))
            for group in changes.values()
            if total(group)
        )
        opening = -total(row for row in rows if row.date < span.first or row.family == OPENING)
        if opening or listed or total(rows):
            yield MoneyLine(
                account=account, name=rows[0].chart.name, opening=opening, changes=listed, closing=-total(rows)
            )
