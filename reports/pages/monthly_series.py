"""The months behind the charts of what we measure: each of twelve, beside the same month a year before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ledger.core.messages import N_
from ledger.core.periods import Month, moving_12
from ledger.registers.records import Meter
from reports.language.localizer import DASH, Localizer
from reports.measures.meter_series import readings_by_meter
from reports.pages.page_snippets import meter_unit, report_month
from reports.story.elements import Cell, Column, Element, Section, Table, TableRow
from reports.workbook import Workbook


def monthly_table(sheet: Workbook, speech: Localizer, meters: Sequence[Meter]) -> tuple[Element, ...]:
    """The table of the charts; nothing where nothing was read."""
    if not meters:
        return ()
    asked = list(moving_12(report_month(sheet)).months())
    columns = (Column(head=speech.text(N_("Month")), kind="name"), *_heads(speech, meters))
    rows = tuple(TableRow(cells=(speech.month(month), *_cells(sheet, speech, meters, month))) for month in asked)
    said = " ".join(_sum(sheet, speech, meter, asked) for meter in meters)
    listed = Table(slug="readings", columns=columns, rows=rows, sentence=said)
    return (Section(speech.text(N_("Month by month, and the year before"))), listed)


def _heads(speech: Localizer, meters: Sequence[Meter]) -> list[Column]:
    both = speech.text(N_("This year")), speech.text(N_("Before"))
    named = [(f"{meter.name}, {meter_unit(meter.unit)}", head) for meter in meters for head in both]
    return [Column(head=head, group=group) for group, head in named]


def _cells(sheet: Workbook, speech: Localizer, meters: Sequence[Meter], month: Month) -> list[Cell]:
    found = readings_by_meter(sheet.books)
    asked = [(meter, str(when)) for meter in meters for when in (month, month.back(12))]
    return [_cell(speech, found.get(meter.code, {}).get(when), meter.unit) for meter, when in asked]


def _cell(speech: Localizer, value: Fraction | None, unit: str) -> Cell:
    return DASH if value is None else speech.number(value, unit)


def _sum(sheet: Workbook, speech: Localizer, meter: Meter, asked: Sequence[Month]) -> str:
    counted = readings_by_meter(sheet.books).get(meter.code, {})
    whole = sum((counted[str(month)] for month in asked if str(month) in counted), Fraction(0))
    amount = f"{speech.number(whole, meter.unit).shown} {meter_unit(meter.unit)}"
    return speech.text(N_("%(name)s: %(amount)s in twelve months."), name=meter.name, amount=amount)
