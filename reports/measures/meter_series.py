"""What meters counted, month by month: a month counts only where every meter in use was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ledger.core.periods import Span
from ledger.registers.records import Reading
from reports.data.dataset import Dataset, cached_on_dataset

ENERGY = frozenset({"energy", "electricity"})


@cached_on_dataset
def readings_by_meter(dataset: Dataset) -> Mapping[str, Mapping[str, Fraction]]:
    """For each meter what it counted, by month (`2026-03`)."""
    found: dict[str, dict[str, Fraction]] = {}
    for reading in dataset.registers.readings:
        months = found.setdefault(reading.meter, {})
        months[reading.month] = months.get(reading.month, Fraction(0)) + reading.quantity
    return found


@cached_on_dataset
def readings_by_kind(dataset: Dataset, kinds: frozenset[str], unit: str) -> Mapping[str, Fraction]:
    """What all meters of some kinds counted together in a unit, by month.

    A month in which a meter that is in use was not read is left out: a part is not the whole.
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
    """The names of the months that a span touches."""
    return [str(month) for month in span.months()]


def quantity_by_method(readings: Iterable[Reading]) -> Mapping[str, Fraction]:
    """How much of what was read was metered, weighed, estimated or stated."""
    found: dict[str, Fraction] = {}
    for reading in readings:
        found[reading.method] = found.get(reading.method, Fraction(0)) + reading.quantity
    return found
