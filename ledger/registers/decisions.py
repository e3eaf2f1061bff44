"""Decisions of meetings; entries refer to a decision by its code."""

from __future__ import annotations

from sqlalchemy import select

from ledger.chain.record_acts import NewIdentities, next_id
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import decision as decision_table
from ledger.registers import store
from ledger.registers.cache import cached
from ledger.registers.records import Decision
from ledger.registers.registry import DECISIONS


def get_all(uow: UnitOfWork) -> dict[str, Decision]:
    """Every decision with details, by code. Entries may refer to others, of which only the code is known."""
    return DECISIONS.all(uow)


def codes(uow: UnitOfWork) -> dict[str, int]:
    """The numbers of all decisions that entries can refer to, by code."""
    return dict(cached(uow, "decision-codes", lambda: _read_codes(uow)))


def _read_codes(uow: UnitOfWork) -> dict[str, int]:
    table = decision_table
    query = select(table.c.code, table.c.decision_id).where(table.c.community_id == uow.community_id)
    return {row.code: row.decision_id for row in uow.connection.execute(query)}


def add(writing: WriteUnit, decision: Decision, *, entered_by: int) -> int | None:
    """Record a decision or change its details; None if nothing changes."""
    is_new = decision.id not in codes(writing)
    opens = NewIdentities(decisions=[(next_id(writing, "decision"), decision.id)] if is_new else [])
    return store.write(writing, [DECISIONS.change(decision)], (), opens, entered_by=entered_by)
