"""The emergency fund: month-end balances, months of cover, help given and refill."""

from __future__ import annotations

import datetime as dt
from typing import cast

from ledger.core.messages import N_
from ledger.core.periods import Month, last_12_months
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


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The emergency fund's page."""
    line = cast(EmergencyHistory, workbook.tables["emergency"])
    balance = localizer.number(line.balance, workbook.dataset.currency).shown
    facts = tuple(_fact(workbook, localizer, slug, column) for slug, column in FIGURES if slug in workbook.figures)
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Emergency fund"))),
        Lead(localizer.text(N_("The fund holds %(amount)s."), amount=balance)),
        *_chart(workbook, localizer, line),
        SideBySide(
            left=(
                Section(localizer.text(N_("How far it reaches"))),
                Facts(slug="emergency", facts=facts, sentence=sentence(workbook, localizer, "emergency")),
            ),
            right=_month_ends(workbook, localizer, line),
        ),
        PageFoot(_foot(workbook, localizer)),
    )


def _fact(workbook: Workbook, localizer: Localizer, slug: str, column: str) -> Fact:
    figure = workbook.figures[slug]
    cell = figure.columns[column]
    sub = localizer.text(cell.covered) if cell.covered else ""
    return Fact(name=localizer.text(figure.name), value=localizer.cell(cell), sub=sub)


def _foot(workbook: Workbook, localizer: Localizer) -> str:
    privacy = localizer.text(N_("Who was helped is never printed."))
    if workbook.help_counted_to is None:
        return privacy
    counted_to = localizer.text(N_("Help is counted up to %(day)s."), day=localizer.day(workbook.help_counted_to))
    return f"{privacy} {counted_to}"


def _chart(workbook: Workbook, localizer: Localizer, line: EmergencyHistory) -> tuple[Element, ...]:
    by_month = {Month.of(day): amount for day, amount in line.month_ends.items()}
    balances = [amount for amount in by_month.values() if amount is not None]
    if not balances or min(balances) < 0:
        return ()
    unit = workbook.dataset.currency
    months = tuple(
        MonthEnd(
            short_month(localizer, month),
            None if by_month.get(month) is None else spreadsheet_value(by_month[month] or 0, unit),
            month in by_month and by_month[month] is None,
        )
        for month in last_12_months(report_month(workbook)).months()
    )
    picture = BalanceLine(
        months=months,
        last=localizer.number(line.balance, unit).shown,
        scale=_scale(max(balances), unit, localizer),
        targets=_targets(line, unit, localizer),
        why_empty=_why_empty(workbook, localizer),
    )
    return (Chart(picture=picture, alt=sentence(workbook, localizer, "emergency")),)


def _month_ends(workbook: Workbook, localizer: Localizer, line: EmergencyHistory) -> tuple[Element, ...]:
    """The table of the chart's balances."""
    unit, hidden = workbook.dataset.currency, localizer.text(N_("kept back"))
    title = Section(localizer.text(N_("At each month’s end")))
    rows = tuple(
        TableRow(
            cells=(_month_named(workbook, localizer, day), hidden if amount is None else localizer.number(amount, unit))
        )
        for day, amount in line.month_ends.items()
    )
    if not rows:
        return (title, Body(localizer.text(N_("The books had not begun."))))
    columns = (Column(head="", kind="words"), Column(head="", kind="result"))
    return (title, Table(slug="month-ends", columns=columns, rows=rows, sentence=""))


def _month_named(workbook: Workbook, localizer: Localizer, day: dt.date) -> str:
    return named_month(workbook, localizer) if day == workbook.columns.end else localizer.month(Month.of(day))


def _scale(highest: int, unit: str, localizer: Localizer) -> tuple[ChartLabel, ...]:
    return tuple(
        ChartLabel("", spreadsheet_value(value, unit), localizer.number(value, unit).shown)
        for value in axis_values(highest)
    )


def _targets(line: EmergencyHistory, unit: str, localizer: Localizer) -> tuple[ChartLabel, ...]:
    named = ((line.aim, N_("our aim")), (line.least, N_("the least")))
    return tuple(
        ChartLabel(localizer.text(name), spreadsheet_value(amount, unit), localizer.number(amount, unit).shown)
        for amount, name in named
        if amount is not None
    )


def _why_empty(workbook: Workbook, localizer: Localizer) -> tuple[str, ...]:
    began = workbook.dataset.began
    if began is None or began <= last_12_months(report_month(workbook)).first:
        return ()
    day = localizer.text(N_("began on %(day)s %(year)s"), day=localizer.day(began), year=began.year)
    return (localizer.text(N_("No data: the books")), day)
