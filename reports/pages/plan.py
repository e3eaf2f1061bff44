"""Plan and actual: costs by programme, income by fund, community hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from ledger.registers.plan_records import BudgetNote
from reports.language.localizer import DASH, Localizer, spreadsheet_value
from reports.measures.plan_figures import late_start_note, since_books_began
from reports.pages.page_snippets import (
    all_known,
    fund_name,
    has_plan,
    programme_name,
    report_month,
    sentence,
    table_to_date,
)
from reports.story.chart_specs import PairedBars, PlanActual
from reports.story.elements import Cell, Chart, Column, Element, Lead, PageBreak, Section, Story, Table, TableRow, Title
from reports.tables.hours import HoursLine, HoursTable
from reports.tables.plan import Costs, CostsTable, FundIncome, IncomeTable, ProgrammeCosts
from reports.tables.variance_table import Variance
from reports.workbook import Workbook

LONGEST_CHART = 6
KINDS = {"timing": N_("Timing: %(why)s"), "real": N_("Real: %(why)s")}


def costs_story(sheet: Workbook, speech: Localizer) -> Story:
    """Costs by programme: table, sentence, and the first lines as paired bars."""
    table = cast(CostsTable, table_to_date(sheet, "plan_actual_costs"))
    return (
        PageBreak(),
        Title(text=speech.text(N_("Plan and actual"))),
        Lead(_lead(sheet, speech, table.rows)),
        _costs(sheet, speech, table),
        *_bars(sheet, speech, table.rows),
    )


def _lead(sheet: Workbook, speech: Localizer, rows: Sequence[ProgrammeCosts]) -> str:
    begun = late_start_note(sheet.books, sheet.columns.year_to_date)
    return " ".join([_far_or_close(sheet, speech, rows), *([speech.text(begun)] if begun else [])])


def _far_or_close(sheet: Workbook, speech: Localizer, rows: Sequence[ProgrammeCosts]) -> str:
    flagged = [programme_name(sheet, speech, row.programme) for row in rows if row.flagged]
    if not any(row.year_plan for row in rows):
        return speech.text(N_("No costs are planned for this year yet."))
    if not flagged:
        return speech.text(N_("All lines are close to the plan."))
    if len(flagged) == len(rows):
        return speech.text(N_("Far from the plan: %(names)s."), names=", ".join(flagged))
    return speech.text(N_("Far from the plan: %(names)s. The other lines are close."), names=", ".join(flagged))


def _months(sheet: Workbook, speech: Localizer) -> str:
    """The months that are counted: the year to date, in their first year from the month in which the books begin."""
    return speech.span(since_books_began(sheet.books, sheet.columns.year_to_date))


def _heads(sheet: Workbook, speech: Localizer, first: str) -> tuple[Column, ...]:
    to_now, year = _months(sheet, speech), speech.text(N_("Whole year"))
    plan, actual = speech.text(N_("Plan")), speech.text(N_("Actual"))
    return (
        Column(head=first, kind="name"),
        Column(head=plan, group=to_now),
        Column(head=actual, group=to_now),
        Column(head=speech.text(N_("Better + worse −")), group=to_now),
        Column(head="%", group=to_now),
        Column(head=plan, group=year),
    )


def _compared(sheet: Workbook, speech: Localizer, row: Variance, unit: str) -> tuple[Cell, ...]:
    if not has_plan(sheet):
        return (DASH, speech.number(row.actual, unit), DASH, "", DASH)
    percent = "" if row.percent is None else speech.signed(row.percent, "percent")
    return (
        speech.number(row.plan, unit),
        speech.number(row.actual, unit),
        speech.signed(row.difference, unit),
        percent,
        speech.number(row.year_plan, unit),
    )


def _costs(sheet: Workbook, speech: Localizer, table: CostsTable) -> Table:
    unit, year = sheet.books.currency, speech.text(N_("Whole year"))
    heads = _heads(sheet, speech, speech.text(N_("Costs in %(currency)s"), currency=unit))
    promised = Column(head=speech.text(N_("Promised")), group=year)
    columns = (*heads, promised, Column(head=speech.text(N_("Left")), group=year))
    rows = tuple(_cost_row(sheet, speech, row) for row in table.rows)
    total = TableRow(cells=(speech.text(N_("All lines")), *_cost_cells(sheet, speech, table.total)), role="total")
    said = sentence(sheet, speech, "plan_actual_costs")
    return Table(slug="plan-costs", columns=columns, rows=rows, total=total, sentence=said)


def _cost_cells(sheet: Workbook, speech: Localizer, row: Costs) -> tuple[Cell, ...]:
    unit = sheet.books.currency
    left = speech.number(row.available, unit) if has_plan(sheet) else DASH
    return (*_compared(sheet, speech, row, unit), speech.or_nothing(row.committed, unit), left)


def _cost_row(sheet: Workbook, speech: Localizer, row: ProgrammeCosts) -> TableRow:
    cells = (programme_name(sheet, speech, row.programme), *_cost_cells(sheet, speech, row))
    return TableRow(cells=cells, strong=(3, 4) if row.flagged else (), note=_note(sheet, speech, row.programme))


def _note(sheet: Workbook, speech: Localizer, programme: str | None) -> str:
    budget = sheet.books.budget(sheet.columns.end, sheet.columns.end)
    month = str(report_month(sheet))
    notes: Sequence[BudgetNote] = budget.notes if budget else ()
    found = next((note for note in notes if (note.period, note.programme) == (month, programme)), None)
    return speech.text(KINDS[found.kind], why=found.text) if found else ""


def _bars(sheet: Workbook, speech: Localizer, rows: Sequence[ProgrammeCosts]) -> tuple[Element, ...]:
    unit = sheet.books.currency
    lines = tuple(
        PlanActual(
            programme_name(sheet, speech, row.programme),
            spreadsheet_value(row.plan, unit),
            spreadsheet_value(row.actual, unit),
            speech.number(row.actual, unit).shown,
        )
        for row in rows[:LONGEST_CHART]
        if row.actual >= 0 and row.plan >= 0
    )
    if not any(line.plan or line.actual for line in lines):
        return ()
    words = speech.text(N_("plan")), speech.text(N_("actual, with its amount"))
    most = max(lines, key=lambda line: line.actual)
    alt = speech.text(N_("The largest line is %(name)s: %(actual)s spent."), name=most.name, actual=most.shown)
    title = speech.text(N_("Side by side, %(months)s"), months=_months(sheet, speech))
    picture = PairedBars(lines=lines, plan_word=words[0], actual_word=words[1])
    return (Section(title), Chart(picture=picture, alt=alt))


def income_story(sheet: Workbook, speech: Localizer) -> Story:
    """Income by fund, and the community's hours."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Income and hours"))),
        Lead(sentence(sheet, speech, "plan_actual_income")),
        _income(sheet, speech, cast(IncomeTable, table_to_date(sheet, "plan_actual_income"))),
        Section(speech.text(N_("Community hours"))),
        _hours(sheet, speech, cast(HoursTable, table_to_date(sheet, "plan_actual_hours"))),
    )


def _income(sheet: Workbook, speech: Localizer, table: IncomeTable) -> Table:
    unit = sheet.books.currency
    heads = _heads(sheet, speech, speech.text(N_("Income in %(currency)s"), currency=unit))
    rows = tuple(_income_row(sheet, speech, row) for row in table.rows)
    total = TableRow(cells=(speech.text(N_("All funds")), *_compared(sheet, speech, table.total, unit)), role="total")
    own = sheet.figures["own-income-share"].columns["ytd"]
    words = N_("We earned %(share)s of this year’s income ourselves.")
    unknown = speech.text(N_("Nothing came in this year, so there is no share of our own."))
    said = speech.text(words, share=speech.text(own.shown)) if all_known((own,)) else unknown
    return Table(slug="plan-income", columns=heads, rows=rows, total=total, sentence=said)


def _income_row(sheet: Workbook, speech: Localizer, row: FundIncome) -> TableRow:
    cells = (fund_name(sheet, row.fund), *_compared(sheet, speech, row, sheet.books.currency))
    return TableRow(cells=cells, strong=(3, 4) if row.flagged else ())


def _hours(sheet: Workbook, speech: Localizer, table: HoursTable) -> Table:
    heads = _heads(sheet, speech, speech.text(N_("Hours paid by the community")))
    rows = tuple(_hours_row(sheet, speech, row) for row in table.rows)
    total = (speech.text(N_("Programme hours")), *_compared(sheet, speech, table.total_programme_hours, MINUTES))
    said = sentence(sheet, speech, "plan_actual_hours")
    return Table(slug="plan-hours", columns=heads, rows=rows, total=TableRow(cells=total, role="total"), sentence=said)


def _hours_row(sheet: Workbook, speech: Localizer, row: HoursLine) -> TableRow:
    account = sheet.books.registers.accounts.get(row.account)
    named = programme_name(sheet, speech, row.programme) if row.programme else account.name if account else DASH
    return TableRow(cells=(named, *_compared(sheet, speech, row, MINUTES)), strong=(3, 4) if row.flagged else ())
