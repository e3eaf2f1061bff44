"""Swaps on one day: even, wanted, and valued where the community asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.kinds.barter.legs import Leg
from ledger.rules.swaps import BarterOff, SwapUneven, ValueMissing
from tests.ledger.kinds.willow import ANA, BEA
from tests.ledger.rules.cases import CHAIR, JAM, pages, tried


def test_a_swap_waits_for_everyone_else_in_it() -> None:
    assert tried("barter", ANA, legs=(JAM, CHAIR)).each == {BEA}
    work: dict[str, Any] = {"helper": ANA, "minutes": 60, "work": "Digging", "giver": BEA, "goods": "Eggs"}
    assert tried("goods-for-hours", BEA, **work).each == {ANA}


@pytest.mark.parametrize(
    "legs",
    [
        (JAM,),
        (
            Leg(giver=ANA, receiver=BEA, what="Jam", value=3000),
            Leg(giver=BEA, receiver=ANA, what="Honey", value=2500),
        ),
        (
            Leg(giver=ANA, receiver=BEA, what="Jam", value=1000),
            Leg(giver=ANA, receiver=BEA, what="Jam again", value=1),
            Leg(giver=BEA, receiver=ANA, what="Honey", value=1000),
        ),
    ],
)
def test_a_swap_on_one_day_leaves_nothing_open(legs: tuple[Leg, ...]) -> None:
    with pytest.raises(SwapUneven, match="Received more than they gave: Bea"):
        tried("barter", ANA, legs=legs)


def test_a_community_may_keep_no_swaps() -> None:
    with pytest.raises(BarterOff):
        tried("barter", ANA, pages(policies={"barter.enabled": False}), legs=(JAM, CHAIR))


def test_a_community_may_ask_for_values() -> None:
    books = pages(policies={"barter.require_value": "always"})
    with pytest.raises(ValueMissing):
        tried("barter", ANA, books, legs=(JAM, CHAIR))
    valued = (Leg(giver=ANA, receiver=BEA, what="Jam", value=500), CHAIR)
    assert tried("barter", ANA, books, legs=valued).each == {BEA}
