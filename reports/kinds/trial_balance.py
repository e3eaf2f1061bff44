"""The trial balance at a month's end, for whoever checks the books: every account, both sides, equal."""

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


def story(sheet: Workbook, speech: Localizer) -> Story:
    """One table for each unit, then the checks and room to sign."""
    found = cast(TrialBalance, sheet.tables["trial_balance"])
    so_far = N_("Trial balance on %(day)s, in a month that still runs")
    words = so_far if sheet.columns.is_so_far else N_("Trial balance at the end of %(month)s")
    title = speech.text(words, month=speech.month(report_month(sheet)), day=speech.day(sheet.columns.end))
    lead = sentence(sheet, speech, "trial_balance") or speech.text(N_("The books are empty."))
    return (Title(text=title), Lead(lead), *_units(sheet, speech, found), *checks_page(sheet, speech))


def _units(sheet: Workbook, speech: Localizer, found: TrialBalance) -> tuple[Element, ...]:
    elements: list[Element] = []
    for unit, total in found.total.items():
        rows = [row for row in found.rows if row.unit == unit]
        shown = _table(sheet, speech, rows, total, unit) if rows else _at_nought(sheet, speech, unit)
        elements += [Section(_unit_name(speech, unit)), shown]
    return tuple(elements) or (Body(speech.text(N_("Nothing was written down yet."))),)


def _at_nought(sheet: Workbook, speech: Localizer, unit: str) -> Body:
    """Why no account has a line: nothing was written in the unit, or every account came back to nought."""
    rows = [row for row in sheet.books.rows.until(sheet.columns.end) if row.unit == unit]
    if not rows:
        return Body(speech.text(N_("Nothing was written down yet.")))
    moved = sum(max(row.amount, 0) for row in rows if row.date in sheet.columns.year_to_date)
    hours = N_("Every account stands at nought: what some gave, others received. Moved, %(months)s: %(total)s.")
    other = N_("Every account is back at nought. Moved, %(months)s: %(total)s.")
    shown, months = speech.number(moved, unit).shown, months_to_date(sheet, speech)
    return Body(speech.text(hours if unit == MINUTES else other, total=shown, months=months))


def _unit_name(speech: Localizer, unit: str) -> str:
    named = {MINUTES: N_("Hours"), BARTER_VALUE: N_("Barter values")}
    return speech.text(named[unit]) if unit in named else speech.text(N_("Money in %(currency)s"), currency=unit)


def _table(sheet: Workbook, speech: Localizer, rows: list[TrialLine], total: DebitCredit, unit: str) -> Table:
    columns = (
        Column(head=speech.text(N_("Account")), kind="name"),
        Column(head=speech.text(N_("Fund")), kind="words"),
        Column(head=speech.text(N_("Debit"))),
        Column(head=speech.text(N_("Credit"))),
    )
    lines = tuple(
        TableRow(cells=(f"{row.account} {row.name}", fund_name(sheet, row.fund), *_sides(speech, row, unit)))
        for row in rows
    )
    both = TableRow(cells=(speech.text(N_("Total")), "", *_sides(speech, total, unit)), role="total")
    said = speech.text(N_("Both sides come to %(total)s."), total=speech.number(total.debit, unit).shown)
    return Table(slug=f"trial-balance-{unit.lower()}", columns=columns, rows=lines, total=both, sentence=said)


def _sides(speech: Localizer, sides: DebitCredit, unit: str) -> tuple[Cell, ...]:
    return tuple(speech.number(amount, unit) if amount else "" for amount in (sides.debit, sides.credit))


REPORT = Report(
    slug="trial-balance",
    title=N_("Trial balance"),
    summary=N_("Every account with both its sides, for those who check."),
    letter="T",
    collect=monthly("trial-balance"),
    story=story,
)
