"""Resources: what was metered and weighed, month by month beside the year before, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ledger.messages import N_, say
from ledger.periods import Month, moving_12
from reports.pages.every_figure import table
from reports.pages.parts import month_of, months_to_date, sentence
from reports.pictures import Months, Multiples
from reports.readings import by_meter
from reports.sheet import Sheet
from reports.speech import NOTHING, Speech, plain_value
from reports.story import Cell, Chart, Column, Element, Lead, PageBreak, Row, Section, Story, Table, Title
from reports.wording import MONTHS

METHODS = {
    "metered": N_("metered"),
    "weighed": N_("weighed"),
    "estimated": N_("estimated"),
    "stated": N_("stated"),
    "counted": N_("counted"),
}
FIGURES = (
    "electricity heat fuel electricity-per-night renewable-share emissions water water-per-night waste waste-diverted "
    "diversion-rate waste-per-night food-grown food-bought local-food-share food-waste-per-meal cost-per-kwh"
).split()
DRAWN = 3


def page(sheet: Sheet, speech: Speech) -> Story:
    """The charts with their table, then every figure."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Resources"))),
        Lead(sentence(sheet, speech, "resources") or speech.text(N_("No readings were taken yet."))),
        *_charts(sheet, speech),
        *_readings(sheet, speech),
        PageBreak(),
        Title(text=speech.text(N_("Resources in figures"))),
        Lead(speech.text(N_("Where nobody measured, the page says so."))),
        table(sheet, speech, [sheet.figures[slug] for slug in FIGURES], "resource-figures"),
    )


def _charts(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    charts = tuple(chart for meter in sheet.books.registers.meters for chart in _chart(sheet, speech, meter.code))
    if not charts:
        return ()
    picture = Multiples(
        charts=charts[:DRAWN],
        recent_word=months_to_date(sheet, speech),
        earlier_word=speech.text(N_("earlier months")),
        before_word=speech.text(N_("the year before")),
    )
    return (Chart(picture=picture, alt=sentence(sheet, speech, "resources")),)


def _chart(sheet: Sheet, speech: Speech, code: str) -> tuple[Months, ...]:
    """A meter's twelve months; nothing where it was never read in them."""
    meter = next(meter for meter in sheet.books.registers.meters if meter.code == code)
    counted = by_meter(sheet.books).get(code, {})
    months = list(moving_12(month_of(sheet)).months())
    now, before = [counted.get(str(m)) for m in months], [counted.get(str(m.back(12))) for m in months]
    if all(value is None for value in now):
        return ()
    last = next(value for value in reversed(now) if value is not None)
    return (
        Months(
            name=meter.name,
            unit=meter.unit,
            now=tuple(None if value is None else plain_value(value, meter.unit) for value in now),
            before=tuple(None if value is None else plain_value(value, meter.unit) for value in before),
            shown=speech.number(last, meter.unit).shown,
            first_month=_short(speech, months[0]),
            last_month=_short(speech, months[-1]),
            recent=len(list(sheet.columns.year_to_date.months())),
        ),
    )


def _short(speech: Speech, month: Month) -> str:
    return speech.say(say(MONTHS[month.month - 1]))[:3]


def _readings(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    lines = cast(list[Mapping[str, object]], sheet.tables["resources"])
    if not lines:
        return ()
    heads = (N_("This year"), N_("Last year"), N_("12 months"))
    columns = (
        Column(head=speech.text(N_("Counted")), kind="name"),
        Column(head=speech.span(month_of(sheet).span)),
        *(Column(head=speech.text(head)) for head in heads),
        Column(head=speech.text(N_("How we know")), kind="words"),
    )
    rows = tuple(_reading(sheet, speech, line) for line in lines)
    words = N_("This year and last year stand for %(months)s. Twelve months end with this one.")
    said = speech.text(words, months=months_to_date(sheet, speech))
    title = speech.text(N_("%(months)s in figures"), months=months_to_date(sheet, speech))
    return (Section(title), Table(slug="resources", columns=columns, rows=rows, sentence=said))


def _reading(sheet: Sheet, speech: Speech, line: Mapping[str, object]) -> Row:
    meter = next(meter for meter in sheet.books.registers.meters if meter.code == line["meter"])
    asked = ("month", "ytd", "ytd_last_year", "moving_12")
    cells: tuple[Cell, ...] = tuple(_quantity(speech, line[name], meter.unit) for name in asked)
    ways = cast(Mapping[str, object], line["methods"])
    known = ", ".join(speech.text(METHODS.get(way, way)) for way in ways) or NOTHING
    return Row(cells=(f"{meter.name}, {meter.unit}", *cells, known))


def _quantity(speech: Speech, value: object, unit: str) -> Cell:
    return speech.text(N_("no data")) if value is None else speech.number(value, unit)  # type: ignore[arg-type]
