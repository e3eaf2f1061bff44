"""Meter quantities with the year before, and how they were measured."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ledger.core.periods import Span, year_earlier
from reports.data.columns import YTD, Columns
from reports.data.dataset import Dataset
from reports.measures.meter_series import month_keys, quantity_by_method, readings_by_meter
from reports.tables.registry import report_table

YTD_LAST_YEAR = "ytd_last_year"
MeterLine = Mapping[str, object]
"""A meter's code and unit, its sum and number of months read for each column, and the methods of the period."""


def resource_spans(columns: Columns) -> Mapping[str, Span]:
    """The report's columns and, in monthly reports, the year to date of the year before."""
    if columns.is_annual:
        return columns.spans
    return {**columns.spans, YTD_LAST_YEAR: year_earlier(columns.spans[YTD])}


@report_table("resources")
def resources(dataset: Dataset, columns: Columns) -> list[MeterLine]:
    """Each meter's quantity in each column; None where it was not read."""
    spans = resource_spans(columns)
    lines: list[MeterLine] = []
    for meter in dataset.registers.meters:
        counted = readings_by_meter(dataset).get(meter.code, {})
        line: dict[str, object] = {"meter": meter.code, "unit": meter.unit}
        for name, span in spans.items():
            quantities = [counted[month] for month in month_keys(span) if month in counted]
            line |= {name: sum(quantities, Fraction(0)) if quantities else None, f"{name}_months": len(quantities)}
        readings = [
            r for r in dataset.registers.readings if r.meter == meter.code and r.month in month_keys(columns.period)
        ]
        lines.append(line | {"methods": quantity_by_method(readings)})
    return lines
