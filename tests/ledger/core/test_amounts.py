"""Amounts stay whole, and parts add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.amounts import Amount, kind_of, scale_of, split


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_split_parts_add_up_and_lie_within_one_unit_of_their_share(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_split_gives_the_rest_to_the_largest_remainders_in_the_order_given() -> None:
    assert split(60, [1] * 7) == (9, 9, 9, 9, 8, 8, 8)
    assert split(-10, [1, 1, 1]) == (-4, -3, -3)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_split_refuses_weights_that_share_nothing(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(10, weights)


@pytest.mark.parametrize(
    ("unit", "scale", "kind"),
    [("min", 0, "time"), ("EUR", 2, "money"), ("JPY", 0, "money"), ("KWD", 3, "money"), ("NV", 2, "value")],
)
def test_units_have_the_decimals_that_people_write(unit: str, scale: int, kind: str) -> None:
    assert (scale_of(unit), kind_of(unit)) == (scale, kind)


def test_amounts_of_one_unit_add_and_turn_round() -> None:
    assert Amount(90, "min") + Amount(30, "min") == Amount(120, "min")
    assert -Amount(90, "min") == Amount(-90, "min")


def test_hours_and_money_never_add() -> None:
    with pytest.raises(ValueError, match="cannot add"):
        Amount(90, "min") + Amount(500, "EUR")


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Amount(90, "min"), "1:30"), (Amount(-1205, "EUR"), "-12.05 EUR"), (Amount(500, "JPY"), "500 JPY")],
)
def test_an_amount_reads_as_people_write_it(amount: Amount, written: str) -> None:
    assert str(amount) == written
