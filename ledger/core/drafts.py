"""Drafts: entries that are not posted yet. An unbalanced draft cannot be created."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.core.amounts import LARGEST, Amount
from ledger.core.errors import AmountTooLarge, EntryUnbalanced, TooFewPostings
from ledger.core.messages import N_, make_message
from ledger.core.text import normalize_text

EXCHANGE, COMMUNITY, PARTNER, BARTER = "exchange", "community", "partner", "barter"
OPENING, YEAR_CLOSE, OTHER = "opening", "year-close", "other"
FAMILIES = (EXCHANGE, COMMUNITY, PARTNER, BARTER, OPENING, YEAR_CLOSE, OTHER)
TEXT_PARTS = ("narration", "note", "reason", "subject")
"""The erasable texts of an entry. The subject is what a person typed; the narration is the sentence around it."""
METHODS = ("metered", "estimated", "stated", "weighed")

_TOO_FEW = N_("An entry needs two lines or more, and no line of nought.")

Fact = str | int | bool | None | list["Fact"] | dict[str, "Fact"]


@dataclass(frozen=True)
class AccountKey:
    """An account: one chart line, one unit, one fund, one owner (0 is the community itself)."""

    chart: str
    unit: str
    fund: str
    owner: int = 0


@dataclass(frozen=True)
class Quantity:
    """A measured quantity: whole thousandths, a unit such as kWh, and the method of measurement."""

    milli: int
    unit: str
    method: str


@dataclass(frozen=True)
class PostingDraft:
    """One line of a draft: account, amount in minor units (debit positive), optional programme and quantity."""

    leaf: AccountKey
    amount: int
    programme: str | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """A dated, balanced entry with its texts, not posted yet.

    `reverses` and `corrects` are entry numbers, `decision` is the decision's code, `about_on` the real day if that
    day's month is closed, `facts` the kind's own fields beside the postings (whole numbers and texts; never names).
    """

    kind: str
    family: str
    effective_on: dt.date
    postings: tuple[PostingDraft, ...]
    narration: str | None = None
    subject: str | None = None
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
        if len(self.postings) < 2:
            raise TooFewPostings(make_message(_TOO_FEW))
        for posting in self.postings:
            if posting.amount == 0:
                raise TooFewPostings(make_message(_TOO_FEW))
            if not -LARGEST <= posting.amount <= LARGEST:
                raise AmountTooLarge(
                    make_message("That amount is too large for the books. Check the number of noughts.")
                )
        for (unit, fund), difference in self.sums().items():
            if difference:
                message = N_("The lines do not balance in fund %(fund)s: %(left)s too much on one side.")
                raise EntryUnbalanced(make_message(message, fund=fund, left=Amount(abs(difference), unit)))

    def sums(self) -> Mapping[tuple[str, str], int]:
        """The sum of the lines for each (unit, fund); all are zero."""
        sums: dict[tuple[str, str], int] = {}
        for posting in self.postings:
            key = posting.leaf.unit, posting.leaf.fund
            sums[key] = sums.get(key, 0) + posting.amount
        return sums

    def texts(self) -> dict[str, str]:
        """The erasable texts, by part: one of TEXT_PARTS."""
        parts = {part: getattr(self, part) for part in TEXT_PARTS}
        return {part: normalize_text(body) for part, body in parts.items() if body}
