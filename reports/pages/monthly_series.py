"""The table of the meter charts: twelve months, each with the same month of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ledger.core.messages import N_
from ledger.core.periods import Month, last_12_months
from ledger.registers.records import Meter
from reports.language.localizer import DASH, Localizer
from reports.measures.meter_series import readings_by_meter
from reports.pages.page_snippets import meter_unit, report_month
from reports.story.elements import Cell, Column, Element, Section, Table, TableRow
from reports.workbook import Workbook


def monthly_table(workbook: Workbook, localizer: Localizer, meters: Sequence[Meter]) -> tuple[Element, ...]:
    """The table of the charts; empty without readings."""
    if not meters:
        return ()
    months = list(last_12_months(report_month(workbook)).months())
    columns = (Column(head=localizer.text(N_("Month")), kind="name"), *_heads(localizer, meters))
    rows = tuple(
        TableRow(cells=(localizer.month(month), *_cells(workbook, localizer, meters, month))) for month in months
    )
    sums = " ".join(_sum(workbook, localizer, meter, months) for meter in meters)
    table = Table(slug="readings", columns=columns, rows=rows, sentence=sums)
    return (Section(localizer.text(N_("Month by month, and the year before"))), table)


def _heads(localizer: Localizer, meters: Sequence[Meter]) -> list[Column]:
    both = localizer.text(N_("This year")), localizer.text(N_("Before"))
    named = [(f"{meter.name}, {meter_unit(meter.unit)}", head) for meter in meters for head in both]
    return [Column(head=head, group=group) for group, head in named]


def _cells(workbook: Workbook, localizer: Localizer, meters: Sequence[Meter], month: Month) -> list[Cell]:
    readings = readings_by_meter(workbook.dataset)
    pairs = [(meter, str(key)) for meter in meters for key in (month, month.back(12))]
    return [_cell(localizer, readings.get(meter.code, {}).get(key), meter.unit) for meter, key in pairs]


def _cell(localizer: Localizer, value: Fraction | None, unit: str) -> Cell:
    return DASH if value is None else localizer.number(value, unit)


def _sum(workbook: Workbook, localizer: Localizer, meter: Meter, months: Sequence[Month]) -> str:
    readings = readings_by_meter(workbook.dataset).get(meter.code, {})
    total = sum((readings[str(month)] for month in months if str(month) in readings), Fraction(0))
    amount = f"{localizer.number(total, meter.unit).shown} {meter_unit(meter.unit)}"
    return localizer.text(N_("%(name)s: %(amount)s in twelve months."), name=meter.name, amount=amount)
