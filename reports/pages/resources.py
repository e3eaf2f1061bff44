"""Resources: meter charts, quantities with the year before, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from ledger.core.messages import N_
from ledger.core.periods import last_12_months
from ledger.registers.records import Meter
from reports.indicators.resources import over_months
from reports.language.figure import figure_value
from reports.language.localizer import DASH, Localizer, spreadsheet_value
from reports.language.value_formats import DECIMALS
from reports.measures.meter_series import month_keys, readings_by_meter
from reports.pages import monthly_series
from reports.pages.figure_groups import RESOURCES, figures_by_group
from reports.pages.figure_tables import families_table, figures_sentence
from reports.pages.page_snippets import meter_unit, months_to_date, report_month, sentence, short_month
from reports.story.chart_specs import MeterMonths, SmallMultiples
from reports.story.elements import (
    Body,
    Cell,
    Chart,
    Column,
    Element,
    Lead,
    PageBreak,
    Section,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.workbook import Workbook

PARTS = frozenset({"waste-diverted"})
"""Kinds of meters that count a part of the meter above."""
METHODS = {
    "metered": N_("metered"),
    "weighed": N_("weighed"),
    "estimated": N_("estimated"),
    "stated": N_("stated"),
    "counted": N_("counted"),
}
DRAWN = 3


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """Charts, tables and figures; empty while nothing is measured."""
    if not _is_measured(workbook):
        return ()
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Resources"))),
        Lead(
            sentence(workbook, localizer, "resources") or localizer.text(N_("No electricity was read for this month."))
        ),
        *_charts(workbook, localizer),
        *_readings(workbook, localizer),
        *monthly_series.monthly_table(workbook, localizer, _drawn(workbook)),
        PageBreak(),
        Section(localizer.text(N_("Resources in figures"))),
        families_table(workbook, localizer, RESOURCES, "resource-figures", _nights(workbook, localizer)),
    )


def unmeasured_story(workbook: Workbook, localizer: Localizer) -> Story:
    """A note in place of these pages, while nothing is measured."""
    if _is_measured(workbook):
        return ()
    none = N_("There is no meter yet, and nothing was weighed. The figures are printed from the first reading on.")
    return (Section(localizer.text(N_("Resources"))), Body(localizer.text(none)))


def _is_measured(workbook: Workbook) -> bool:
    """Whether there is a meter, or a resource figure with a number."""
    figures = (figure for _, group in figures_by_group(workbook.figures, RESOURCES) for figure in group)
    has_value = (cell.value is not None for figure in figures for cell in figure.columns.values())
    return bool(workbook.dataset.registers.meters) or any(has_value)


def _nights(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("%(months)s: each person used %(electricity)s kWh and %(water)s m³ a night.")
    slugs = {"electricity": ("electricity-per-night", "ytd"), "water": ("water-per-night", "ytd")}
    return figures_sentence(workbook, localizer, template, **slugs)


def _drawn(workbook: Workbook) -> tuple[Meter, ...]:
    """The meters with a chart: the first ones read in the last twelve months."""
    months = [str(month) for month in last_12_months(report_month(workbook)).months()]
    readings = readings_by_meter(workbook.dataset)
    read_meters = (
        meter for meter in workbook.dataset.registers.meters if any(m in readings.get(meter.code, {}) for m in months)
    )
    return tuple(read_meters)[:DRAWN]


def _charts(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    charts = tuple(_chart(workbook, localizer, meter) for meter in _drawn(workbook))
    if not charts:
        return ()
    picture = SmallMultiples(
        charts=charts,
        recent_word=months_to_date(workbook, localizer),
        earlier_word=localizer.text(N_("earlier months")),
        before_word=localizer.text(N_("the year before")),
    )
    alt = sentence(workbook, localizer, "resources") or ", ".join(f"{chart.name} {chart.shown}" for chart in charts)
    return (Chart(picture=picture, alt=alt),)


def _chart(workbook: Workbook, localizer: Localizer, meter: Meter) -> MeterMonths:
    """A meter's twelve months and the twelve months before."""
    counted = readings_by_meter(workbook.dataset).get(meter.code, {})
    months = list(last_12_months(report_month(workbook)).months())
    now, before = [counted.get(str(m)) for m in months], [counted.get(str(m.back(12))) for m in months]
    last = next(value for value in reversed(now) if value is not None)
    return MeterMonths(
        name=meter.name,
        unit=localizer.text(N_("%(unit)s a month"), unit=meter_unit(meter.unit)),
        now=tuple(None if value is None else spreadsheet_value(value, meter.unit) for value in now),
        before=tuple(None if value is None else spreadsheet_value(value, meter.unit) for value in before),
        shown=localizer.number(last, meter.unit).shown,
        first_month=short_month(localizer, months[0]),
        last_month=short_month(localizer, months[-1]),
        recent=len(list(workbook.columns.year_to_date.months())),
    )


def _readings(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    lines = cast(list[Mapping[str, object]], workbook.tables["resources"])
    if not lines:
        return (Body(localizer.text(N_("There is no meter yet, and nothing was weighed."))),)
    heads = (N_("This year"), N_("A person and night"), N_("Last year"), N_("12 months"))
    columns = (
        Column(head="", kind="name"),
        Column(head=localizer.span(report_month(workbook).span)),
        *(Column(head=localizer.text(head)) for head in heads),
        Column(head=localizer.text(N_("How we know")), kind="words"),
    )
    rows = tuple(_reading(workbook, localizer, line) for line in lines)
    title = localizer.text(N_("%(months)s in figures"), months=months_to_date(workbook, localizer))
    text = " ".join(filter(None, (_slept(workbook, localizer), _cost(workbook, localizer), _gas(workbook, localizer))))
    note = localizer.text(N_("This year and last year: %(months)s."), months=months_to_date(workbook, localizer))
    return (Section(title), Table(slug="resources", columns=columns, rows=rows, sentence=text, note=note))


def _slept(workbook: Workbook, localizer: Localizer) -> str:
    slept = workbook.dataset.registers.person_nights
    nights = sum(slept.get(month, 0) for month in month_keys(workbook.columns.year_to_date))
    if not nights:
        return localizer.text(N_("Nobody counted the nights that people slept here."))
    return localizer.text(
        N_("Nights that people slept here: %(nights)s."), nights=localizer.number(nights, "count").shown
    )


def _cost(workbook: Workbook, localizer: Localizer) -> str:
    slugs = {"cost": ("cost-per-kwh", "ytd"), "used": ("electricity", "ytd")}
    template = N_("We used %(used)s kWh of electricity; 1 kWh cost %(cost)s.")
    return figures_sentence(workbook, localizer, template, **slugs)


def _gas(workbook: Workbook, localizer: Localizer) -> str:
    if workbook.figures["emissions"].columns["ytd"].value is not None:
        return ""
    return localizer.text(N_("For greenhouse gas there is no number, because no factors were chosen yet."))


def _reading(workbook: Workbook, localizer: Localizer, line: Mapping[str, object]) -> TableRow:
    meter = next(meter for meter in workbook.dataset.registers.meters if meter.code == line["meter"])
    now, *past = (
        _quantity(localizer, line[name], meter.unit) for name in ("month", "ytd", "ytd_last_year", "moving_12")
    )
    cells = (now, past[0], _for_a_night(workbook, localizer, meter), *past[1:])
    methods = cast(Mapping[str, object], line["methods"])
    method_names = ", ".join(localizer.text(METHODS.get(method, method)) for method in methods) or DASH
    name = localizer.text(N_("%(name)s, %(unit)s"), name=meter.name, unit=meter_unit(meter.unit))
    return TableRow(cells=(name, *cells, method_names), step=int(meter.kind in PARTS))


def _for_a_night(workbook: Workbook, localizer: Localizer, meter: Meter) -> Cell:
    """The quantity per person-night, over the months of the year with both."""
    nights = {month: Fraction(count) for month, count in workbook.dataset.registers.person_nights.items() if count}
    readings = readings_by_meter(workbook.dataset).get(meter.code, {})
    outcome = over_months(
        workbook.columns.year_to_date, [readings, nights], lambda used, slept: figure_value(used / slept)
    )
    unit = f"{meter.unit}/person-night"
    return _quantity(localizer, outcome.value, unit if unit in DECIMALS else "index")


def _quantity(localizer: Localizer, value: object, unit: str) -> Cell:
    if isinstance(value, int | Fraction):
        return localizer.number(value, unit)
    return localizer.text(N_("no data"))
