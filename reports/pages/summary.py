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


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The first page."""
    title = localizer.text(N_("%(month)s at a glance"), month=localizer.month(report_month(workbook)))
    return (
        Title(text=title),
        Lead(lead_text(workbook, localizer)),
        Section(localizer.text(N_("Money"))),
        money_figures(workbook, localizer),
        *holdings_chart(workbook, localizer),
        SideBySide(left=cover_half(workbook, localizer), right=hours_half(workbook, localizer)),
        SideBySide(left=differences_half(workbook, localizer), right=agenda_half(workbook, localizer)),
        PageFoot(f"{currency_text(workbook, localizer)} {hidden_note(workbook, localizer)}".strip()),
    )


def lead_text(workbook: Workbook, localizer: Localizer) -> str:
    """What the page means, in one or two sentences, and that the month still runs where it does."""
    running = running_month_note(workbook, localizer)
    if not has_begun(workbook):
        return " ".join(filter(None, (not_begun_text(localizer), running)))
    draws = workbook.figures["draws-count"].columns["month"]
    quiet = localizer.text(N_("Nobody needed the emergency fund this month.")) if draws.value == 0 else ""
    return " ".join(part for part in (sentence(workbook, localizer, "at_a_glance"), quiet, running) if part)


def money_figures(workbook: Workbook, localizer: Localizer) -> BigFigures:
    """What came in, went out and is left, in all funds."""
    left = N_("Left so far, %(day)s") if workbook.columns.is_so_far else N_("Left on %(day)s")
    asked = (
        ("money-in", "month", localizer.text(N_("Came in"))),
        ("money-out", "month", localizer.text(N_("Went out"))),
        ("money-left", "end", localizer.text(left, day=localizer.day(workbook.columns.end))),
    )
    shown = tuple(
        BigFigure(label=label, value=localizer.cell(workbook.figures[slug].columns[column]))
        for slug, column, label in asked
    )
    return BigFigures(slug="money", figures=shown)


def holdings_chart(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Money at hand by how free it is, as one bar; nothing while there is none, or a part is below nought."""
    cash = cast(dict[str, int], workbook.tables["cash_by_fund"])
    currency = workbook.dataset.currency
    sums = [
        (
            _group_name(workbook, localizer, name, classes),
            sum(cash.get(code, 0) for code in workbook.dataset.funds_of(*classes)),
        )
        for name, classes in MONEY_GROUPS
    ]
    if min(total for _, total in sums) < 0 or not any(total for _, total in sums):
        return ()
    marks = tuple(_mark(name, total, currency, localizer) for name, total in sums if total)
    alt = ", ".join(f"{mark.name} {mark.shown}" for mark in marks)
    return (Chart(picture=PartsOfWhole(marks=marks), alt=alt),)


def _group_name(workbook: Workbook, localizer: Localizer, name: str, classes: tuple[str, ...]) -> str:
    """What a part of the money is called: by its own name where it is the one co-operative business."""
    funds = sorted(workbook.dataset.funds_of(*classes))
    return fund_name(workbook, funds[0]) if classes == ("co-op",) and len(funds) == 1 else localizer.text(name)


def _mark(name: str, total: int, unit: str, localizer: Localizer) -> ChartLabel:
    return ChartLabel(name, spreadsheet_value(total, unit), localizer.number(total, unit).shown)


def cover_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """How far the emergency fund would reach."""
    balance = cast(int, getattr(workbook.tables["emergency"], "balance", 0))
    months = workbook.figures["months-of-cover"].columns["end"]
    shown = localizer.cell(months)
    amount = localizer.number(balance, workbook.dataset.currency).shown
    holds = localizer.text(N_("Holds %(amount)s, enough for"), amount=amount)
    label = holds if has_begun(workbook) else localizer.text(N_("Enough for"))
    unit = localizer.text(N_("months of usual costs")) if isinstance(shown, Number) else ""
    found: tuple[Element, ...] = (
        Section(localizer.text(N_("Emergency fund"))),
        BigFigures(slug="cover", figures=(BigFigure(label=label, value=shown, unit=unit),)),
    )
    if not isinstance(shown, Number) or shown.value < 0:
        return found
    return (*found, Chart(picture=_ruler(workbook, localizer, Decimal(shown.value)), alt=_reach(workbook, localizer)))


def _ruler(workbook: Workbook, localizer: Localizer, value: Decimal) -> Ruler:
    least = workbook.dataset.policy_number("emergency.target_months_least", 3)
    aim = workbook.dataset.policy_number("emergency.target_months_aim", 6)
    marks = (
        ChartLabel(localizer.text(N_("%(months)s at least"), months=least), least, str(least)),
        ChartLabel(localizer.text(N_("%(months)s our aim"), months=aim), aim, str(aim)),
    )
    return Ruler(value=value, targets=marks)


def _reach(workbook: Workbook, localizer: Localizer) -> str:
    return sentence(workbook, localizer, "emergency")


def hours_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Hours given this year, and what the pot has promised or holds."""
    pot = cast(PotTable, table_of_month(workbook, "pot")).lines["close"]
    label = localizer.text(N_("Help promised")) if pot < 0 else localizer.text(N_("In the pot"))
    given, held = workbook.figures["hours-given"].columns["ytd"], workbook.figures["pot"].columns["end"]
    figures = (
        BigFigure(
            label=localizer.text(N_("Given, %(months)s"), months=months_to_date(workbook, localizer)),
            value=localizer.cell(given),
        ),
        BigFigure(
            label=label, value=localizer.number(abs(pot), MINUTES) if has_begun(workbook) else localizer.cell(held)
        ),
    )
    said = sentence(workbook, localizer, "pot") or not_begun_text(localizer)
    return (Section(localizer.text(N_("Hours"))), BigFigures(slug="hours", figures=figures), Body(said))


def differences_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The three programmes furthest off their plan."""
    title = Section(localizer.text(N_("Three largest differences")))
    if not has_plan(workbook):
        return (title, Body(localizer.text(N_("No plan was approved, so nothing can be compared with it."))))
    found = [row for row in cast(list[ProgrammeDifference], workbook.tables["biggest_differences"]) if row.difference]
    if not found:
        return (title, Body(localizer.text(N_("No cost is off its plan."))))
    facts = tuple(_difference(workbook, localizer, row) for row in found)
    return (title, Facts(slug="differences", facts=facts))


def _difference(workbook: Workbook, localizer: Localizer, row: ProgrammeDifference) -> Fact:
    more, less = localizer.text(N_("more spent than planned")), localizer.text(N_("less spent than planned"))
    name = programme_name(workbook, localizer, row.programme)
    value = localizer.signed(row.difference, workbook.dataset.currency)
    return Fact(name=name, value=value, sub=more if row.difference < 0 else less)


def agenda_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """What the assembly decides today."""
    title = Section(localizer.text(N_("To decide today")))
    items = cast(list[AgendaItem], workbook.tables["decisions_needed"])
    if not items:
        return (title, Body(localizer.text(N_("Nothing is waiting for the assembly."))))
    return (title, Proposals(tuple(_proposal(workbook, localizer, item) for item in items)))


def _proposal(workbook: Workbook, localizer: Localizer, item: AgendaItem) -> Proposal:
    choices = (localizer.text(N_("agreed")), localizer.text(N_("later")))
    if item.amount is None:
        return Proposal(text=item.text, by=item.proposer or DASH, choices=choices)
    amount = Strong(localizer.number(item.amount, workbook.dataset.currency).shown)
    return Proposal(text=(f"{item.text}: ", amount), by=item.proposer or DASH, choices=choices)


def hidden_note(workbook: Workbook, localizer: Localizer) -> str:
    """How many numbers of the sheet are hidden because too few people stand behind them."""
    cells = [cell for figure in workbook.figures.values() for cell in figure.columns.values()]
    count = sum(cell.reason == "TOO_FEW" for cell in cells)
    if not count:
        return ""
    words = N_("Numbers hidden, with fewer than %(people)s people behind them: %(count)s.")
    return localizer.text(words, people=workbook.dataset.min_people, count=count)
