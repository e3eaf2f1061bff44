"""What stands beside the entries: the community's lists of accounts, funds, people, offices and readings, as records.

People are numbers of the list of parties; names stand apart, where they can be erased. Money in minor units,
hours in minutes. None means not set.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from ledger.registers.codec import JOINED, PERSON

LAST = 1000
"""The place in its list of an item that nobody put in order: after the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySettings:
    """What the community says of itself; `go_live` is the day from which imported entries need a decision."""

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
        """The month that the financial year begins with, 1 to 12."""
        return int(self.year_starts[:2])


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
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What costs and hours are for. Support work is private: never shown by person."""

    code: str
    name: str
    enterprise: str | None = None
    private: bool = False
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bank account, cash box or processor: one account over the funds that lie in it."""

    code: str
    name: str
    account: str
    funds: tuple[str, ...] = ()
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who live together, by its code; the household's name is that of its party."""

    code: str
    party_id: int
    name: str = field(default="", metadata=JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the community, from the day they joined to the day they left; an erased name is empty."""

    party_id: int
    joined: dt.date
    left: dt.date | None = None
    household: str | None = None
    name: str = field(default="", metadata=JOINED)
    user: str | None = field(default=None, metadata=JOINED)

    def is_enrolled(self, day: dt.date) -> bool:
        """Whether the person belongs to the community on a day."""
        return self.joined <= day and not self.has_left(day)

    def has_left(self, day: dt.date) -> bool:
        """Whether the last day is over."""
        return self.left is not None and self.left < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Netting:
    """When hours with a partner were last settled, and by which entry (its key)."""

    date: dt.date
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another community with which hours run both ways, up to a limit each way, in minutes."""

    party_id: int
    code: str
    limit_they_owe_minutes: int | None = None
    limit_we_owe_minutes: int | None = None
    netting_months: int | None = None
    last_netting: Netting | None = None
    name: str = field(default="", metadata=JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerm:
    """A role held from a day to a day; `term` counts terms in a row, a trainee learns it from a day on."""

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
        """Whether the term runs on a day."""
        return self.from_ <= day <= self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting decided and how; private ones (mediation, help) are never listed or counted openly."""

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
    """A meeting: how many could come and how many came."""

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
    """How many nights people spent here in a month (`2026-03`), all added up."""

    month: str
    person_nights: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Something that is read or weighed: electricity, water, waste, food grown."""

    code: str
    name: str
    unit: str
    kind: str
    renewable: bool | None = None
    source: str | None = None
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a meter counted in a calendar month (`2026-03`), read on a day, and how that is known."""

    meter: str
    date: dt.date
    month: str
    quantity: Fraction
    unit: str
    method: str
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A place compared with its statement up to a day, by a second person."""

    place: str
    to: dt.date
    by: int | None = field(default=None, metadata=PERSON)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the community chose for one policy; numbers with a fraction are written as text, `3/2`."""

    value: object
