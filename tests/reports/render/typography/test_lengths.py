"""Lengths add up to the same float on every Python."""

from __future__ import annotations

from reports.render.typography.lengths import total_length


def test_lengths_are_added_one_after_another() -> None:
    assert total_length([0.1] * 10) == 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 != 1.0
    assert total_length([]) == 0.0
