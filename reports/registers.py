"""What stands beside the entries: the community's lists, plans and readings, as typed records.

Fields are named as in the registers file; people are party numbers. Money in minor units, hours in
minutes. None means not set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from reports.plans import Budget, Commitment, Emergency, ExpectedCash, Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A line of the chart of accounts: its class, its normal side and what the reports do with it."""

    code: str
    name: str
    kind: str
    side: str
    unit: str
    clearing: bool = False
    cash: bool = False
    non_cash: bool = False
    essential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Who bound a fund and to what: programmes and accounts that it may pay, and the paper that says so."""

    by: str
    decision: str | None = None
    documents: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A pot with a purpose; its class says whether the giver, the assembly or nobody bound it."""

    code: str
    name: str
    class_: str
    purpose: str = ""
    restriction: Restriction | None = None
    essential: bool = False
    opened: dt.date | None = None
    may_go_negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What costs and hours are for. Support work is private: never shown by person."""

    code: str
    name: str
    enterprise: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bank account, cash box or processor: one account over the funds that lie in it."""

    code: str
    name: str
    account: str
    funds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the community, from the day they joined to the day they left."""

    party_id: int
    joined: dt.date
    left: dt.date | None = None
    household: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another community with which hours run both ways, up to a limit each way, in minutes."""

    party_id: int
    code: str
    limit_they_owe_minutes: int | None = None
    limit_we_owe_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerm:
    """A role held from a day to a day; `term` counts terms in a row, a trainee learns it from a day on."""

    role: str
    scope: str | None
    holder: int | None
    from_: dt.date
    to: dt.date
    term: int = 1
    trainee: int | None = None
    trainee_from: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting decided and how; private ones (mediation, help) are never listed or counted openly."""

    id: str
    date: dt.date
    body: str
    text: str
    method: str
    proposed: dt.date | None = None
    proposer: str | None = None
    amount: int | None = None
    objections_raised: int = 0
    objections_resolved: int = 0
    review: dt.date | None = None
    reviewed: dt.date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """A meeting: how many could come and how many came."""

    date: dt.date
    entitled: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursWorked:
    """Minutes that a person worked for the co-op in a year: the basis of patronage."""

    year: int
    member: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Something that is read or weighed: electricity, water, waste, food grown."""

    code: str
    name: str
    unit: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a meter counted in a calendar month (`2026-03`), and how that is known."""

    meter: str
    month: str
    quantity: Fraction
    unit: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A place compared with its statement up to a day, by a second person."""

    place: str
    to: dt.date
    by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disagreement, without names: the days it was opened and agreed."""

    id: str
    opened: dt.date
    agreed: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """A policy set aside from a day to a day, with its reason."""

    from_: dt.date
    to: dt.date | None
    policy: str
    fund: str | None = None
    decision: str | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Registers:
    """Every list of the community as it stood at the head of the books; an empty one is simply empty."""

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
