"""The trial balance at the end of a month, for auditors: debit and credit of every account."""

from __future__ import annotations

from typing import cast

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.language.localizer import Localizer
from reports.pages.checks_sign_off import story as checks_page
from reports.pages.page_snippets import fund_name, months_to_date, report_month, sentence
from reports.story.elements import Body, Cell, Column, Element, Lead, Section, Story, Table, TableRow, Title
from reports.tables.trial_balance import DebitCredit, TrialBalance, TrialLine
from reports.workbook import Workbook


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """One table for each unit, then the checks and the sign-off."""
    trial_balance = cast(TrialBalance, workbook.tables["trial_balance"])
    so_far = N_("Trial balance on %(day)s, in a month that still runs")
    template = so_far if workbook.columns.is_so_far else N_("Trial balance at the end of %(month)s")
    title = localizer.text(
        template, month=localizer.month(report_month(workbook)), day=localizer.day(workbook.columns.end)
    )
    lead = sentence(workbook, localizer, "trial_balance") or localizer.text(N_("The books are empty."))
    return (
        Title(text=title),
        Lead(lead),
        *_units(workbook, localizer, trial_balance),
        *checks_page(workbook, localizer),
    )


def _units(workbook: Workbook, localizer: Localizer, trial_balance: TrialBalance) -> tuple[Element, ...]:
    elements: list[Element] = []
    for unit, total in trial_balance.total.items():
        rows = [row for row in trial_balance.rows if row.unit == unit]
        element = _table(workbook, localizer, rows, total, unit) if rows else _empty_unit(workbook, localizer, unit)
        elements += [Section(_unit_name(localizer, unit)), element]
    return tuple(elements) or (Body(localizer.text(N_("Nothing was written down yet."))),)


def _empty_unit(workbook: Workbook, localizer: Localizer, unit: str) -> Body:
    """The text for a unit without rows: nothing was recorded, or every account is back at zero."""
    rows = [row for row in workbook.dataset.rows.until(workbook.columns.end) if row.unit == unit]
    if not rows:
        return Body(localizer.text(N_("Nothing was written down yet.")))
    moved = sum(max(row.amount, 0) for row in rows if row.date in workbook.columns.year_to_date)
    hours = N_("Every account stands at nought: what some gave, others received. Moved, %(months)s: %(total)s.")
    other = N_("Every account is back at nought. Moved, %(months)s: %(total)s.")
    amount, months = localizer.number(moved, unit).shown, months_to_date(workbook, localizer)
    return Body(localizer.text(hours if unit == MINUTES else other, total=amount, months=months))


def _unit_name(localizer: Localizer, unit: str) -> str:
    named = {MINUTES: N_("Hours"), BARTER_VALUE: N_("Barter values")}
    return localizer.text(named[unit]) if unit in named else localizer.text(N_("Money in %(currency)s"), currency=unit)


def _table(workbook: Workbook, localizer: Localizer, rows: list[TrialLine], total: DebitCredit, unit: str) -> Table:
    columns = (
        Column(head=localizer.text(N_("Account")), kind="name"),
        Column(head=localizer.text(N_("Fund")), kind="words"),
        Column(head=localizer.text(N_("Debit"))),
        Column(head=localizer.text(N_("Credit"))),
    )
    lines = tuple(
        TableRow(cells=(f"{row.account} {row.name}", fund_name(workbook, row.fund), *_sides(localizer, row, unit)))
        for row in rows
    )
    both = TableRow(cells=(localizer.text(N_("Total")), "", *_sides(localizer, total, unit)), role="total")
    sides_equal = localizer.text(N_("Both sides come to %(total)s."), total=localizer.number(total.debit, unit).shown)
    return Table(slug=f"trial-balance-{unit.lower()}", columns=columns, rows=lines, total=both, sentence=sides_equal)


def _sides(localizer: Localizer, sides: DebitCredit, unit: str) -> tuple[Cell, ...]:
    return tuple(localizer.number(amount, unit) if amount else "" for amount in (sides.debit, sides.credit))


REPORT = Report(
    slug="trial-balance",
    title=N_("Trial balance"),
    summary=N_("Every account with both its sides, for those who check."),
    letter="T",
    collect=monthly("trial-balance"),
    story=story,
)
