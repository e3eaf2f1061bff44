"""What is planned or promised: year plans, commitments, grants, expected money, the emergency fund's refills.

Money in minor units, hours in minutes; None means not set.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ledger.registers.codec import JOINED
from ledger.registers.records import LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a year plan: an amount for each month of the financial year, in its order."""

    fund: str
    programme: str | None = None
    account: str
    unit: str
    months: tuple[int, ...]
    order: int = LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """A change of the year's costs that is known on a day: work that comes later or was done early."""

    as_at: dt.date
    programme: str | None = None
    amount: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetNote:
    """Why a programme is off its plan in a month (`2026-03`): `timing` (it evens out) or `real`."""

    period: str
    programme: str | None = None
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One version of the plan of a financial year, named by the calendar year that it begins in.

    Lines, known changes and notes are registers of their own, joined to it on reading.
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
    """An invoice that came for a promise (the entry's key), and how much of the promise it used up."""

    entry: str
    date: dt.date
    invoice: int
    released: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise to pay, not yet invoiced; it counts from the day it was made until used or cancelled."""

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
    """Money given for a purpose, joined to its entries by the document; an appeal has no one funder."""

    document: str
    fund: str
    funder: str | None = None
    amount: int | None = None
    conditional: bool = False
    condition: str | None = None
    deadline: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCash:
    """Money that was expected, on a day, to come in or go out later."""

    as_at: dt.date
    date: dt.date
    fund: str
    amount: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmShares:
    """How many farm shares were offered in a year."""

    year: int
    offered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """A planned refill of the emergency fund."""

    date: dt.date
    amount: int
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The emergency fund's plan: which fund, whose usual costs it covers, refills, days it was checked."""

    fund: str
    essential_funds: tuple[str, ...] = ()
    top_ups_planned: tuple[TopUp, ...] = ()
    plan_checked: tuple[dt.date, ...] = ()
