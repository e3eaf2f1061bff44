"""Records of plans: budgets, commitments, grants, expected cash, top-ups of the emergency fund.

Money is in minor units, hours are in minutes. None means not set.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ledger.registers.codec import JOINED
from ledger.registers.records import LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a budget: an amount for each month of the financial year, in order."""

    fund: str
    programme: str | None = None
    account: str
    unit: str
    months: tuple[int, ...]
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """A change of the year's costs known on a day (`as_at`): work that is postponed or was done early."""

    as_at: dt.date
    programme: str | None = None
    amount: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetNote:
    """Why a programme differs from its budget in a month (`2026-03`): `timing` (it evens out) or `real`."""

    period: str
    programme: str | None = None
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One version of the budget of a financial year; `year` is the calendar year it begins in.

    Lines, known changes and notes are registers of their own, joined on reading.
    """

    year: int
    version: int = 1
    state: str = "draft"
    decision: str | None = None
    approved: dt.date | None = None
    lines: tuple[BudgetLine, ...] = field(default=(), metadata=JOINED)
    known_changes: tuple[KnownChange, ...] = field(default=(), metadata=JOINED)
    notes: tuple[BudgetNote, ...] = field(default=(), metadata=JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An invoice for a commitment (by the entry's key), and how much of the commitment it released."""

    entry: str
    date: dt.date
    invoice: int
    released: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise to pay, not yet invoiced; it counts from its date until it is used or cancelled."""

    id: str
    date: dt.date
    fund: str
    programme: str | None = None
    account: str
    amount: int
    text: str = ""
    uses: tuple[Use, ...] = ()
    cancelled: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Money given for a purpose; its entries name the same document. An appeal has no single funder."""

    document: str
    fund: str
    funder: str | None = None
    amount: int | None = None
    conditional: bool = False
    condition: str | None = None
    deadline: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCash:
    """Money expected, on the day `as_at`, to come in or go out on a later date."""

    as_at: dt.date
    date: dt.date
    fund: str
    amount: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmShares:
    """The number of farm shares offered in a year."""

    year: int
    offered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """A planned top-up of the emergency fund."""

    date: dt.date
    amount: int
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The emergency plan: its fund, the funds whose essential costs it covers, top-ups, days it was checked."""

    fund: str
    essential_funds: tuple[str, ...] = ()
    top_ups_planned: tuple[TopUp, ...] = ()
    plan_checked: tuple[dt.date, ...] = ()
