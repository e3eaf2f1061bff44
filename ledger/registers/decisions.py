"""Decisions: what a meeting agreed; entries name the decision they rest on by its code."""

from __future__ import annotations

from sqlalchemy import select

from ledger.chain.record_acts import NewIdentities, next_id
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import decision
from ledger.registers import store
from ledger.registers.cache import cached
from ledger.registers.records import Decision
from ledger.registers.registry import DECISIONS


def get_all(uow: UnitOfWork) -> dict[str, Decision]:
    """Every decision whose details are known, by code; entries may name others, which are codes only."""
    return DECISIONS.all(uow)


def codes(uow: UnitOfWork) -> dict[str, int]:
    """The numbers of all decisions that entries can name, by code."""
    return dict(cached(uow, "decision-codes", lambda: _read_codes(uow)))


def _read_codes(uow: UnitOfWork) -> dict[str, int]:
    query = select(decision.c.code, decision.c.decision_id).where(decision.c.community_id == uow.community_id)
    return {row.code: row.decision_id for row in uow.connection.execute(query)}


def add(writing: WriteUnit, made: Decision, *, entered_by: int) -> int | None:
    """Write a decision down, or change what is known of it; None where it stands already."""
    known = codes(writing)
    opened = [] if made.id in known else [(next_id(writing, "decision"), made.id)]
    return store.write(writing, [DECISIONS.change(made)], (), NewIdentities(decisions=opened), entered_by=entered_by)
