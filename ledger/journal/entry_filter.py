"""Which entries are wanted: by day, kind, account, fund, programme, owner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select

from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds import guarded_slugs
from ledger.models import account, journal_entry, posting


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """Which entries to list; nothing set lists all. `seen_by` leaves those that this person may open as a member."""

    first: dt.date | None = None
    last: dt.date | None = None
    kind: str | None = None
    family: str | None = None
    chart: str | None = None
    fund: str | None = None
    programme: str | None = None
    owner: int | None = None
    unit: str | None = None
    document: str | None = None
    agreement_id: int | None = None
    entered_by: int | None = None
    seen_by: int | None = None


def filter_conditions(uow: UnitOfWork, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    """The conditions that an entry's header meets when it is one of those wanted."""
    head = journal_entry.c
    where: list[ColumnElement[bool]] = [head.community_id == uow.community_id, head.entry_id <= uow.at]
    asked = [
        name
        for name in ("kind", "family", "document", "agreement_id", "entered_by")
        if getattr(wanted, name) is not None
    ]
    where += [head[name] == getattr(wanted, name) for name in asked]
    if wanted.first is not None:
        where.append(head.effective_on >= wanted.first)
    if wanted.last is not None:
        where.append(head.effective_on <= wanted.last)
    lines = _line_conditions(wanted)
    if lines:
        where.append(_has_line(*lines))
    if wanted.seen_by is not None:
        where.append(_open_to(wanted.seen_by))
    return where


def _has_line(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    head = journal_entry.c
    same = and_(posting.c.community_id == head.community_id, posting.c.entry_id == head.entry_id)
    return exists(select(posting.c.line).join(account, same_account()).where(same, *conditions))


def _open_to(party_id: int) -> ColumnElement[bool]:
    """One's own entries, and the community's that stand on nobody else's account; as `Entry.is_open_to` has it."""
    head = journal_entry.c
    took_part = or_(head.entered_by == party_id, head.on_behalf_of == party_id, head.confirmed_by == party_id)
    is_open = and_(
        head.privacy != "private",
        head.kind.not_in(guarded_slugs()),
        or_(took_part, ~_has_line(account.c.owner_id != 0)),
    )
    return or_(_has_line(account.c.owner_id == party_id), is_open)


def _line_conditions(wanted: EntryFilter) -> list[ColumnElement[bool]]:
    columns = {
        "chart": account.c.chart,
        "owner": account.c.owner_id,
        "fund": posting.c.fund,
        "unit": posting.c.unit,
        "programme": posting.c.programme,
    }
    return [column == getattr(wanted, name) for name, column in columns.items() if getattr(wanted, name) is not None]


def same_account() -> ColumnElement[bool]:
    """How a line finds its account."""
    return and_(account.c.community_id == posting.c.community_id, account.c.account_id == posting.c.account_id)
