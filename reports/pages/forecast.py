"""The forecast: expected costs of the year, and the cash forecast."""

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


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The forecast page."""
    table = cast(ForecastTable, workbook.tables["forecast"])
    expected = sentence(workbook, localizer, "forecast")
    lead = expected or localizer.text(N_("There is no plan to forecast from yet."))
    return (
        PageBreak(),
        Title(text=localizer.text(N_("What we expect"))),
        Lead(lead),
        *([_costs(workbook, localizer, table)] if table.rows and has_plan(workbook) else []),
        *_known_changes(workbook, localizer),
        *_cash(workbook, localizer),
    )


def _costs(workbook: Workbook, localizer: Localizer, table: ForecastTable) -> Table:
    heads = (N_("Spent"), N_("Still planned"), N_("Known changes"), N_("Expected"), N_("Plan"), N_("Better + worse −"))
    columns = (
        Column(head=localizer.text(N_("Costs of the year")), kind="name"),
        *(Column(head=localizer.text(head)) for head in heads),
    )
    rows = tuple(
        TableRow(cells=(programme_name(workbook, localizer, row.programme), *_cells(workbook, localizer, row)))
        for row in table.rows
    )
    total = TableRow(cells=(localizer.text(N_("All lines")), *_cells(workbook, localizer, table.total)), role="total")
    template = N_("Spent %(spent)s, still planned %(rest)s and known changes of %(known)s make %(expected)s.")
    totals = table.total
    amounts = {
        "spent": totals.actual,
        "rest": totals.plan_rest,
        "known": totals.known_changes,
        "expected": totals.forecast,
    }
    values = {name: localizer.number(amount, workbook.dataset.currency).shown for name, amount in amounts.items()}
    sums = localizer.text(template, **values)
    return Table(slug="forecast", columns=columns, rows=rows, total=total, sentence=sums)


def _known_changes(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The known changes, with their reasons."""
    day, unit = workbook.columns.end, workbook.dataset.currency
    budget = workbook.dataset.budget(day, day)
    facts = tuple(
        Fact(
            name=programme_name(workbook, localizer, change.programme),
            value=localizer.signed(change.amount, unit),
            sub=change.why,
        )
        for change in (listed_changes(budget, day) if budget else ())
    )
    return (
        (Section(localizer.text(N_("What we know already"))), Facts(slug="known-changes", facts=facts)) if facts else ()
    )


def _cells(workbook: Workbook, localizer: Localizer, row: Forecast) -> tuple[Cell, ...]:
    unit = workbook.dataset.currency
    return (
        localizer.number(row.actual, unit),
        localizer.number(row.plan_rest, unit),
        localizer.signed(row.known_changes, unit) if row.known_changes else localizer.number_or_dash(0, unit),
        localizer.number(row.forecast, unit),
        localizer.number(row.year_plan, unit),
        localizer.signed(row.difference, unit),
    )


def _cash(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    line = cast(CashForecast, workbook.tables["cash_line"])
    title = localizer.text(N_("Money at hand, day by day"))
    if not line.rows:
        return (Section(title), Body(localizer.text(N_("No payment or receipt is expected yet."))))
    columns = (
        Column(head=localizer.text(N_("Day")), kind="name"),
        Column(head=localizer.text(N_("Fund")), kind="words"),
        Column(head=localizer.text(N_("In + out −"))),
        Column(head=localizer.text(N_("The fund’s money"))),
        Column(head=localizer.text(N_("All money")), kind="result"),
    )
    rows = tuple(_step(workbook, localizer, step, line.lowest.date) for step in line.rows)
    unit = workbook.dataset.currency
    template = N_("We begin with %(start)s and end with %(end)s. The day with least at hand is in bold.")
    start, end = (localizer.number(amount, unit).shown for amount in (line.start, line.rows[-1].all_funds))
    summary = localizer.text(template, start=start, end=end)
    table = Table(slug="cash-line", columns=columns, rows=rows, sentence=summary)
    return (PageBreak(), Title(text=title), Lead(sentence(workbook, localizer, "cash_line")), table)


def _step(workbook: Workbook, localizer: Localizer, step: CashStep, lowest: object) -> TableRow:
    unit = workbook.dataset.currency
    cells = (
        localizer.day(step.date),
        fund_name(workbook, step.fund),
        localizer.signed(step.amount, unit),
        localizer.number(step.fund_balance, unit),
        localizer.number(step.all_funds, unit),
    )
    return TableRow(cells=cells, strong=(0, 4) if step.date == lowest else ())
