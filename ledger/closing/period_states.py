"""Months: which are over, which are closed, by whom and when, and which were opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from ledger.core.periods import Month
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.models import act
from ledger.models.column_types import instant_text
from ledger.registers.cache import cached

CLOSE, REOPEN = "close", "reopen"


@dataclass(frozen=True, kw_only=True)
class MonthState:
    """A month as it stands: open or closed, and the last act about it (number, who, when; None where there is none)."""

    month: Month
    is_closed: bool = False
    act_id: int | None = None
    by: int | None = None
    recorded_at: str | None = None
    was_reopened: bool = False


def month_states(uow: UnitOfWork, last: Month) -> list[MonthState]:
    """Every month from that of the first entry to the last one asked for, newest first; none before any entry."""
    first, found = _read_states(uow)
    months = [] if first is None else list(_from(first, last))
    return [found.get(month.id, MonthState(month=month)) for month in reversed(months)]


def month_state(uow: UnitOfWork, month: Month) -> MonthState:
    """How one month stands."""
    return _read_states(uow)[1].get(month.id, MonthState(month=month))


def open_months_before(uow: UnitOfWork, month: Month) -> list[Month]:
    """The months before this one that are still open, from that of the first entry on, oldest first."""
    return [one.month for one in reversed(month_states(uow, month.previous())) if not one.is_closed]


def closed_months_from(uow: UnitOfWork, month: Month) -> list[Month]:
    """This month and the later ones as far as they are closed, newest first."""
    found = [one.month for one in _read_states(uow)[1].values() if one.is_closed and one.month >= month]
    return sorted(found, reverse=True)


def reopened_months(uow: UnitOfWork) -> frozenset[Month]:
    """The months that were opened again after they had been closed, as far as the unit of work sees."""
    return cached(uow, "reopened months", lambda: _read_reopened(uow))


def _read_reopened(uow: UnitOfWork) -> frozenset[Month]:
    query = select(act.c.period_id).distinct().where(act.c.community_id == uow.community_id, act.c.kind == REOPEN)
    query = query.where(act.c.period_id.is_not(None), act.c.act_id <= uow.at)
    return frozenset(Month.from_id(number) for number in uow.connection.scalars(query))


def _read_states(uow: UnitOfWork) -> tuple[Month | None, dict[int, MonthState]]:
    """The month of the first entry, and the months that the books know, by number."""
    again = reopened_months(uow)
    rows = raw_sql.fetch_portable(uow.connection, _STATES, (uow.community_id, uow.community_id))
    states = {
        number: MonthState(
            month=Month.from_id(number),
            is_closed=state == "closed",
            act_id=act_id,
            by=by,
            recorded_at=instant_text(recorded_at),
            was_reopened=Month.from_id(number) in again,
        )
        for number, state, act_id, by, recorded_at, _ in rows
    }
    first = rows[0][-1] if rows else None
    return None if first is None else Month.from_id(first), states


_STATES = """SELECT p.period_id, p.state, p.act_id, a.entered_by, a.recorded_at,
(SELECT e.period_id FROM journal_entry AS e WHERE e.community_id + 0 = ? ORDER BY e.period_id LIMIT 1)
FROM period AS p LEFT JOIN act AS a ON a.community_id = p.community_id AND a.act_id = p.act_id
WHERE p.community_id = ?"""


def _from(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = month.next()
