"""Storage of registers: each change adds a version, by an act in the chain; the latest version counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select

from ledger.chain.record_acts import NameRow, NewIdentities, RegisterRow, record
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import chart_line, party_text, register_row
from ledger.registers.cache import cached

Change = RegisterRow
"""A new version of one item of a register; a body of None removes the item."""


@dataclass(frozen=True)
class PartyNames:
    """A party's name and user name; None if there is none or it was erased."""

    name: str | None = None
    user: str | None = None


_ROW = register_row.c
_UP_TO_HEAD = (
    _ROW.community_id == bindparam("community"),
    _ROW.register == bindparam("register"),
    _ROW.act_id <= bindparam("at"),
)


def _latest_versions() -> Select[str, str | None]:
    latest = select(_ROW.key, func.max(_ROW.act_id).label("act_id")).where(*_UP_TO_HEAD).group_by(_ROW.key).subquery()
    same_version = (_ROW.key == latest.c.key) & (_ROW.act_id == latest.c.act_id)
    return select(_ROW.key, _ROW.body).join(latest, same_version).where(*_UP_TO_HEAD)


_SELECT_ITEMS = _latest_versions()  # built once: building the statement takes ten times as long as running it
_NAME = party_text.c
_SELECT_NAMES = (
    select(_NAME.party_id, _NAME.part, _NAME.body)
    .where(_NAME.community_id == bindparam("community"), _NAME.act_id <= bindparam("at"))
    .order_by(_NAME.act_id)
)


def fetch_items(uow: UnitOfWork, register: str) -> dict[str, dict[str, Any]]:
    """The items of a register at the head of the unit of work, by key, as JSON bodies; removed items are left out."""
    parameters = {"community": uow.community_id, "register": register, "at": uow.at}
    rows = sorted(uow.connection.execute(_SELECT_ITEMS, parameters), key=lambda row: row[0])
    return {key: json.loads(body) for key, body in rows if body is not None}


def party_names(uow: UnitOfWork) -> dict[int, PartyNames]:
    """The names of every party at the head of the unit of work, by number."""
    return dict(cached(uow, "names", lambda: _read_names(uow)))


def _read_names(uow: UnitOfWork) -> dict[int, PartyNames]:
    names: dict[int, dict[str, str | None]] = {}
    for party_id, part, body in uow.connection.execute(_SELECT_NAMES, {"community": uow.community_id, "at": uow.at}):
        names.setdefault(party_id, {})[part] = body
    return {party_id: PartyNames(**parts) for party_id, parts in names.items()}


def write(
    writing: WriteUnit,
    changes: Sequence[Change],
    names: Sequence[NameRow] = (),
    opens: NewIdentities | None = None,
    *,
    entered_by: int,
    decision_id: int | None = None,
) -> int | None:
    """Write the changes in one `record` act and return its number; None if nothing differs from what is stored."""
    rows = changed_items(writing, changes)
    names = changed_names(writing, names)
    return record(writing, entered_by=entered_by, opens=opens, names=names, rows=rows, decision_id=decision_id)


def changed_items(uow: UnitOfWork, changes: Iterable[Change]) -> list[Change]:
    """The changes that differ from what is stored; of two changes to one item the later counts."""
    last = {(change.register, change.key): change for change in changes}
    stored = {register: fetch_items(uow, register) for register in {register for register, _ in last}}
    return [change for change in last.values() if stored[change.register].get(change.key) != change.body]


def changed_names(uow: UnitOfWork, names: Sequence[NameRow]) -> list[NameRow]:
    """The names that differ from those stored; of two for one party the later counts."""
    stored = party_names(uow) if names else {}
    last = {(name.party_id, name.part): name for name in names}
    return [name for name in last.values() if getattr(stored.get(name.party_id, PartyNames()), name.part) != name.body]


def codes(uow: UnitOfWork, table: Table) -> set[str]:
    """The codes in an identity table: `fund`, `programme`, `unit` or `chart_line`."""
    return set(uow.connection.scalars(select(table.c.code).where(table.c.community_id == uow.community_id)))


def account_classes(uow: UnitOfWork) -> dict[str, str]:
    """The class of each account in the chart, by code: ASSET, LIABILITY, EQUITY, INCOME or EXPENSE."""
    query = select(chart_line.c.code, chart_line.c["class"]).where(chart_line.c.community_id == uow.community_id)
    return {row.code: row[1] for row in uow.connection.execute(query)}
