"""Records of the registers: accounts, funds, people, roles, meters, limits and so on.

People are party numbers; names are stored apart, because they can be erased. Money is in minor units, hours are in
minutes. None means not set.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from ledger.registers.codec import JOINED, PERSON

LAST = 1000
"""The `order` of an item that has none of its own: it comes after the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySettings:
    """The community's settings; from the day `go_live`, imported entries need a decision."""

    name: str
    currency: str
    timezone: str
    language: str = "en"
    paper: str = "a4"
    year_starts: str = "01-01"
    books_began: dt.date | None = None
    go_live: dt.date | None = None

    @property
    def first_month(self) -> int:
        """The first month of the financial year, 1 to 12."""
        return int(self.year_starts[:2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A line of the chart of accounts: its class (`kind`), its normal side, and how reports treat it."""

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
    """The terms of a restricted fund: who set them, the programmes and accounts it may pay, the documents."""

    by: str
    decision: str | None = None
    documents: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A fund. Its class says who restricts its use: the donor, the assembly or nobody."""

    code: str
    name: str
    class_: str
    purpose: str = ""
    restriction: Restriction | None = None
    essential: bool = False
    opened: dt.date | None = None
    may_go_negative: bool = False
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A purpose that costs and hours are recorded for. A private one (support work) is never shown by person."""

    code: str
    name: str
    enterprise: str | None = None
    private: bool = False
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bank account, cash box or payment processor, with the funds whose money it holds."""

    code: str
    name: str
    account: str
    funds: tuple[str, ...] = ()
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who live together; the household's name is the name of its party."""

    code: str
    party_id: int
    name: str = field(default="", metadata=JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member, from the day they joined to the day they left. An erased name is empty."""

    party_id: int
    joined: dt.date
    left: dt.date | None = None
    household: str | None = None
    name: str = field(default="", metadata=JOINED)
    user: str | None = field(default=None, metadata=JOINED)

    def is_enrolled(self, day: dt.date) -> bool:
        """Whether the person is a member on a day."""
        return self.joined <= day and not self.has_left(day)

    def has_left(self, day: dt.date) -> bool:
        """Whether the last day of membership is before a day."""
        return self.left is not None and self.left < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Netting:
    """The last settlement of hours with a partner: its day and its entry (by key)."""

    date: dt.date
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner community: hours are exchanged both ways, up to a limit each way, in minutes."""

    party_id: int
    code: str
    limit_they_owe_minutes: int | None = None
    limit_we_owe_minutes: int | None = None
    netting_months: int | None = None
    last_netting: Netting | None = None
    name: str = field(default="", metadata=JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerm:
    """A role held from one day to another. `term` counts terms in a row; a trainee may learn the role."""

    role: str
    scope: str | None
    holder: int | None = field(metadata=PERSON)
    from_: dt.date
    to: dt.date
    term: int = 1
    trainee: int | None = field(default=None, metadata=PERSON)
    trainee_from: dt.date | None = None
    order: int = LAST

    def is_held(self, day: dt.date) -> bool:
        """Whether the term includes a day."""
        return self.from_ <= day <= self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision of a meeting. Private ones (mediation, help) are never listed or counted in public."""

    id: str
    date: dt.date
    body: str
    text: str
    method: str
    result: str = "agreed"
    proposed: dt.date | None = None
    proposer: str | None = None
    amount: int | None = None
    unit: str | None = None
    objections_raised: int = 0
    objections_resolved: int = 0
    review: dt.date | None = None
    reviewed: dt.date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """A meeting: how many were entitled to vote and how many were present."""

    date: dt.date
    entitled: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursWorked:
    """Minutes that a person worked for the co-op in a year: the basis of patronage."""

    year: int
    member: int = field(metadata=PERSON)
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNights:
    """The total of nights that people spent here in a month (`2026-03`)."""

    month: str
    person_nights: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Something measured: electricity, water, waste, food grown."""

    code: str
    name: str
    unit: str
    kind: str
    renewable: bool | None = None
    source: str | None = None
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a meter counted in a calendar month (`2026-03`): the day of reading, and the method."""

    meter: str
    date: dt.date
    month: str
    quantity: Fraction
    unit: str
    method: str
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A bank or cash place compared with its statement up to a day, by a second person."""

    place: str
    to: dt.date
    by: int | None = field(default=None, metadata=PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A dispute, without names: the days it was opened and agreed."""

    id: str
    opened: dt.date
    agreed: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """An exception to a policy from one day to another, with its reason."""

    from_: dt.date
    to: dt.date | None
    policy: str
    fund: str | None = None
    decision: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The value the community chose for one policy; a fraction is text, `3/2`."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRule:
    """Levels in minutes from the owner's view: plus when they gave more help than they received; None for no limit.

    Past a talk level people talk, and nothing is refused. Past a stop an entry is refused, unless someone lets it pass.
    """

    talk_low_minutes: int | None = None
    talk_high_minutes: int | None = None
    stop_low_minutes: int | None = None
    stop_high_minutes: int | None = None
    decision: str | None = None
    why: str = ""
