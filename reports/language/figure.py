"""Figures: an exact value or the reason why there is none, with its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Literal, TypeAlias

from ledger.core.messages import N_, Message, make_message
from reports.language.value_formats import Measure

Value: TypeAlias = int | Fraction | str
"""Minor units, minutes, a count, an exact ratio, or the name of a band."""


class Reason(StrEnum):
    """Why a figure is missing or partial. PARTIAL keeps its value and says what it covers."""

    NO_DATA = "NO_DATA"
    DIV0 = "DIV0"
    TOO_FEW = "TOO_FEW"
    NOT_SET = "NOT_SET"
    PARTIAL = "PARTIAL"


REASON_TEXTS: Mapping[Reason, str] = {
    Reason.NO_DATA: N_("no data"),
    Reason.DIV0: N_("n/a"),
    Reason.NOT_SET: N_("not set"),
    Reason.TOO_FEW: N_("too few to show"),
}
"""The text printed in place of a missing number."""


@dataclass(frozen=True)
class FigureValue:
    """The result of a formula for one span or day, before formatting."""

    value: Value | None
    reason: Reason | None = None
    covered: Message | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)

    def partly(self, covered: Message | None) -> FigureValue:
        """The same value marked PARTIAL; unchanged where `covered` is None."""
        return self if covered is None else replace(self, reason=Reason.PARTIAL, covered=covered)


def figure_value(value: Value, **inputs: Value) -> FigureValue:
    """A value with its inputs."""
    return FigureValue(value, inputs=inputs)


def no_value(reason: Reason, **inputs: Value) -> FigureValue:
    """A missing value with its reason."""
    return FigureValue(None, reason, inputs=inputs)


def ratio(above: int | Fraction, below: int | Fraction, times: int = 1) -> FigureValue:
    """One number divided by another; DIV0 where the divisor is 0."""
    if not below:
        return no_value(Reason.DIV0, numerator=above, denominator=below)
    return figure_value(Fraction(above) / below * times, numerator=above, denominator=below)


def percent(above: int | Fraction, below: int | Fraction) -> FigureValue:
    """One number in percent of another; DIV0 where the divisor is 0."""
    return ratio(above, below, 100)


def months_covered(covered: int, asked: int) -> Message | None:
    """The text "2 of 3 months"; None where all months are covered."""
    return make_message("%(covered)s of %(asked)s months", covered=covered, asked=asked) if covered < asked else None


FROM_THE_PLAN = make_message(N_("from the plan"))
"""The coverage note of figures that use planned costs because there is no full year of books yet."""


@dataclass(frozen=True, kw_only=True)
class FigureCell:
    """One column of a figure: its exact value, and the text that replaces it, if any."""

    value: Value | None
    unit: str
    words: Message | Measure | None = None
    reason: Reason | None = None
    covered: Message | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)

    @property
    def shown(self) -> Message | Measure:
        """The text or value to print, not yet localized."""
        if self.words is not None:
            return self.words
        if self.value is None:
            return make_message(REASON_TEXTS[self.reason or Reason.NO_DATA])
        if isinstance(self.value, str):
            return make_message(self.value)
        return Measure(self.value, self.unit)

    @property
    def display(self) -> str:
        """`shown` in English."""
        return str(self.shown)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named figure with its columns: `end` (and `last_year`) for a stock, one column per period for a flow.

    `printed` lists the reports that show it.
    """

    slug: str
    name: Message
    unit: str
    type: Literal["flow", "stock"]
    printed: tuple[str, ...]
    columns: Mapping[str, FigureCell]
