"""The month at a glance: money, emergency cover, hours, the largest differences, what is to be decided today."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from reports.language.localizer import NOTHING, Localizer, plain_value
from reports.pages.page_snippets import (
    currency_words,
    fund_name,
    has_begun,
    has_plan,
    in_month,
    month_of,
    months_to_date,
    not_begun,
    programme_name,
    sentence,
    still_running,
)
from reports.story.chart_specs import ChartLabel, Parts, Ruler
from reports.story.elements import (
    Body,
    Chart,
    Element,
    Fact,
    Facts,
    Figure,
    Figures,
    Foot,
    Halves,
    Lead,
    Number,
    Proposal,
    Proposals,
    Section,
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


def page(sheet: Workbook, speech: Localizer) -> Story:
    """The first page."""
    title = speech.text(N_("%(month)s at a glance"), month=speech.month(month_of(sheet)))
    return (
        Title(text=title),
        Lead(lead(sheet, speech)),
        Section(speech.text(N_("Money"))),
        money(sheet, speech),
        *holdings(sheet, speech),
        Halves(left=cover(sheet, speech), right=hours(sheet, speech)),
        Halves(left=differences(sheet, speech), right=agenda(sheet, speech)),
        Foot(f"{currency_words(sheet, speech)} {hidden(sheet, speech)}".strip()),
    )


def lead(sheet: Workbook, speech: Localizer) -> str:
    """What the page means, in one or two sentences, and that the month still runs where it does."""
    running = still_running(sheet, speech)
    if not has_begun(sheet):
        return " ".join(filter(None, (not_begun(speech), running)))
    draws = sheet.figures["draws-count"].columns["month"]
    quiet = speech.text(N_("Nobody needed the emergency fund this month.")) if draws.value == 0 else ""
    return " ".join(part for part in (sentence(sheet, speech, "at_a_glance"), quiet, running) if part)


def money(sheet: Workbook, speech: Localizer) -> Figures:
    """What came in, went out and is left, in all funds."""
    left = N_("Left so far, %(day)s") if sheet.columns.is_so_far else N_("Left on %(day)s")
    asked = (
        ("money-in", "month", speech.text(N_("Came in"))),
        ("money-out", "month", speech.text(N_("Went out"))),
        ("money-left", "end", speech.text(left, day=speech.day(sheet.columns.end))),
    )
    shown = tuple(
        Figure(label=label, value=speech.cell(sheet.figures[slug].columns[column])) for slug, column, label in asked
    )
    return Figures(slug="money", figures=shown)


def holdings(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
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
    return (Chart(picture=Parts(marks=marks), alt=alt),)


def _group_name(sheet: Workbook, speech: Localizer, name: str, classes: tuple[str, ...]) -> str:
    """What a part of the money is called: by its own name where it is the one co-operative business."""
    funds = sorted(sheet.books.funds_of(*classes))
    return fund_name(sheet, funds[0]) if classes == ("co-op",) and len(funds) == 1 else speech.text(name)


def _mark(name: str, total: int, unit: str, speech: Localizer) -> ChartLabel:
    return ChartLabel(name, plain_value(total, unit), speech.number(total, unit).shown)


def cover(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
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
        Figures(slug="cover", figures=(Figure(label=label, value=shown, unit=unit),)),
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


def hours(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Hours given this year, and what the pot has promised or holds."""
    pot = cast(PotTable, in_month(sheet, "pot")).lines["close"]
    label = speech.text(N_("Help promised")) if pot < 0 else speech.text(N_("In the pot"))
    given, held = sheet.figures["hours-given"].columns["ytd"], sheet.figures["pot"].columns["end"]
    figures = (
        Figure(
            label=speech.text(N_("Given, %(months)s"), months=months_to_date(sheet, speech)), value=speech.cell(given)
        ),
        Figure(label=label, value=speech.number(abs(pot), MINUTES) if has_begun(sheet) else speech.cell(held)),
    )
    said = sentence(sheet, speech, "pot") or not_begun(speech)
    return (Section(speech.text(N_("Hours"))), Figures(slug="hours", figures=figures), Body(said))


def differences(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
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


def agenda(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """What the assembly decides today."""
    title = Section(speech.text(N_("To decide today")))
    items = cast(list[AgendaItem], sheet.tables["decisions_needed"])
    if not items:
        return (title, Body(speech.text(N_("Nothing is waiting for the assembly."))))
    return (title, Proposals(tuple(_proposal(sheet, speech, item) for item in items)))


def _proposal(sheet: Workbook, speech: Localizer, item: AgendaItem) -> Proposal:
    choices = (speech.text(N_("agreed")), speech.text(N_("later")))
    if item.amount is None:
        return Proposal(text=item.text, by=item.proposer or NOTHING, choices=choices)
    amount = Strong(speech.number(item.amount, sheet.books.currency).shown)
    return Proposal(text=(f"{item.text}: ", amount), by=item.proposer or NOTHING, choices=choices)


def hidden(sheet: Workbook, speech: Localizer) -> str:
    """How many numbers of the sheet are hidden because too few people stand behind them."""
    cells = [cell for figure in sheet.figures.values() for cell in figure.columns.values()]
    count = sum(cell.reason == "TOO_FEW" for cell in cells)
    if not count:
        return ""
    words = N_("Numbers hidden, with fewer than %(people)s people behind them: %(count)s.")
    return speech.text(words, people=sheet.books.least_people, count=count)
