"""The month at a glance: money, emergency cover, hours, the largest differences, what is to be decided today."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from reports.language.localizer import DASH, Localizer, spreadsheet_value
from reports.pages.page_snippets import (
    currency_text,
    fund_name,
    has_begun,
    has_plan,
    months_to_date,
    not_begun_text,
    programme_name,
    report_month,
    running_month_note,
    sentence,
    table_of_month,
)
from reports.story.chart_specs import ChartLabel, PartsOfWhole, Ruler
from reports.story.elements import (
    BigFigure,
    BigFigures,
    Body,
    Chart,
    Element,
    Fact,
    Facts,
    Lead,
    Number,
    PageFoot,
    Proposal,
    Proposals,
    Section,
    SideBySide,
    Story,
    Strong,
    Title,
)
from reports.tables.agenda import AgendaItem
from reports.tables.hours import PotTable
from reports.tables.plan import ProgrammeDifference
from reports.workbook import Workbook

MONEY_GROUPS = (
    (N_("General, free to use"), ("unrestricted-general",)),
    (N_("Kept for a purpose"), ("unrestricted-designated", "restricted", "endowment")),
    (N_("Co-operative businesses"), ("co-op",)),
)


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The first page."""
    title = speech.text(N_("%(month)s at a glance"), month=speech.month(report_month(sheet)))
    return (
        Title(text=title),
        Lead(lead_text(sheet, speech)),
        Section(speech.text(N_("Money"))),
        money_figures(sheet, speech),
        *holdings_chart(sheet, speech),
        SideBySide(left=cover_half(sheet, speech), right=hours_half(sheet, speech)),
        SideBySide(left=differences_half(sheet, speech), right=agenda_half(sheet, speech)),
        PageFoot(f"{currency_text(sheet, speech)} {hidden_note(sheet, speech)}".strip()),
    )


def lead_text(sheet: Workbook, speech: Localizer) -> str:
    """What the page means, in one or two sentences, and that the month still runs where it does."""
    running = running_month_note(sheet, speech)
    if not has_begun(sheet):
        return " ".join(filter(None, (not_begun_text(speech), running)))
    draws = sheet.figures["draws-count"].columns["month"]
    quiet = speech.text(N_("Nobody needed the emergency fund this month.")) if draws.value == 0 else ""
    return " ".join(part for part in (sentence(sheet, speech, "at_a_glance"), quiet, running) if part)


def money_figures(sheet: Workbook, speech: Localizer) -> BigFigures:
    """What came in, went out and is left, in all funds."""
    left = N_("Left so far, %(day)s") if sheet.columns.is_so_far else N_("Left on %(day)s")
    asked = (
        ("money-in", "month", speech.text(N_("Came in"))),
        ("money-out", "month", speech.text(N_("Went out"))),
        ("money-left", "end", speech.text(left, day=speech.day(sheet.columns.end))),
    )
    shown = tuple(
        BigFigure(label=label, value=speech.cell(sheet.figures[slug].columns[column])) for slug, column, label in asked
    )
    return BigFigures(slug="money", figures=shown)


def holdings_chart(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Money at hand by how free it is, as one bar; nothing while there is none, or a part is below nought."""
    cash = cast(dict[str, int], sheet.tables["cash_by_fund"])
    currency = sheet.books.currency
    sums = [
        (_group_name(sheet, speech, name, classes), sum(cash.get(code, 0) for code in sheet.books.funds_of(*classes)))
        for name, classes in MONEY_GROUPS
    ]
    if min(total for _, total in sums) < 0 or not any(total for _, total in sums):
        return ()
    marks = tuple(_mark(name, total, currency, speech) for name, total in sums if total)
    alt = ", ".join(f"{mark.name} {mark.shown}" for mark in marks)
    return (Chart(picture=PartsOfWhole(marks=marks), alt=alt),)


def _group_name(sheet: Workbook, speech: Localizer, name: str, classes: tuple[str, ...]) -> str:
    """What a part of the money is called: by its own name where it is the one co-operative business."""
    funds = sorted(sheet.books.funds_of(*classes))
    return fund_name(sheet, funds[0]) if classes == ("co-op",) and len(funds) == 1 else speech.text(name)


def _mark(name: str, total: int, unit: str, speech: Localizer) -> ChartLabel:
    return ChartLabel(name, spreadsheet_value(total, unit), speech.number(total, unit).shown)


def cover_half(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """How far the emergency fund would reach."""
    balance = cast(int, getattr(sheet.tables["emergency"], "balance", 0))
    months = sheet.figures["months-of-cover"].columns["end"]
    shown = speech.cell(months)
    amount = speech.number(balance, sheet.books.currency).shown
    holds = speech.text(N_("Holds %(amount)s, enough for"), amount=amount)
    label = holds if has_begun(sheet) else speech.text(N_("Enough for"))
    unit = speech.text(N_("months of usual costs")) if isinstance(shown, Number) else ""
    found: tuple[Element, ...] = (
        Section(speech.text(N_("Emergency fund"))),
        BigFigures(slug="cover", figures=(BigFigure(label=label, value=shown, unit=unit),)),
    )
    if not isinstance(shown, Number) or shown.value < 0:
        return found
    return (*found, Chart(picture=_ruler(sheet, speech, Decimal(shown.value)), alt=_reach(sheet, speech)))


def _ruler(sheet: Workbook, speech: Localizer, value: Decimal) -> Ruler:
    least = sheet.books.policy_number("emergency.target_months_least", 3)
    aim = sheet.books.policy_number("emergency.target_months_aim", 6)
    marks = (
        ChartLabel(speech.text(N_("%(months)s at least"), months=least), least, str(least)),
        ChartLabel(speech.text(N_("%(months)s our aim"), months=aim), aim, str(aim)),
    )
    return Ruler(value=value, targets=marks)


def _reach(sheet: Workbook, speech: Localizer) -> str:
    return sentence(sheet, speech, "emergency")


def hours_half(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Hours given this year, and what the pot has promised or holds."""
    pot = cast(PotTable, table_of_month(sheet, "pot")).lines["close"]
    label = speech.text(N_("Help promised")) if pot < 0 else speech.text(N_("In the pot"))
    given, held = sheet.figures["hours-given"].columns["ytd"], sheet.figures["pot"].columns["end"]
    figures = (
        BigFigure(
            label=speech.text(N_("Given, %(months)s"), months=months_to_date(sheet, speech)), value=speech.cell(given)
        ),
        BigFigure(label=label, value=speech.number(abs(pot), MINUTES) if has_begun(sheet) else speech.cell(held)),
    )
    said = sentence(sheet, speech, "pot") or not_begun_text(speech)
    return (Section(speech.text(N_("Hours"))), BigFigures(slug="hours", figures=figures), Body(said))


def differences_half(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """The three programmes furthest off their plan."""
    title = Section(speech.text(N_("Three largest differences")))
    if not has_plan(sheet):
        return (title, Body(speech.text(N_("No plan was approved, so nothing can be compared with it."))))
    found = [row for row in cast(list[ProgrammeDifference], sheet.tables["biggest_differences"]) if row.difference]
    if not found:
        return (title, Body(speech.text(N_("No cost is off its plan."))))
    facts = tuple(_difference(sheet, speech, row) for row in found)
    return (title, Facts(slug="differences", facts=facts))


def _difference(sheet: Workbook, speech: Localizer, row: ProgrammeDifference) -> Fact:
    more, less = speech.text(N_("more spent than planned")), speech.text(N_("less spent than planned"))
    name = programme_name(sheet, speech, row.programme)
    value = speech.signed(row.difference, sheet.books.currency)
    return Fact(name=name, value=value, sub=more if row.difference < 0 else less)


def agenda_half(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """What the assembly decides today."""
    title = Section(speech.text(N_("To decide today")))
    items = cast(list[AgendaItem], sheet.tables["decisions_needed"])
    if not items:
        return (title, Body(speech.text(N_("Nothing is waiting for the assembly."))))
    return (title, Proposals(tuple(_proposal(sheet, speech, item) for item in items)))


def _proposal(sheet: Workbook, speech: Localizer, item: AgendaItem) -> Proposal:
    choices = (speech.text(N_("agreed")), speech.text(N_("later")))
    if item.amount is None:
        return Proposal(text=item.text, by=item.proposer or DASH, choices=choices)
    amount = Strong(speech.number(item.amount, sheet.books.currency).shown)
    return Proposal(text=(f"{item.text}: ", amount), by=item.proposer or DASH, choices=choices)


def hidden_note(sheet: Workbook, speech: Localizer) -> str:
    """How many numbers of the sheet are hidden because too few people stand behind them."""
    cells = [cell for figure in sheet.figures.values() for cell in figure.columns.values()]
    count = sum(cell.reason == "TOO_FEW" for cell in cells)
    if not count:
        return ""
    words = N_("Numbers hidden, with fewer than %(people)s people behind them: %(count)s.")
    return speech.text(words, people=sheet.books.least_people, count=count)
