"""Swaps in words: what each side gave, how much of it, and its agreed value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import Quantity
from ledger.kinds.barter.legs import Leg
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Half
from web.shared.labels import Labels


def swap_text(legs: Sequence[Leg], me: int, labels: Labels) -> str:
    """A swap in one sentence, from the point of view of member `me`."""
    gave = formats.names(thing_text(leg) for leg in legs if leg.giver == me)
    got = formats.names(thing_text(leg) for leg in legs if leg.receiver == me)
    others = dict.fromkeys(party for leg in legs for party in (leg.giver, leg.receiver) if party != me)
    names = formats.names(labels.person(party) for party in others)
    if gave and got:
        return gettext(
            "You swapped with %(names)s. You gave: %(gave)s. You received: %(got)s.", names=names, gave=gave, got=got
        )
    things = formats.names(thing_text(leg) for leg in legs)
    return gettext("A swap between %(names)s: %(things)s.", names=names, things=things)


def thing_text(leg: Leg) -> str:
    """A thing with its quantity: `Jam, 10 jar`."""
    quantity = measure_text(leg.quantity)
    return gettext("%(thing)s, %(much)s", thing=leg.what, much=quantity) if quantity else leg.what


def measure_text(quantity: Quantity | None) -> str:
    """A quantity in words; work is measured in hours."""
    if quantity is None:
        return ""
    if quantity.unit == MINUTES:
        return formats.hours_in_words(quantity.milli // 1000)
    return formats.quantity(quantity.milli, quantity.unit)


def value_text(value: int | None) -> str:
    """The agreed value; empty if the sides agreed without a value."""
    return gettext("agreed at %(value)s", value=formats.amount(value, BARTER_VALUE)) if value else ""


def swap_halves(legs: Sequence[Leg], party_ids: Iterable[int], me: int, labels: Labels) -> list[Half]:
    """Each person's half of a swap: what they gave."""
    return [_swap_half([leg for leg in legs if leg.giver == party], party, me, labels) for party in party_ids]


def _swap_half(legs: Sequence[Leg], party: int, me: int, labels: Labels) -> Half:
    heading = gettext("You give") if party == me else gettext("%(name)s gives", name=labels.person(party))
    values = {leg.value for leg in legs}
    total = sum(leg.value or 0 for leg in legs)
    detail = value_text(total) if values != {None} else gettext("equal by agreement")
    return Half(heading=heading, what=formats.names(thing_text(leg) for leg in legs), detail=detail)
