"""Swaps on screen: what went each way, how much of it, and what it is worth by agreement."""

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
    """A swap in one sentence, from the reader's side."""
    gave = formats.names(thing_text(leg) for leg in legs if leg.giver == me)
    got = formats.names(thing_text(leg) for leg in legs if leg.receiver == me)
    others = dict.fromkeys(one for leg in legs for one in (leg.giver, leg.receiver) if one != me)
    names = formats.names(labels.person(one) for one in others)
    if gave and got:
        return gettext(
            "You swapped with %(names)s. You gave: %(gave)s. You received: %(got)s.", names=names, gave=gave, got=got
        )
    things = formats.names(thing_text(leg) for leg in legs)
    return gettext("A swap between %(names)s: %(things)s.", names=names, things=things)


def thing_text(leg: Leg) -> str:
    """One thing with how much of it there was: `Jam, 10 jar`."""
    much = measure_text(leg.quantity)
    return gettext("%(thing)s, %(much)s", thing=leg.what, much=much) if much else leg.what


def measure_text(quantity: Quantity | None) -> str:
    """How much of a thing; work is measured in hours."""
    if quantity is None:
        return ""
    if quantity.unit == MINUTES:
        return formats.hours_in_words(quantity.milli // 1000)
    return formats.quantity(quantity.milli, quantity.unit)


def value_text(value: int | None) -> str:
    """What a thing is worth to both; nothing where the sides are simply equal."""
    return gettext("agreed at %(value)s", value=formats.amount(value, BARTER_VALUE)) if value else ""


def swap_halves(legs: Sequence[Leg], people: Iterable[int], me: int, labels: Labels) -> list[Half]:
    """Each person's side of a swap: what they gave."""
    return [_half([leg for leg in legs if leg.giver == one], one, me, labels) for one in people]


def _half(legs: Sequence[Leg], one: int, me: int, labels: Labels) -> Half:
    heading = gettext("You give") if one == me else gettext("%(name)s gives", name=labels.person(one))
    values = {leg.value for leg in legs}
    total = sum(leg.value or 0 for leg in legs)
    detail = value_text(total) if values != {None} else gettext("equal by agreement")
    return Half(heading=heading, what=formats.names(thing_text(leg) for leg in legs), detail=detail)
