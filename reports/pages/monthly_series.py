"""The months behind the charts of what we measure: each of twelve, beside the same month a year before."""

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
    """The table of the charts; nothing where nothing was read."""
    if not meters:
        return ()
    asked = list(last_12_months(report_month(workbook)).months())
    columns = (Column(head=localizer.text(N_("Month")), kind="name"), *_heads(localizer, meters))
    rows = tuple(
        TableRow(cells=(localizer.month(month), *_cells(workbook, localizer, meters, month))) for month in asked
    )
    said = " ".join(_sum(workbook, localizer, meter, asked) for meter in meters)
    listed = Table(slug="readings", columns=columns, rows=rows, sentence=said)
    return (Section(localizer.text(N_("Month by month, and the year before"))), listed)


def _heads(localizer: Localizer, meters: Sequence[Meter]) -> list[Column]:
    both = localizer.text(N_("This year")), localizer.text(N_("Before"))
    named = [(f"{meter.name}, {meter_unit(meter.unit)}", head) for meter in meters for head in both]
    return [Column(head=head, group=group) for group, head in named]


def _cells(workbook: Workbook, localizer: Localizer, meters: Sequence[Meter], month: Month) -> list[Cell]:
    found = readings_by_meter(workbook.dataset)
    asked = [(meter, str(when)) for meter in meters for when in (month, month.back(12))]
    return [_cell(localizer, found.get(meter.code, {}).get(when), meter.unit) for meter, when in asked]


def _cell(localizer: Localizer, value: Fraction | None, unit: str) -> Cell:
    return DASH if value is None else localizer.number(value, unit)


def _sum(workbook: Workbook, localizer: Localizer, meter: Meter, asked: Sequence[Month]) -> str:
    counted = readings_by_meter(workbook.dataset).get(meter.code, {})
    whole = sum((counted[str(month)] for month in asked if str(month) in counted), Fraction(0))
    amount = f"{localizer.number(whole, meter.unit).shown} {meter_unit(meter.unit)}"
    return localizer.text(N_("%(name)s: %(amount)s in twelve months."), name=meter.name, amount=amount)
