"""Moves: agreements in their table, and each step they took, with its key; the same key moves once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update

from ledger.chain.hashing import canonical_facts
from ledger.core.errors import KeyReused, LedgerError
from ledger.core.messages import make_message
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal.idempotency import Key
from ledger.models import agreement, agreement_move
from ledger.models.column_types import instant_text
from ledger.workflow.state_machine import Course

Body = dict[str, Any]


class UnknownAgreement(LedgerError):
    """A claim or trade is named by its number."""

    slug = "unknown-agreement"


@dataclass(frozen=True, kw_only=True, eq=False)
class Agreement:
    """Something that runs over time: what it is, where it stands, and what was written down about it.

    Compares by identity, so that what is decoded from it can be cached; nobody may change the body.
    """

    agreement_id: int
    kind: str
    state: str
    body: Body
    opened_at: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """One step: who asks for it, the key it came with, and what tells a repeat from another step."""

    moved_by: int
    key: Key
    fingerprint: bytes


def begin(writing: WriteUnit, course: Course, body: Body, move: Move) -> int:
    """Open an agreement by its first move; its number."""
    here = agreement.c.community_id == writing.community_id
    number = 1 + int(writing.connection.scalar(select(func.max(agreement.c.agreement_id)).where(here)) or 0)
    state = course.after(None, course.begin)
    row = {"community_id": writing.community_id, "agreement_id": number, "kind": course.kind, "state": state}
    row |= {"body": canonical_facts(body), "opened_at": writing.now}
    writing.connection.execute(insert(agreement), row)
    _write(writing, number, 1, (None, state), move)
    return number


def move_on(writing: WriteUnit, standing: Agreement, to_state: str, body: Body, move: Move) -> None:
    """Move an agreement to a state that its course allows, with what is now written down about it."""
    where = (agreement.c.community_id == writing.community_id, agreement.c.agreement_id == standing.agreement_id)
    writing.connection.execute(update(agreement).where(*where).values(state=to_state, body=canonical_facts(body)))
    moves = agreement_move.c
    here = (moves.community_id == writing.community_id, moves.agreement_id == standing.agreement_id)
    number = 1 + int(writing.connection.scalar(select(func.max(moves.move_no)).where(*here)) or 0)
    _write(writing, standing.agreement_id, number, (standing.state, to_state), move)


def _write(writing: WriteUnit, number: int, move_no: int, states: tuple[str | None, str], move: Move) -> None:
    row = {
        "community_id": writing.community_id,
        "agreement_id": number,
        "move_no": move_no,
        "from_state": states[0],
        "to_state": states[1],
        "moved_by": move.moved_by,
        "moved_at": writing.now,
        "idem_scope": move.key.scope,
        "idem_key": move.key.key,
        "fingerprint": move.fingerprint,
    }
    writing.connection.execute(insert(agreement_move), row)


def moved_before(uow: UnitOfWork, key: Key, fingerprint: bytes) -> int | None:
    """The agreement that the same key moved already; KeyReused where it asked for something else."""
    moves = agreement_move.c
    where = (moves.community_id == uow.community_id, moves.idem_scope == key.scope, moves.idem_key == key.key)
    row = uow.connection.execute(select(moves.agreement_id, moves.fingerprint).where(*where)).one_or_none()
    if row is None:
        return None
    if bytes(row.fingerprint) != fingerprint:
        raise KeyReused(make_message("This form was sent before with other content. What was sent first stands."))
    return int(row.agreement_id)


_NEVER = "9999-12-31T00:00:00.000Z"
_CURRENT = """SELECT agreement_id, kind, state, body, opened_at FROM agreement
WHERE community_id = ? AND (state IN ({open}) OR (state IN ({ended}) AND opened_at >= ?)) ORDER BY agreement_id"""


def get(uow: UnitOfWork, agreement_id: int) -> Agreement:
    """One agreement by its number; UnknownAgreement where there is none."""
    where = (agreement.c.community_id == uow.community_id, agreement.c.agreement_id == agreement_id)
    row = uow.connection.execute(select(agreement).where(*where)).mappings().one_or_none()
    if row is None:
        raise UnknownAgreement(
            make_message("There is nothing with the number %(number)s to say yes to.", number=agreement_id)
        )
    return _agreement(row)


def open_ones(uow: UnitOfWork, states: Collection[str]) -> list[Agreement]:
    """The agreements that still wait for someone, oldest first."""
    return open_or_since(uow, states, {})


def open_or_since(uow: UnitOfWork, states: Collection[str], since: Mapping[str, str]) -> list[Agreement]:
    """The agreements in some states, and those in other states that were opened on a day or later; oldest first.

    `since` gives that day by state.
    """
    open_marks, ended_marks = (",".join("?" * len(names)) or "NULL" for names in (states, since))
    values = (uow.community_id, *states, *since, min(since.values(), default=_NEVER))
    rows = raw_sql.fetch_portable(uow.connection, _CURRENT.format(open=open_marks, ended=ended_marks), values)
    agreements = [_decoded(*row[:4], str(instant_text(row[4]))) for row in rows]
    return [one for one in agreements if one.state in states or one.opened_at >= since[one.state]]


def _agreement(row: RowMapping) -> Agreement:
    return _decoded(row["agreement_id"], row["kind"], row["state"], row["body"], row["opened_at"])


@lru_cache(maxsize=4096)
def _decoded(agreement_id: int, kind: str, state: str, body: str, opened_at: str) -> Agreement:
    """An agreement from its row, decoded once: a page reads all that wait."""
    return Agreement(agreement_id=agreement_id, kind=kind, state=state, body=json.loads(body), opened_at=opened_at)
