"""The agenda: open proposals to the assembly, and role terms that are over or end soon."""

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
    """A proposal to the assembly; `amount` is in minor units."""

    number: int
    id: str
    text: str
    amount: int | None
    proposer: str | None


@dataclass(frozen=True, kw_only=True)
class OverdueRole:
    """A role whose term is over without a successor; no person is named."""

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
    """Undecided proposals to the assembly at the end of the month, without private ones."""
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
    """Roles whose term is over at the end of the period, without a successor."""
    return [
        OverdueRole(role=term.role, scope=term.scope, ended=term.to) for term in overdue_roles(dataset, columns.end)
    ]


@report_table("roles_ending_in_90_days", (MONTHLY,))
def roles_ending_in_90_days(dataset: Dataset, columns: Columns) -> list[EndingRole]:
    """Roles whose term ends in the 90 days after the month."""
    return [_ending(term) for term in ending_roles(dataset, columns.end)]


def _ending(term: RoleTerm) -> EndingRole:
    return EndingRole(role=term.role, scope=term.scope, ends=term.to)
