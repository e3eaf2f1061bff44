"""Meter readings by month. A month counts only where every meter in use was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ledger.core.periods import Span
from ledger.registers.records import Reading
from reports.data.dataset import Dataset, cached_on_dataset

ENERGY = frozenset({"energy", "electricity"})


@cached_on_dataset
def readings_by_meter(dataset: Dataset) -> Mapping[str, Mapping[str, Fraction]]:
    """The quantity of each meter by month (`2026-03`)."""
    by_meter: dict[str, dict[str, Fraction]] = {}
    for reading in dataset.registers.readings:
        months = by_meter.setdefault(reading.meter, {})
        months[reading.month] = months.get(reading.month, Fraction(0)) + reading.quantity
    return by_meter


@cached_on_dataset
def readings_by_kind(dataset: Dataset, kinds: frozenset[str], unit: str) -> Mapping[str, Fraction]:
    """The total of all meters of some kinds in a unit, by month.

    A month is left out where a meter in use was not read, because the total would be too low.
    """
    meters = [meter.code for meter in dataset.registers.meters if meter.kind in kinds and meter.unit == unit]
    tables = [readings_by_meter(dataset)[code] for code in meters if code in readings_by_meter(dataset)]
    months = {month for table in tables for month in table}
    return {
        month: sum((table.get(month, Fraction(0)) for table in tables), Fraction(0))
        for month in months
        if all(month in table or not min(table) <= month <= max(table) for table in tables)
    }


def month_keys(span: Span) -> list[str]:
    """The months of a span as keys (`2026-03`)."""
    return [str(month) for month in span.months()]


def quantity_by_method(readings: Iterable[Reading]) -> Mapping[str, Fraction]:
    """The quantity read by each method: metered, weighed, estimated, stated."""
    by_method: dict[str, Fraction] = {}
    for reading in readings:
        by_method[reading.method] = by_method.get(reading.method, Fraction(0)) + reading.quantity
    return by_method
