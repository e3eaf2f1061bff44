"""Drafts: entries not yet posted; a draft that does not balance cannot exist."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.amounts import LARGEST, Amount
from ledger.errors import AmountTooLarge, EntryUnbalanced, TooFewPostings
from ledger.messages import N_, say
from ledger.texts import clean

EXCHANGE, COMMUNITY, PARTNER, BARTER = "exchange", "community", "partner", "barter"
OPENING, YEAR_CLOSE, OTHER = "opening", "year-close", "other"
FAMILIES = (EXCHANGE, COMMUNITY, PARTNER, BARTER, OPENING, YEAR_CLOSE, OTHER)
METHODS = ("metered", "estimated", "stated", "weighed")

Fact = str | int | bool | None | list["Fact"] | dict[str, "Fact"]


@dataclass(frozen=True)
class Leaf:
    """An account: one chart line, one unit, one fund, one owner (0 is the community itself)."""

    chart: str
    unit: str
    fund: str
    owner: int = 0


@dataclass(frozen=True)
class Quantity:
    """How much of a thing a posting is about: whole thousandths, a unit such as kWh, and how it was known."""

    milli: int
    unit: str
    method: str


@dataclass(frozen=True)
class PostingDraft:
    """One line to be: an account, an amount in minor units (debit positive), perhaps a programme and a quantity."""

    leaf: Leaf
    amount: int
    programme: str | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """A dated, balanced set of postings with its words, not yet in the books.

    `reverses` and `corrects` are printed numbers, `decision` is the decision's code, `about_on` the real day of
    a late fact, `facts` what the kind keeps beside the postings (whole numbers and texts; never names).
    """

    kind: str
    family: str
    effective_on: dt.date
    postings: tuple[PostingDraft, ...]
    narration: str | None = None
    note: str | None = None
    reason: str | None = None
    about_on: dt.date | None = None
    privacy: str = "members"
    decision: str | None = None
    document: str | None = None
    agreement: int | None = None
    reverses: int | None = None
    corrects: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if len(self.postings) < 2 or any(p.amount == 0 for p in self.postings):
            raise TooFewPostings(say("An entry needs two lines or more, and no line of nought."))
        if any(abs(p.amount) > LARGEST for p in self.postings):
            raise AmountTooLarge(say("That amount is too large for the books. Check the number of noughts."))
        open_sums = {key: left for key, left in self.sums().items() if left}
        if open_sums:
            (unit, fund), left = next(iter(open_sums.items()))
            words = N_("The lines do not balance in fund %(fund)s: %(left)s too much on one side.")
            raise EntryUnbalanced(say(words, fund=fund, left=Amount(abs(left), unit)))

    def sums(self) -> Mapping[tuple[str, str], int]:
        """The sum of the lines for each (unit, fund); every one is zero in a draft that exists."""
        sums: Counter[tuple[str, str]] = Counter()
        for posting in self.postings:
            sums[posting.leaf.unit, posting.leaf.fund] += posting.amount
        return sums

    def texts(self) -> dict[str, str]:
        """The erasable words, by part: narration, note, reason."""
        parts = {"narration": self.narration, "note": self.note, "reason": self.reason}
        return {part: clean(body) for part, body in parts.items() if body}
