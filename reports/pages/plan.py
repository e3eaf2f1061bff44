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
from reports.tables.variance import Variance
from reports.workbook import Workbook

LONGEST_CHART = 6
KINDS = {"timing": N_("Timing: %(why)s"), "real": N_("Real: %(why)s")}


def costs_story(workbook: Workbook, localizer: Localizer) -> Story:
    """Costs by programme: a table, and a chart of its first rows."""
    table = cast(CostsTable, table_to_date(workbook, "plan_actual_costs"))
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Plan and actual"))),
        Lead(_lead(workbook, localizer, table.rows)),
        _costs(workbook, localizer, table),
        *_bars(workbook, localizer, table.rows),
    )


def _lead(workbook: Workbook, localizer: Localizer, rows: Sequence[ProgrammeCosts]) -> str:
    begun = late_start_note(workbook.dataset, workbook.columns.year_to_date)
    return " ".join([_far_or_close(workbook, localizer, rows), *([localizer.text(begun)] if begun else [])])


def _far_or_close(workbook: Workbook, localizer: Localizer, rows: Sequence[ProgrammeCosts]) -> str:
    flagged = [programme_name(workbook, localizer, row.programme) for row in rows if row.flagged]
    if not any(row.year_plan for row in rows):
        return localizer.text(N_("No costs are planned for this year yet."))
    if not flagged:
        return localizer.text(N_("All lines are close to the plan."))
    if len(flagged) == len(rows):
        return localizer.text(N_("Far from the plan: %(names)s."), names=", ".join(flagged))
    return localizer.text(N_("Far from the plan: %(names)s. The other lines are close."), names=", ".join(flagged))


def _months(workbook: Workbook, localizer: Localizer) -> str:
    """The months compared: the year to date, from the month in which the books begin."""
    return localizer.span(since_books_began(workbook.dataset, workbook.columns.year_to_date))


def _heads(workbook: Workbook, localizer: Localizer, first: str) -> tuple[Column, ...]:
    to_now, year = _months(workbook, localizer), localizer.text(N_("Whole year"))
    plan, actual = localizer.text(N_("Plan")), localizer.text(N_("Actual"))
    return (
        Column(head=first, kind="name"),
        Column(head=plan, group=to_now),
        Column(head=actual, group=to_now),
        Column(head=localizer.text(N_("Better + worse −")), group=to_now),
        Column(head="%", group=to_now),
        Column(head=plan, group=year),
    )


def _compared(workbook: Workbook, localizer: Localizer, row: Variance, unit: str) -> tuple[Cell, ...]:
    if not has_plan(workbook):
        return (DASH, localizer.number(row.actual, unit), DASH, "", DASH)
    percent = "" if row.percent is None else localizer.signed(row.percent, "percent")
    return (
        localizer.number(row.plan, unit),
        localizer.number(row.actual, unit),
        localizer.signed(row.difference, unit),
        percent,
        localizer.number(row.year_plan, unit),
    )


def _costs(workbook: Workbook, localizer: Localizer, table: CostsTable) -> Table:
    unit, year = workbook.dataset.currency, localizer.text(N_("Whole year"))
    heads = _heads(workbook, localizer, localizer.text(N_("Costs in %(currency)s"), currency=unit))
    promised = Column(head=localizer.text(N_("Promised")), group=year)
    columns = (*heads, promised, Column(head=localizer.text(N_("Left")), group=year))
    rows = tuple(_cost_row(workbook, localizer, row) for row in table.rows)
    total = TableRow(
        cells=(localizer.text(N_("All lines")), *_cost_cells(workbook, localizer, table.total)), role="total"
    )
    text = sentence(workbook, localizer, "plan_actual_costs")
    return Table(slug="plan-costs", columns=columns, rows=rows, total=total, sentence=text)


def _cost_cells(workbook: Workbook, localizer: Localizer, row: Costs) -> tuple[Cell, ...]:
    unit = workbook.dataset.currency
    left = localizer.number(row.available, unit) if has_plan(workbook) else DASH
    return (*_compared(workbook, localizer, row, unit), localizer.number_or_dash(row.committed, unit), left)


def _cost_row(workbook: Workbook, localizer: Localizer, row: ProgrammeCosts) -> TableRow:
    cells = (programme_name(workbook, localizer, row.programme), *_cost_cells(workbook, localizer, row))
    return TableRow(cells=cells, strong=(3, 4) if row.flagged else (), note=_note(workbook, localizer, row.programme))


def _note(workbook: Workbook, localizer: Localizer, programme: str | None) -> str:
    budget = workbook.dataset.budget(workbook.columns.end, workbook.columns.end)
    month = str(report_month(workbook))
    notes: Sequence[BudgetNote] = budget.notes if budget else ()
    note = next(
        (candidate for candidate in notes if (candidate.period, candidate.programme) == (month, programme)), None
    )
    return localizer.text(KINDS[note.kind], why=note.text) if note else ""


def _bars(workbook: Workbook, localizer: Localizer, rows: Sequence[ProgrammeCosts]) -> tuple[Element, ...]:
    unit = workbook.dataset.currency
    lines = tuple(
        PlanActual(
            programme_name(workbook, localizer, row.programme),
            spreadsheet_value(row.plan, unit),
            spreadsheet_value(row.actual, unit),
            localizer.number(row.actual, unit).shown,
        )
        for row in rows[:LONGEST_CHART]
        if row.actual >= 0 and row.plan >= 0
    )
    if not any(line.plan or line.actual for line in lines):
        return ()
    words = localizer.text(N_("plan")), localizer.text(N_("actual, with its amount"))
    most = max(lines, key=lambda line: line.actual)
    alt = localizer.text(N_("The largest line is %(name)s: %(actual)s spent."), name=most.name, actual=most.shown)
    title = localizer.text(N_("Side by side, %(months)s"), months=_months(workbook, localizer))
    picture = PairedBars(lines=lines, plan_word=words[0], actual_word=words[1])
    return (Section(title), Chart(picture=picture, alt=alt))


def income_story(workbook: Workbook, localizer: Localizer) -> Story:
    """Income by fund, and community hours."""
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Income and hours"))),
        Lead(sentence(workbook, localizer, "plan_actual_income")),
        _income(workbook, localizer, cast(IncomeTable, table_to_date(workbook, "plan_actual_income"))),
        Section(localizer.text(N_("Community hours"))),
        _hours(workbook, localizer, cast(HoursTable, table_to_date(workbook, "plan_actual_hours"))),
    )


def _income(workbook: Workbook, localizer: Localizer, table: IncomeTable) -> Table:
    unit = workbook.dataset.currency
    heads = _heads(workbook, localizer, localizer.text(N_("Income in %(currency)s"), currency=unit))
    rows = tuple(_income_row(workbook, localizer, row) for row in table.rows)
    total = TableRow(
        cells=(localizer.text(N_("All funds")), *_compared(workbook, localizer, table.total, unit)), role="total"
    )
    own = workbook.figures["own-income-share"].columns["ytd"]
    template = N_("We earned %(share)s of this year’s income ourselves.")
    unknown = localizer.text(N_("Nothing came in this year, so there is no share of our own."))
    text = localizer.text(template, share=localizer.text(own.shown)) if all_known((own,)) else unknown
    return Table(slug="plan-income", columns=heads, rows=rows, total=total, sentence=text)


def _income_row(workbook: Workbook, localizer: Localizer, row: FundIncome) -> TableRow:
    cells = (fund_name(workbook, row.fund), *_compared(workbook, localizer, row, workbook.dataset.currency))
    return TableRow(cells=cells, strong=(3, 4) if row.flagged else ())


def _hours(workbook: Workbook, localizer: Localizer, table: HoursTable) -> Table:
    heads = _heads(workbook, localizer, localizer.text(N_("Hours paid by the community")))
    rows = tuple(_hours_row(workbook, localizer, row) for row in table.rows)
    total = (
        localizer.text(N_("Programme hours")),
        *_compared(workbook, localizer, table.total_programme_hours, MINUTES),
    )
    text = sentence(workbook, localizer, "plan_actual_hours")
    return Table(slug="plan-hours", columns=heads, rows=rows, total=TableRow(cells=total, role="total"), sentence=text)


def _hours_row(workbook: Workbook, localizer: Localizer, row: HoursLine) -> TableRow:
    account = workbook.dataset.registers.accounts.get(row.account)
    named = programme_name(workbook, localizer, row.programme) if row.programme else account.name if account else DASH
    return TableRow(cells=(named, *_compared(workbook, localizer, row, MINUTES)), strong=(3, 4) if row.flagged else ())
