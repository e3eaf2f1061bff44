"""Legs: one thing that changed hands in a swap, what it is worth by agreement, and the two lines it makes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import MEMBER_BARTER
from ledger.core.amounts import BARTER_VALUE
from ledger.core.drafts import BARTER, AccountKey, PostingDraft, Quantity
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import MEMBERS_OWN, Confirms, Kind, Row
from ledger.kinds.fields import field_amount, field_member, field_quantity, field_text

FUND = "BAR"
TOKEN = 1
"""0.01: marks a thing that nobody put a value on. Trades count it; figures of value leave it out."""


class Swap(Kind):
    """A kind in which things change hands in barter values; everyone in it says yes."""

    group: ClassVar[str] = "barter"
    family: ClassVar[str] = BARTER
    recorders: ClassVar[frozenset[str]] = MEMBERS_OWN
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_BARTER,)
    confirms: ClassVar[Confirms] = "other-side"
    agreement: ClassVar[str] = "barter-trade"
    yes: ClassVar[str] = N_("Yes, we swapped this")

    @abstractmethod
    def swapped(self) -> tuple[Leg, ...]:
        """Everything that changed hands."""


@dataclass(frozen=True, kw_only=True)
class Leg(Row):
    """One thing or favour that one gave and another received."""

    giver: int = field_member(N_("Who gave it?"))
    receiver: int = field_member(N_("Who received it?"))
    what: str = field_text(N_("What was it?"), example="Jars of jam")
    quantity: Quantity | None = field_quantity(N_("How much of it?"), example="10 jar stated", required=False)
    value: int | None = field_amount(
        N_("What is it worth to both of you?"),
        hint=N_("A number you both find fair, never money. Leave it open if the things are simply equal."),
        example="40.00",
        unit="value",
        required=False,
    )

    def problems(self) -> Mapping[str, Message]:
        """A thing passes from one to another."""
        return (
            {"receiver": make_message("Choose someone else than who gave it.")} if self.giver == self.receiver else {}
        )


def values_go_together(legs: Sequence[Leg]) -> bool:
    """Whether each thing has its value, or all share one, or none has any."""
    stated = {leg.value for leg in legs} - {None}
    return len(stated) <= 1 or all(leg.value for leg in legs)


def is_unvalued(legs: Sequence[Leg]) -> bool:
    """Whether the sides simply agreed that the things are equal."""
    return not any(leg.value for leg in legs)


def leg_lines(legs: Sequence[Leg]) -> list[PostingDraft]:
    """Two lines for each thing: who received it, with how much of it, against who gave it."""
    one_for_all = next((leg.value for leg in legs if leg.value), TOKEN)
    lines = []
    for leg in legs:
        value = leg.value or one_for_all
        lines += [
            PostingDraft(_position(leg.receiver), value, quantity=leg.quantity),
            PostingDraft(_position(leg.giver), -value),
        ]
    return lines


def _position(party_id: int) -> AccountKey:
    return AccountKey(MEMBER_BARTER, BARTER_VALUE, FUND, party_id)
