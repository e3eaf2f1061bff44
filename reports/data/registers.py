"""The registers that reports use, as of the head of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.registers.plan_records import Budget, Commitment, Emergency, ExpectedCash, Grant
from ledger.registers.records import (
    Account,
    Assembly,
    Decision,
    Dispute,
    Fund,
    HoursWorked,
    Member,
    Meter,
    Partner,
    Place,
    PolicyException,
    Programme,
    Reading,
    Reconciliation,
    RoleTerm,
)


@dataclass(frozen=True, kw_only=True)
class Registers:
    """The registers in their own order; unused ones are empty. Budgets include their lines, changes and notes."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    members: Mapping[int, Member] = field(default_factory=dict)
    partners: tuple[Partner, ...] = ()
    roles: tuple[RoleTerm, ...] = ()
    decisions: tuple[Decision, ...] = ()
    assemblies: tuple[Assembly, ...] = ()
    budgets: tuple[Budget, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    grants: tuple[Grant, ...] = ()
    expected_cash: tuple[ExpectedCash, ...] = ()
    farm_shares_offered: Mapping[int, int] = field(default_factory=dict)
    hours_worked: tuple[HoursWorked, ...] = ()
    person_nights: Mapping[str, int] = field(default_factory=dict)
    meters: tuple[Meter, ...] = ()
    readings: tuple[Reading, ...] = ()
    emergency: Emergency | None = None
    reconciliations: tuple[Reconciliation, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    policies: Mapping[str, object] = field(default_factory=dict)
