"""Amounts in whole minor units, and how to split them so that the parts add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MINUTES = "min"
BARTER_VALUE = "NV"
LARGEST = 10**15
"""The largest amount of one posting, in minor units; the database refuses more."""

# Currencies without 2 decimals, from CLDR (supplemental/currencyData).
_DIGITS = dict.fromkeys(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0
)
_DIGITS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)


def scale_of(unit: str) -> int:
    """The number of decimals of a unit: 0 for minutes, 2 for barter values, CLDR's number for currencies."""
    return 0 if unit == MINUTES else _DIGITS.get(unit, 2)


def kind_of(unit: str) -> str:
    """The kind of a unit: `time`, `value` (barter) or `money`."""
    return {MINUTES: "time", BARTER_VALUE: "value"}.get(unit, "money")


@dataclass(frozen=True, order=True)
class Amount:
    """A number of whole minor units (cents, minutes, hundredths of a barter value) of one unit."""

    quantity: int
    unit: str

    def __add__(self, other: Amount) -> Amount:
        """The sum of two amounts of the same unit; ValueError for different units."""
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        return Amount(self.quantity + other.quantity, self.unit)

    def __str__(self) -> str:
        """English text for logs and the command line: `1:30`, `12.00 EUR`; pages format amounts by language."""
        sign, minor_units = ("-" if self.quantity < 0 else ""), abs(self.quantity)
        if self.unit == MINUTES:
            return f"{sign}{minor_units // 60}:{minor_units % 60:02d}"
        whole, fraction = divmod(minor_units, 10 ** scale_of(self.unit))
        decimals = f".{fraction:0{scale_of(self.unit)}d}" if scale_of(self.unit) else ""
        return f"{sign}{whole}{decimals} {self.unit}"

    def __neg__(self) -> Amount:
        """The amount with the opposite sign."""
        return Amount(-self.quantity, self.unit)


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share a total by weights so that the parts add up exactly, each within one unit of its share.

    Largest remainder, ties in the order given (domain rule R12). Weights are not negative and not all zero.
    """
    if not weights or min(weights) < 0 or not sum(weights):
        raise ValueError("weights must be zero or more, and not all zero")
    shares = [Fraction(abs(total) * weight, sum(weights)) for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: abs(total) - sum(parts)]:
        parts[i] += 1
    return tuple(part if total >= 0 else -part for part in parts)
