"""The registry of indicators: formula, slug, unit, name and columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, TypeAlias, TypeVar

from ledger.core.messages import Message
from reports.data.columns import LAST_YEAR, THIS_YEAR, Columns
from reports.data.dataset import Dataset
from reports.language.figure import FigureValue
from reports.language.value_formats import Measure

MONEY = "MONEY"
"""The placeholder for the community's currency in a unit, as in `MONEY/kWh`."""

BUDGET_REVIEW, SUSTAINABILITY, ANNUAL = "budget-review", "sustainability", "annual"
"""The reports that figures are printed in."""

Formula: TypeAlias = Callable[..., FigureValue]
FormulaT = TypeVar("FormulaT", bound=Formula)
Wording: TypeAlias = Callable[[FigureValue], Message | Measure | None]


class ColumnScope(Enum):
    """The columns that a figure fills."""

    ALL = "every column; a balance also a year before"
    THIS_YEAR = "only the columns of this financial year"
    TWELVE_MONTHS = "only columns of twelve months"
    YEAR_END = "only at the end of an annual report"


@dataclass(frozen=True)
class FigureVariant:
    """One of several figures of a formula: `suffix` is appended to its slug, `values` fill its name."""

    suffix: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    arguments: tuple[Any, ...] = ()


Variants: TypeAlias = Callable[[Dataset, dt.date], Sequence[FigureVariant]]


def single_variant(_: Dataset, __: dt.date) -> Sequence[FigureVariant]:
    """The only variant of a formula with one figure."""
    return (FigureVariant(),)


@dataclass(frozen=True)
class Indicator:
    """A registered formula. `is_registered` marks formulas over registers only, which may start before the books."""

    type: Literal["flow", "stock"]
    slug: str
    unit: str
    name: str
    printed: tuple[str, ...]
    formula: Formula
    fills: ColumnScope
    is_registered: bool
    wording: Wording | None
    variants: Variants

    def columns(self, columns: Columns) -> list[str]:
        """The names of the columns that the figure fills."""
        if self.type == "stock":
            wanted = ["end"] if self.fills is not ColumnScope.YEAR_END or columns.is_annual else []
            return [*wanted, LAST_YEAR] if self.fills is ColumnScope.ALL else wanted
        return [name for name, span in columns.spans.items() if self._fills(name, len(list(span.months())))]

    def _fills(self, column: str, months: int) -> bool:
        if self.fills is ColumnScope.TWELVE_MONTHS:
            return months == 12
        return self.fills is ColumnScope.ALL or column in THIS_YEAR


INDICATORS: dict[str, Indicator] = {}
"""Every registered indicator by slug."""


def period_indicator(
    slug: str,
    unit: str,
    name: str,
    printed: tuple[str, ...],
    *,
    fills: ColumnScope = ColumnScope.ALL,
    is_registered: bool = False,
    wording: Wording | None = None,
    variants: Variants = single_variant,
) -> Callable[[FormulaT], FormulaT]:
    """Register a flow: the formula takes the dataset and a span."""
    return lambda formula: _enrol(
        formula, Indicator("flow", slug, unit, name, printed, formula, fills, is_registered, wording, variants)
    )


def point_indicator(
    slug: str,
    unit: str,
    name: str,
    printed: tuple[str, ...],
    *,
    fills: ColumnScope = ColumnScope.ALL,
    is_registered: bool = False,
    wording: Wording | None = None,
    variants: Variants = single_variant,
) -> Callable[[FormulaT], FormulaT]:
    """Register a stock: the formula takes the dataset and a day."""
    return lambda formula: _enrol(
        formula, Indicator("stock", slug, unit, name, printed, formula, fills, is_registered, wording, variants)
    )


def _enrol(formula: FormulaT, indicator: Indicator) -> FormulaT:
    if indicator.slug in INDICATORS:
        raise ValueError(f"two figures are called {indicator.slug}")
    INDICATORS[indicator.slug] = indicator
    return formula
