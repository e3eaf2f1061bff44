"""The forecast: costs to the year's end, and money at hand day by day for the months to come."""

from __future__ import annotations

from typing import cast

from ledger.core.messages import N_
from reports.language.localizer import Localizer
from reports.measures.plan_figures import listed_changes
from reports.pages.page_snippets import fund_name, has_plan, programme_name, sentence
from reports.story.elements import (
    Body,
    Cell,
    Column,
    Element,
    Fact,
    Facts,
    Lead,
    PageBreak,
    Section,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.tables.cash_forecast import CashForecast, CashStep
from reports.tables.plan import Forecast, ForecastTable
from reports.workbook import Workbook


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The forecast's page."""
    table = cast(ForecastTable, sheet.tables["forecast"])
    said = sentence(sheet, speech, "forecast")
    lead = said or speech.text(N_("There is no plan to forecast from yet."))
    return (
        PageBreak(),
        Title(text=speech.text(N_("What we expect"))),
        Lead(lead),
        *([_costs(sheet, speech, table)] if table.rows and has_plan(sheet) else []),
        *_known_changes(sheet, speech),
        *_cash(sheet, speech),
    )


def _costs(sheet: Workbook, speech: Localizer, table: ForecastTable) -> Table:
    heads = (N_("Spent"), N_("Still planned"), N_("Known changes"), N_("Expected"), N_("Plan"), N_("Better + worse −"))
    columns = (
        Column(head=speech.text(N_("Costs of the year")), kind="name"),
        *(Column(head=speech.text(head)) for head in heads),
    )
    rows = tuple(
        TableRow(cells=(programme_name(sheet, speech, row.programme), *_cells(sheet, speech, row)))
        for row in table.rows
    )
    total = TableRow(cells=(speech.text(N_("All lines")), *_cells(sheet, speech, table.total)), role="total")
    words = N_("Spent %(spent)s, still planned %(rest)s and known changes of %(known)s make %(expected)s.")
    total_of = table.total
    amounts = {
        "spent": total_of.actual,
        "rest": total_of.plan_rest,
        "known": total_of.known_changes,
        "expected": total_of.forecast,
    }
    shown = {name: speech.number(amount, sheet.books.currency).shown for name, amount in amounts.items()}
    said = speech.text(words, **shown)
    return Table(slug="forecast", columns=columns, rows=rows, total=total, sentence=said)


def _known_changes(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """What is known by now of the months to come, in the words of those who plan."""
    day, unit = sheet.columns.end, sheet.books.currency
    budget = sheet.books.budget(day, day)
    facts = tuple(
        Fact(
            name=programme_name(sheet, speech, change.programme),
            value=speech.signed(change.amount, unit),
            sub=change.why,
        )
        for change in (listed_changes(budget, day) if budget else ())
    )
    return (Section(speech.text(N_("What we know already"))), Facts(slug="known-changes", facts=facts)) if facts else ()


def _cells(sheet: Workbook, speech: Localizer, row: Forecast) -> tuple[Cell, ...]:
    unit = sheet.books.currency
    return (
        speech.number(row.actual, unit),
        speech.number(row.plan_rest, unit),
        speech.signed(row.known_changes, unit) if row.known_changes else speech.or_nothing(0, unit),
        speech.number(row.forecast, unit),
        speech.number(row.year_plan, unit),
        speech.signed(row.difference, unit),
    )


def _cash(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    line = cast(CashForecast, sheet.tables["cash_line"])
    title = speech.text(N_("Money at hand, day by day"))
    if not line.rows:
        return (Section(title), Body(speech.text(N_("No payment or receipt is expected yet."))))
    columns = (
        Column(head=speech.text(N_("Day")), kind="name"),
        Column(head=speech.text(N_("Fund")), kind="words"),
        Column(head=speech.text(N_("In + out −"))),
        Column(head=speech.text(N_("The fund’s money"))),
        Column(head=speech.text(N_("All money")), kind="result"),
    )
    rows = tuple(_step(sheet, speech, step, line.lowest.date) for step in line.rows)
    unit = sheet.books.currency
    words = N_("We begin with %(start)s and end with %(end)s. The day with least at hand is in bold.")
    start, end = (speech.number(amount, unit).shown for amount in (line.start, line.rows[-1].all_funds))
    said = speech.text(words, start=start, end=end)
    table = Table(slug="cash-line", columns=columns, rows=rows, sentence=said)
    return (PageBreak(), Title(text=title), Lead(sentence(sheet, speech, "cash_line")), table)


def _step(sheet: Workbook, speech: Localizer, step: CashStep, lowest: object) -> TableRow:
    unit = sheet.books.currency
    cells = (
        speech.day(step.date),
        fund_name(sheet, step.fund),
        speech.signed(step.amount, unit),
        speech.number(step.fund_balance, unit),
        speech.number(step.all_funds, unit),
    )
    return TableRow(cells=cells, strong=(0, 4) if step.date == lowest else ())
