"""What the assembly must talk about: decisions waiting for it, and roles whose term is over or ends soon."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ledger.registers.records import RoleTerm
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.measures.role_terms import ending_roles, overdue_roles
from reports.tables.registry import MONTHLY, report_table

ASSEMBLY = "assembly"


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """A proposal before the assembly; its amount in minor units."""

    number: int
    id: str
    text: str
    amount: int | None
    proposer: str | None


@dataclass(frozen=True, kw_only=True)
class OverdueRole:
    """A role whose term is over while nobody has followed; no person is named."""

    role: str
    scope: str | None
    ended: dt.date


@dataclass(frozen=True, kw_only=True)
class EndingRole:
    """A role whose term ends soon; no person is named."""

    role: str
    scope: str | None
    ends: dt.date


@report_table("decisions_needed", (MONTHLY,))
def decisions_needed(dataset: Dataset, columns: Columns) -> list[AgendaItem]:
    """Proposals made to the assembly by the end of the month and not decided yet; those of closed sessions left out."""
    waiting = [
        decision
        for decision in dataset.registers.decisions
        if decision.body == ASSEMBLY and not decision.private and decision.proposed is not None
        if decision.proposed <= columns.end < decision.date
    ]
    waiting.sort(key=lambda decision: (decision.proposed or decision.date, decision.id))
    return [
        AgendaItem(number=number, id=item.id, text=item.text, amount=item.amount, proposer=item.proposer)
        for number, item in enumerate(waiting, 1)
    ]


@report_table("roles_overdue")
def roles_overdue(dataset: Dataset, columns: Columns) -> list[OverdueRole]:
    """Roles whose term is over at the end and that nobody has taken up."""
    return [
        OverdueRole(role=term.role, scope=term.scope, ended=term.to) for term in overdue_roles(dataset, columns.end)
    ]


@report_table("roles_ending_in_90_days", (MONTHLY,))
def roles_ending_in_90_days(dataset: Dataset, columns: Columns) -> list[EndingRole]:
    """Roles whose term ends in the 90 days after the month."""
    return [_ending(term) for term in ending_roles(dataset, columns.end)]


def _ending(term: RoleTerm) -> EndingRole:
    return EndingRole(role=term.role, scope=term.scope, ends=term.to)
