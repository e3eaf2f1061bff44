"""The store of registers: versions are only added, each by an act in the chain; the newest at a number stands."""

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
"""One item of a register as it stands from now on; a body of None withdraws it."""
NameChange = NameRow
"""A name of a party from now on."""


@dataclass(frozen=True)
class Names:
    """A party's name and the name they sign in by, as they stand; None where there is none or it was erased."""

    name: str | None = None
    user: str | None = None


_ROW = register_row.c
_HERE = (
    _ROW.community_id == bindparam("community"),
    _ROW.register == bindparam("register"),
    _ROW.act_id <= bindparam("at"),
)


def _newest() -> Select[str, str | None]:
    """Put together once: building the statement takes ten times as long as running it."""
    newest = select(_ROW.key, func.max(_ROW.act_id).label("act_id")).where(*_HERE).group_by(_ROW.key).subquery()
    same = (_ROW.key == newest.c.key) & (_ROW.act_id == newest.c.act_id)
    return select(_ROW.key, _ROW.body).join(newest, same).where(*_HERE)


_ALL = _newest()
_NAME = party_text.c
_NAMES = (
    select(_NAME.party_id, _NAME.part, _NAME.body)
    .where(_NAME.community_id == bindparam("community"), _NAME.act_id <= bindparam("at"))
    .order_by(_NAME.act_id)
)


def read(uow: UnitOfWork, register: str) -> dict[str, dict[str, Any]]:
    """The items of a register as they stood at the head of the unit of work, by key; withdrawn ones are left out."""
    asked = {"community": uow.community_id, "register": register, "at": uow.at}
    rows = sorted(uow.connection.execute(_ALL, asked), key=lambda row: row[0])
    return {key: json.loads(body) for key, body in rows if body is not None}


def names(uow: UnitOfWork) -> dict[int, Names]:
    """The names of every party as they stood at the head of the unit of work."""
    return dict(cached(uow, "names", lambda: _read_names(uow)))


def _read_names(uow: UnitOfWork) -> dict[int, Names]:
    found: dict[int, dict[str, str | None]] = {}
    for party_id, part, body in uow.connection.execute(_NAMES, {"community": uow.community_id, "at": uow.at}):
        found.setdefault(party_id, {})[part] = body
    return {party_id: Names(**parts) for party_id, parts in found.items()}


def write(
    writing: WriteUnit,
    changes: Sequence[Change],
    names: Sequence[NameChange] = (),
    opens: NewIdentities | None = None,
    *,
    entered_by: int,
    decision_id: int | None = None,
) -> int | None:
    """Write what is new in one `record` act and give its number; None where everything stands already."""
    fresh = unsaid(writing, changes)
    named = unsaid_names(writing, names)
    return record(writing, entered_by=entered_by, opens=opens, names=named, rows=fresh, decision_id=decision_id)


def unsaid(uow: UnitOfWork, changes: Iterable[Change]) -> list[Change]:
    """The changes that differ from what stands; of two about one item the later counts."""
    last = {(change.register, change.key): change for change in changes}
    stand = {register: read(uow, register) for register in {register for register, _ in last}}
    return [change for change in last.values() if stand[change.register].get(change.key) != change.body]


def unsaid_names(uow: UnitOfWork, changes: Sequence[NameChange]) -> list[NameChange]:
    """The names that differ from those that stand."""
    stand = names(uow) if changes else {}
    last = {(change.party_id, change.part): change for change in changes}
    return [
        change for change in last.values() if getattr(stand.get(change.party_id, Names()), change.part) != change.body
    ]


def codes(uow: UnitOfWork, table: Table) -> set[str]:
    """The codes that the books know in a list of identities: funds, programmes, units, lines of the chart."""
    return set(uow.connection.scalars(select(table.c.code).where(table.c.community_id == uow.community_id)))


def classes(uow: UnitOfWork) -> dict[str, str]:
    """The class of each line of the chart: ASSET, LIABILITY, EQUITY, INCOME or EXPENSE."""
    query = select(chart_line.c.code, chart_line.c["class"]).where(chart_line.c.community_id == uow.community_id)
    return {row.code: row[1] for row in uow.connection.execute(query)}
