"""Indicators, one file for each family; a new indicator is a function in the file of its family."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ledger.core.messages import Message
from ledger.core.periods import Span
from reports.data.columns import LAST_YEAR, Columns
from reports.data.dataset import Dataset
from reports.indicators.registry import INDICATORS, MONEY, FigureVariant, Indicator
from reports.language.figure import Figure, FigureCell, FigureValue, Reason, months_covered, no_value

_ORDER = (
    "barter budget co_op debts emergency governance income money network unavailable people community_account "
    "resources restricted shares_and_bookings time_bank workload"
).split()
"""The families as reports list them; one that is not named here comes last."""


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Every figure that the files of this package enrol, family by family, whichever was imported first."""
    names = sorted(module.name for module in iter_modules(__path__))
    for name in names:
        import_module(f"{__name__}.{name}")
    places = {f"{__name__}.{name}": place for place, name in enumerate(dict.fromkeys([*_ORDER, *names]))}
    return tuple(sorted(INDICATORS.values(), key=lambda one: places[one.formula.__module__]))


def compute_figures(dataset: Dataset, columns: Columns, printed: str | None = None) -> tuple[Figure, ...]:
    """Compute every figure of one report, or of all reports where `printed` is None."""
    return tuple(
        _figure(dataset, columns, indicator, variant)
        for indicator in all_indicators()
        if printed is None or printed in indicator.printed
        if indicator.columns(columns)
        for variant in indicator.variants(dataset, columns.end)
    )


def _figure(dataset: Dataset, columns: Columns, indicator: Indicator, variant: FigureVariant) -> Figure:
    unit = indicator.unit.replace(MONEY, dataset.currency)
    return Figure(
        slug=indicator.slug + variant.suffix,
        name=Message(indicator.name, variant.values),
        unit=unit,
        type=indicator.type,
        printed=indicator.printed,
        columns={
            column: _cell(indicator, unit, _column_value(dataset, columns, indicator, variant, column))
            for column in indicator.columns(columns)
        },
    )


def _column_value(
    dataset: Dataset, columns: Columns, indicator: Indicator, variant: FigureVariant, column: str
) -> FigureValue | None:
    """The value of a figure in one column; None where the books had not begun."""
    if indicator.type == "stock":
        return _stock_value(
            dataset, indicator, variant, columns.spans[LAST_YEAR].last if column == LAST_YEAR else columns.end
        )
    return _flow_value(dataset, indicator, variant, columns.spans[column])


def _stock_value(dataset: Dataset, indicator: Indicator, variant: FigureVariant, day: dt.date) -> FigureValue | None:
    if not indicator.is_registered and (dataset.began is None or day < dataset.began):
        return None
    return indicator.formula(dataset, day, *variant.arguments)


def _flow_value(dataset: Dataset, indicator: Indicator, variant: FigureVariant, span: Span) -> FigureValue | None:
    if indicator.is_registered:
        return indicator.formula(dataset, span, *variant.arguments)
    if dataset.began is None or span.last < dataset.began:
        return None
    known_span = Span(max(span.first, dataset.began), span.last)
    outcome = indicator.formula(dataset, known_span, *variant.arguments)
    if outcome.reason is not None or known_span == span:
        return outcome
    covered = months_covered(len(list(known_span.months())), len(list(span.months())))
    return outcome.partly(covered)


def _cell(indicator: Indicator, unit: str, outcome: FigureValue | None) -> FigureCell:
    if outcome is None:
        outcome, text = no_value(Reason.NO_DATA), None
    else:
        text = indicator.wording(outcome) if indicator.wording else None
    return FigureCell(
        value=outcome.value,
        unit=unit,
        words=text,
        reason=outcome.reason,
        covered=outcome.covered,
        inputs=outcome.inputs,
    )
