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
from ledger.core.periods import Span
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.idempotency import JOURNAL

HELP = frozenset({EXCHANGE, COMMUNITY, PARTNER})
"""The families whose hours were given or received as help; all other hours were passed on, brought in or put right."""

_OWN = """m.community_id + 0 = ? AND m.account_id IN
(SELECT a.account_id FROM account AS a WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.chart = ? AND a.unit = ?)
AND m.entry_id + 0 <= ?"""  # the sums keep the engines from reading all lines by number
_SUMS = f"""SELECT e.family, e.reverses IS NOT NULL, e.effective_on > ?, sum(t.moved) FROM
(SELECT m.community_id, m.entry_id, sum(m.amount) AS moved FROM posting AS m WHERE {_OWN}
GROUP BY m.community_id, m.entry_id) AS t
JOIN journal_entry AS e ON e.community_id = t.community_id AND e.entry_id = t.entry_id
GROUP BY 1, 2, 3, t.moved < 0"""  # noqa: S608
_EXCHANGES = f"""SELECT e.entry_id, e.effective_on, e.kind, e.privacy, e.idem_scope, e.reverses IS NULL AND NOT EXISTS
(SELECT 1 FROM journal_entry AS r WHERE r.community_id = e.community_id AND r.reverses = e.entry_id),
w.part, w.body, p.line, p.amount, p.programme, o.owner_id FROM
(SELECT m.community_id, m.entry_id FROM posting AS m WHERE {_OWN}
GROUP BY m.community_id, m.entry_id ORDER BY m.entry_id DESC LIMIT ?) AS t
JOIN journal_entry AS e ON e.community_id = t.community_id AND e.entry_id = t.entry_id
JOIN posting AS p ON p.community_id = e.community_id AND p.entry_id = e.entry_id
JOIN account AS o ON o.community_id = p.community_id AND o.account_id = p.account_id AND o.chart = ?
LEFT JOIN entry_text AS w ON w.community_id = e.community_id AND w.entry_id = e.entry_id
ORDER BY e.entry_id DESC, p.line"""  # noqa: S608

_SWAPS = """SELECT e.entry_id, e.effective_on, e.reverses, e.facts, w.body, p.amount FROM posting AS p
JOIN journal_entry AS e ON e.community_id = p.community_id AND e.entry_id = p.entry_id AND e.family = ?
LEFT JOIN entry_text AS w ON w.community_id = e.community_id AND w.entry_id = e.entry_id AND w.part = 'narration'
WHERE p.community_id + 0 = ? AND p.account_id IN
(SELECT a.account_id FROM account AS a WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.unit = ?)
AND p.effective_on BETWEEN ? AND ? AND p.entry_id + 0 <= ? ORDER BY e.effective_on, e.entry_id, p.line"""
_FIGURES = """SELECT
(SELECT sum(b.posted) FROM account AS a
JOIN balance AS b ON b.community_id = a.community_id AND b.account_id = a.account_id
WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.unit = ?),
(SELECT e.effective_on FROM journal_entry AS e WHERE e.community_id + 0 = ?
ORDER BY e.period_id, e.effective_on LIMIT 1)"""


@dataclass(frozen=True)
class HoursSums:
    """What one person's hours add up to, in minutes: help given and received, and what came or went otherwise."""

    gave: int = 0
    received: int = 0
    came: int = 0
    passed_on: int = 0
    later: int = 0
    """What moved the balance after the day that was asked for; the other sums hold it too."""

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
class Figures:
    """The open barter value of a member, debit positive, None for one without swaps; and the first day of the books."""

    open_value: int | None
    began: dt.date | None


def figures(uow: UnitOfWork, party_id: int) -> Figures:
    """What the statement says beside its tables."""
    values = (uow.community_id, party_id, BARTER_VALUE, uow.community_id)
    open_value, began = raw_sql.fetch_portable(uow.connection, _FIGURES, values)[0]
    return Figures(None if open_value is None else int(open_value), raw_sql.to_date(began) if began else None)


def swaps(uow: UnitOfWork, party_id: int, span: Span) -> list[Swap]:
    """The swaps of some days, oldest first."""
    own = (BARTER, uow.community_id, uow.community_id, party_id, BARTER_VALUE)
    rows = raw_sql.fetch_portable(uow.connection, _SWAPS, (*own, str(span.first), str(span.last), uow.at))
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


def sums(uow: UnitOfWork, party_id: int, until: dt.date = dt.date.max) -> HoursSums:
    """The sums of all moves, those dated after `until` too; a reversal is taken off the side of what it reverses."""
    rows = raw_sql.fetch_portable(uow.connection, _SUMS, (str(until), *_own(uow, party_id)))
    found = {"gave": 0, "received": 0, "came": 0, "passed_on": 0, "later": 0}
    for family, is_back, is_later, moved in rows:
        change = -int(moved)
        gained = (change > 0) is not bool(is_back)
        side = ("gave" if gained else "received") if family in HELP else ("came" if gained else "passed_on")
        found[side] += change if gained else -change
        found["later"] += change if is_later else 0
    return HoursSums(**found)


def latest_exchanges(uow: UnitOfWork, party_id: int, limit: int) -> list[Exchange]:
    """The entries that last moved a member's hours, the newest number first."""
    values = (*_own(uow, party_id), limit, MEMBER_TIME)
    rows: dict[int, list[Any]] = {}
    for row in raw_sql.fetch_portable(uow.connection, _EXCHANGES, values):
        rows.setdefault(row[0], []).append(row)
    return [_exchange(one) for one in rows.values()]


def _own(uow: UnitOfWork, party_id: int) -> tuple[Any, ...]:
    return (uow.community_id, uow.community_id, party_id, MEMBER_TIME, MINUTES, uow.at)


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
