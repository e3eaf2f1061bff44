"""The emergency fund: what it held at each month's end, how far it reaches, what was given and refilled."""

from __future__ import annotations

import datetime as dt
from typing import cast

from ledger.core.messages import N_
from ledger.core.periods import Month, moving_12
from reports.language.localizer import Localizer, spreadsheet_value
from reports.pages.page_snippets import axis_values, named_month, report_month, sentence, short_month
from reports.story.chart_specs import BalanceLine, ChartLabel, MonthEnd
from reports.story.elements import (
    Body,
    Chart,
    Column,
    Element,
    Fact,
    Facts,
    Lead,
    PageBreak,
    PageFoot,
    Section,
    SideBySide,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.tables.cash_forecast import EmergencyHistory
from reports.workbook import Workbook

FIGURES = (
    ("months-of-cover", "end"),
    ("gap-to-target", "end"),
    ("draws-sum", "moving_12"),
    ("emergency-added", "month"),
)


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The emergency fund's page."""
    line = cast(EmergencyHistory, sheet.tables["emergency"])
    held = speech.number(line.balance, sheet.books.currency).shown
    facts = tuple(_fact(sheet, speech, slug, column) for slug, column in FIGURES if slug in sheet.figures)
    return (
        PageBreak(),
        Title(text=speech.text(N_("Emergency fund"))),
        Lead(speech.text(N_("The fund holds %(amount)s."), amount=held)),
        *_chart(sheet, speech, line),
        SideBySide(
            left=(
                Section(speech.text(N_("How far it reaches"))),
                Facts(slug="emergency", facts=facts, sentence=sentence(sheet, speech, "emergency")),
            ),
            right=_month_ends(sheet, speech, line),
        ),
        PageFoot(_foot(sheet, speech)),
    )


def _fact(sheet: Workbook, speech: Localizer, slug: str, column: str) -> Fact:
    figure = sheet.figures[slug]
    cell = figure.columns[column]
    sub = speech.text(cell.covered) if cell.covered else ""
    return Fact(name=speech.text(figure.name), value=speech.cell(cell), sub=sub)


def _foot(sheet: Workbook, speech: Localizer) -> str:
    said = speech.text(N_("Who was helped is never printed."))
    if sheet.help_counted_to is None:
        return said
    until = speech.text(N_("Help is counted up to %(day)s."), day=speech.day(sheet.help_counted_to))
    return f"{said} {until}"


def _chart(sheet: Workbook, speech: Localizer, line: EmergencyHistory) -> tuple[Element, ...]:
    known = {Month.of(day): amount for day, amount in line.month_ends.items()}
    held = [amount for amount in known.values() if amount is not None]
    if not held or min(held) < 0:
        return ()
    unit = sheet.books.currency
    months = tuple(
        MonthEnd(
            short_month(speech, month),
            None if known.get(month) is None else spreadsheet_value(known[month] or 0, unit),
            month in known and known[month] is None,
        )
        for month in moving_12(report_month(sheet)).months()
    )
    picture = BalanceLine(
        months=months,
        last=speech.number(line.balance, unit).shown,
        scale=_scale(max(held), unit, speech),
        targets=_targets(line, unit, speech),
        why_empty=_why_empty(sheet, speech),
    )
    return (Chart(picture=picture, alt=sentence(sheet, speech, "emergency")),)


def _month_ends(sheet: Workbook, speech: Localizer, line: EmergencyHistory) -> tuple[Element, ...]:
    """The balances behind the chart."""
    unit, hidden = sheet.books.currency, speech.text(N_("kept back"))
    title = Section(speech.text(N_("At each month’s end")))
    rows = tuple(
        TableRow(cells=(_month_named(sheet, speech, day), hidden if amount is None else speech.number(amount, unit)))
        for day, amount in line.month_ends.items()
    )
    if not rows:
        return (title, Body(speech.text(N_("The books had not begun."))))
    columns = (Column(head="", kind="words"), Column(head="", kind="result"))
    return (title, Table(slug="month-ends", columns=columns, rows=rows, sentence=""))


def _month_named(sheet: Workbook, speech: Localizer, day: dt.date) -> str:
    return named_month(sheet, speech) if day == sheet.columns.end else speech.month(Month.of(day))


def _scale(highest: int, unit: str, speech: Localizer) -> tuple[ChartLabel, ...]:
    return tuple(
        ChartLabel("", spreadsheet_value(value, unit), speech.number(value, unit).shown)
        for value in axis_values(highest)
    )


def _targets(line: EmergencyHistory, unit: str, speech: Localizer) -> tuple[ChartLabel, ...]:
    named = ((line.aim, N_("our aim")), (line.least, N_("the least")))
    return tuple(
        ChartLabel(speech.text(name), spreadsheet_value(amount, unit), speech.number(amount, unit).shown)
        for amount, name in named
        if amount is not None
    )


def _why_empty(sheet: Workbook, speech: Localizer) -> tuple[str, ...]:
    began = sheet.books.began
    if began is None or began <= moving_12(report_month(sheet)).first:
        return ()
    day = speech.text(N_("began on %(day)s %(year)s"), day=speech.day(began), year=began.year)
    return (speech.text(N_("No data: the books")), day)
