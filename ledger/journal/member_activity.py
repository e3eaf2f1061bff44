"""What a member did, for the pages that members open daily: sums of hours, what was logged before, swaps.

Each is one statement that is written out, whatever the size of the books; a statement by month is in `statements`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import BARTER, COMMUNITY, EXCHANGE, PARTNER
from ledger.core.periods import Month, Span
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.idempotency import JOURNAL
from ledger.journal.statements import BALANCES_OF_OWNER, POSTINGS_OF_OWNER
from ledger.registers.cache import cached_by_hash

HELP = frozenset({EXCHANGE, COMMUNITY, PARTNER})
"""The families whose hours were given or received as help; all other hours were passed on, brought in or put right."""

_OF_OWNER_AND_UNIT = "a.community_id + 0 = ? AND a.owner_id = ? AND a.unit = ?"
_ENTRIES = f"""SELECT p.community_id, p.entry_id, sum(p.amount) AS moved {POSTINGS_OF_OWNER}
AND p.entry_id + 0 <= ? GROUP BY p.community_id, p.entry_id"""
_SUMS = f"""SELECT e.family, e.reverses IS NOT NULL, sum(m.moved) FROM ({_ENTRIES}) AS m
CROSS JOIN journal_entry AS e WHERE e.community_id = m.community_id AND e.entry_id = m.entry_id
GROUP BY 1, 2, m.moved < 0"""  # noqa: S608
_EXCHANGES = f"""SELECT e.entry_id, e.effective_on, e.kind, e.privacy, e.idem_scope, e.reverses IS NULL AND NOT EXISTS
(SELECT 1 FROM journal_entry AS r WHERE r.community_id = e.community_id AND r.reverses = e.entry_id),
w.part, w.body, l.line, l.amount, l.programme, o.owner_id FROM
(SELECT DISTINCT p.community_id, p.entry_id {POSTINGS_OF_OWNER}
AND p.entry_id + 0 <= ? ORDER BY p.entry_id DESC LIMIT ?) AS m
JOIN journal_entry AS e ON e.community_id = m.community_id AND e.entry_id = m.entry_id
JOIN posting AS l ON l.community_id = e.community_id AND l.entry_id = e.entry_id
JOIN account AS o ON o.community_id = l.community_id AND o.account_id = l.account_id AND o.chart = ?
LEFT JOIN entry_text AS w ON w.community_id = e.community_id AND w.entry_id = e.entry_id
ORDER BY e.entry_id DESC, l.line"""  # noqa: S608
_SWAPS = f"""SELECT e.entry_id, e.effective_on, e.reverses, e.facts, w.body, m.amount FROM
(SELECT p.community_id, p.entry_id, p.line, p.amount FROM account AS a CROSS JOIN posting AS p
WHERE {_OF_OWNER_AND_UNIT} AND p.community_id = a.community_id AND p.account_id = a.account_id
AND p.effective_on BETWEEN ? AND ? AND p.entry_id + 0 <= ?) AS m
JOIN journal_entry AS e ON e.community_id = m.community_id AND e.entry_id = m.entry_id AND e.family = ?
LEFT JOIN entry_text AS w ON w.community_id = e.community_id AND w.entry_id = e.entry_id AND w.part = 'narration'
ORDER BY e.effective_on, e.entry_id, m.line"""  # noqa: S608
_LAST_LINK = f"""SELECT s.hash FROM seal AS s WHERE s.community_id = ?
AND s.seq = (SELECT max(b.last_entry) {BALANCES_OF_OWNER})"""  # noqa: S608
_SUMMARY = f"""SELECT ({_LAST_LINK}),
(SELECT sum(p.amount) {POSTINGS_OF_OWNER} AND p.effective_on > ?),
(SELECT sum(b.posted) FROM account AS a CROSS JOIN balance AS b
WHERE {_OF_OWNER_AND_UNIT} AND b.community_id = a.community_id AND b.account_id = a.account_id),
EXISTS (SELECT 1 FROM journal_entry AS e WHERE e.community_id + 0 = ? AND e.period_id < ?)"""  # noqa: S608


@dataclass(frozen=True)
class HoursSums:
    """What one person's hours add up to, in minutes: help given and received, and what came or went otherwise."""

    gave: int = 0
    received: int = 0
    came: int = 0
    passed_on: int = 0

    @property
    def balance(self) -> int:
        """Help given more than received, with what came and went otherwise."""
        return self.gave + self.came - self.received - self.passed_on

    @property
    def nothing(self) -> bool:
        """Whether nothing has happened yet."""
        return not (self.gave or self.received or self.came or self.passed_on)


@dataclass(frozen=True)
class Exchange:
    """An entry that moved a member's hours, with its lines on members' time accounts: owner, minutes, programme."""

    entry_id: int
    effective_on: dt.date
    kind: str
    is_private: bool
    is_imported: bool
    is_live: bool
    narration: str | None
    subject: str | None
    lines: tuple[tuple[int, int, str | None], ...]


@dataclass(frozen=True)
class Swap:
    """A barter trade as one side reads it; `gave` and `got` are in hundredths of the agreed value."""

    entry_id: int
    effective_on: dt.date
    reverses: int | None
    facts: str
    narration: str | None
    gave: int
    got: int


@dataclass(frozen=True)
class Summary:
    """A member's hours over all time, and what their statement for a span needs besides its lines.

    `last_link` is the hash of the last entry that moved their hours, empty for none: what depends on their hours alone
    may be cached by it. `later` is what moved their hours after the span, in minutes; `open_value` is their open barter
    value, debit positive, None for a member without swaps; `has_earlier` says whether the books have entries before the
    span.
    """

    last_link: bytes
    hours: HoursSums
    later: int
    open_value: int | None
    has_earlier: bool


def summarize(uow: UnitOfWork, party_id: int, span: Span) -> Summary:
    """Sum up a member's activity as of today. The sums are kept until another entry moves the member's hours."""
    mine, first_month = (uow.community_id, party_id, MEMBER_TIME, MINUTES), Month.of(span.first).id
    barter = (uow.community_id, party_id, BARTER_VALUE)
    values = (uow.community_id, *mine, *mine, str(span.last), *barter, uow.community_id, first_month)
    link_hash, moved, open_value, has_earlier = raw_sql.fetch_portable(uow.connection, _SUMMARY, values)[0]
    last_link = bytes(link_hash or b"")
    return Summary(
        last_link=last_link,
        hours=cached_by_hash(uow, last_link, ("hours", party_id), lambda: sum_hours(uow, party_id)),
        later=-int(moved or 0),
        open_value=None if open_value is None else int(open_value),
        has_earlier=bool(has_earlier),
    )


def find_last_link(uow: UnitOfWork, party_id: int) -> bytes:
    """The hash of the last entry that moved a member's hours, as in `Summary`."""
    values = (uow.community_id, uow.community_id, party_id, MEMBER_TIME, MINUTES)
    rows = raw_sql.fetch_portable(uow.connection, _LAST_LINK, values)
    return bytes(rows[0][0]) if rows else b""


def swaps(uow: UnitOfWork, party_id: int, span: Span) -> list[Swap]:
    """The swaps of some days, oldest first."""
    own = (uow.community_id, party_id, BARTER_VALUE)
    rows = raw_sql.fetch_portable(uow.connection, _SWAPS, (*own, str(span.first), str(span.last), uow.at, BARTER))
    amounts: dict[int, list[int]] = {}
    for row in rows:
        amounts.setdefault(row[0], []).append(int(row[5]))
    return [
        Swap(
            entry_id,
            raw_sql.to_date(day),
            reverses,
            facts,
            narration,
            gave=sum(max(-amount, 0) for amount in amounts[entry_id]),
            got=sum(max(amount, 0) for amount in amounts[entry_id]),
        )
        for entry_id, day, reverses, facts, narration in dict.fromkeys(row[:5] for row in rows)
    ]


def sum_hours(uow: UnitOfWork, party_id: int) -> HoursSums:
    """The sums of all that moved a member's hours; a reversal is taken off the side of what it reverses."""
    sides = {"gave": 0, "received": 0, "came": 0, "passed_on": 0}
    for family, is_back, moved in raw_sql.fetch_portable(uow.connection, _SUMS, _own(uow, party_id)):
        change = -int(moved)
        gained = (change > 0) is not bool(is_back)
        side = ("gave" if gained else "received") if family in HELP else ("came" if gained else "passed_on")
        sides[side] += change if gained else -change
    return HoursSums(**sides)


def latest_exchanges(uow: UnitOfWork, party_id: int, limit: int) -> list[Exchange]:
    """The entries that last moved a member's hours, the newest number first."""
    values = (*_own(uow, party_id), limit, MEMBER_TIME)
    rows: dict[int, list[Any]] = {}
    for row in raw_sql.fetch_portable(uow.connection, _EXCHANGES, values):
        rows.setdefault(row[0], []).append(row)
    return [_exchange(one) for one in rows.values()]


def _own(uow: UnitOfWork, party_id: int) -> tuple[Any, ...]:
    return (uow.community_id, party_id, MEMBER_TIME, MINUTES, uow.at)


def _exchange(rows: Sequence[Any]) -> Exchange:
    entry_id, day, kind, privacy, scope, is_live = rows[0][:6]
    texts = {part: body for *_, part, body, _line, _amount, _programme, _owner in rows if part is not None}
    return Exchange(
        entry_id=entry_id,
        effective_on=raw_sql.to_date(day),
        kind=kind,
        is_private=privacy == "private",
        is_imported=scope == JOURNAL,
        is_live=bool(is_live),
        narration=texts.get("narration"),
        subject=texts.get("subject"),
        lines=tuple({line: (owner, amount, programme) for *_, line, amount, programme, owner in rows}.values()),
    )
