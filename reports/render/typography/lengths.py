"""Sums of widths and heights that are the same on every Python."""

from __future__ import annotations

from collections.abc import Iterable


def total_length(lengths: Iterable[float]) -> float:
    """The sum of lengths in points, added one after another.

    Since Python 3.12 `sum` corrects the rounding of floats, which moves text by the last digit that is printed. A
    report has to have the same bytes on every Python.
    """
    total = 0.0
    for length in lengths:
        total += length
    return total
