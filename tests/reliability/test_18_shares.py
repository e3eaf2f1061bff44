"""Reliability test 18: whatever is shared by whatever weights, the parts add up, stay, and lie within one unit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from ledger.core import amounts
from tests.reliability.conftest import Tell

Share = Callable[[int, int], int]
Split = Callable[[int, Sequence[int]], tuple[int, ...]]


def drawn(chance: random.Random) -> tuple[int, list[int]]:
    """Draw a total and weights: few or many, equal or far apart, some of them nought."""
    largest = 10 ** chance.randint(0, 12)
    weights = [chance.choice((0, 1, chance.randint(0, largest))) for _ in range(chance.randint(1, 40))]
    weights[chance.randrange(len(weights))] = chance.randint(1, largest)
    return chance.choice((-1, 1)) * chance.randint(0, 10 ** chance.randint(1, 15)), weights


def check(split: Split, chance: random.Random, rounds: int) -> None:
    """Share many totals; AssertionError where parts do not add up, wander, or change their mind."""
    for _ in range(rounds):
        total, weights = drawn(chance)
        parts = split(total, weights)
        assert sum(parts) == total
        assert parts == split(total, list(weights))
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(total * weight, sum(weights))) < 1
            assert weight or not part


def test_reliability_18_parts_always_add_up(seeded: random.Random, share: Share, tell: Tell) -> None:
    rounds = share(500, 200_000)
    check(amounts.split, seeded, rounds)
    tell(f"{rounds:,} totals shared")


@pytest.mark.slow
def test_reliability_18_fails_for_parts_that_are_merely_rounded(seeded: random.Random) -> None:
    with pytest.raises(AssertionError):
        check(lambda total, weights: tuple(round(total * one / sum(weights)) for one in weights), seeded, 1000)


@pytest.mark.slow
def test_reliability_18_fails_when_the_rest_goes_to_the_first(seeded: random.Random) -> None:
    def greedy(total: int, weights: Sequence[int]) -> tuple[int, ...]:
        parts = [total * one // sum(weights) for one in weights]
        return (parts[0] + total - sum(parts), *parts[1:])

    with pytest.raises(AssertionError):
        check(greedy, seeded, 1000)
