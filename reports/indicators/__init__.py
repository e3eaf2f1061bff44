"""Figures by family, one pure file each; a new figure is a function in the file of its family."""

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


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Every figure that the files of this package enrol, in the order of their names, whichever was read first."""
    for module in sorted(found.name for found in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return tuple(sorted(INDICATORS.values(), key=lambda one: one.formula.__module__))


def compute_figures(dataset: Dataset, columns: Columns, printed: str | None = None) -> tuple[Figure, ...]:
    """Every figure of a report, or of all reports, with the columns that it fills."""
    return tuple(
        _figure(dataset, columns, indicator, case)
        for indicator in all_indicators()
        if printed is None or printed in indicator.printed
        if indicator.columns(columns)
        for case in indicator.cases(dataset, columns.end)
    )


def _figure(dataset: Dataset, columns: Columns, indicator: Indicator, case: FigureVariant) -> Figure:
    unit = indicator.unit.replace(MONEY, dataset.currency)
    return Figure(
        slug=indicator.slug + case.suffix,
        name=Message(indicator.name, case.values),
        unit=unit,
        type=indicator.type,
        printed=indicator.printed,
        columns={
            column: _dressed(indicator, unit, _outcome(dataset, columns, indicator, case, column))
            for column in indicator.columns(columns)
        },
    )


def _outcome(
    dataset: Dataset, columns: Columns, indicator: Indicator, case: FigureVariant, column: str
) -> FigureValue | None:
    """What a figure is in one column; None where the books had not begun."""
    if indicator.type == "stock":
        return _standing(
            dataset, indicator, case, columns.spans[LAST_YEAR].last if column == LAST_YEAR else columns.end
        )
    return _happening(dataset, indicator, case, columns.spans[column])


def _standing(dataset: Dataset, indicator: Indicator, case: FigureVariant, day: dt.date) -> FigureValue | None:
    if not indicator.is_registered and (dataset.began is None or day < dataset.began):
        return None
    return indicator.formula(dataset, day, *case.arguments)


def _happening(dataset: Dataset, indicator: Indicator, case: FigureVariant, span: Span) -> FigureValue | None:
    if indicator.is_registered:
        return indicator.formula(dataset, span, *case.arguments)
    if dataset.began is None or span.last < dataset.began:
        return None
    read = Span(max(span.first, dataset.began), span.last)
    found = indicator.formula(dataset, read, *case.arguments)
    if found.reason is not None or read == span:
        return found
    covered = months_covered(len(list(read.months())), len(list(span.months())))
    return found.partly(covered)


def _dressed(indicator: Indicator, unit: str, found: FigureValue | None) -> FigureCell:
    if found is None:
        found, words = no_value(Reason.NO_DATA), None
    else:
        words = indicator.wording(found) if indicator.wording else None
    return FigureCell(
        value=found.value, unit=unit, words=words, reason=found.reason, covered=found.covered, inputs=found.inputs
    )
