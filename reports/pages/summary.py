"""The summary page: money, emergency fund, hours, largest differences, agenda."""

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
    """The lead sentences of the page."""
    running = running_month_note(workbook, localizer)
    if not has_begun(workbook):
        return " ".join(filter(None, (not_begun_text(localizer), running)))
    draws = workbook.figures["draws-count"].columns["month"]
    quiet = localizer.text(N_("Nobody needed the emergency fund this month.")) if draws.value == 0 else ""
    return " ".join(part for part in (sentence(workbook, localizer, "at_a_glance"), quiet, running) if part)


def money_figures(workbook: Workbook, localizer: Localizer) -> BigFigures:
    """Money in, money out and cash left, over all funds."""
    left = N_("Left so far, %(day)s") if workbook.columns.is_so_far else N_("Left on %(day)s")
    chosen = (
        ("money-in", "month", localizer.text(N_("Came in"))),
        ("money-out", "month", localizer.text(N_("Went out"))),
        ("money-left", "end", localizer.text(left, day=localizer.day(workbook.columns.end))),
    )
    big_figures = tuple(
        BigFigure(label=label, value=localizer.cell(workbook.figures[slug].columns[column]))
        for slug, column, label in chosen
    )
    return BigFigures(slug="money", figures=big_figures)


def holdings_chart(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Cash by class of fund, as one bar; empty where there is no cash or a part is below 0."""
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
    """The name of a part; a single co-op fund has its own name."""
    funds = sorted(workbook.dataset.funds_of(*classes))
    return fund_name(workbook, funds[0]) if classes == ("co-op",) and len(funds) == 1 else localizer.text(name)


def _mark(name: str, total: int, unit: str, localizer: Localizer) -> ChartLabel:
    return ChartLabel(name, spreadsheet_value(total, unit), localizer.number(total, unit).shown)


def cover_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The emergency fund: balance and months of cover."""
    balance = cast(int, getattr(workbook.tables["emergency"], "balance", 0))
    months = workbook.figures["months-of-cover"].columns["end"]
    value = localizer.cell(months)
    amount = localizer.number(balance, workbook.dataset.currency).shown
    holds = localizer.text(N_("Holds %(amount)s, enough for"), amount=amount)
    label = holds if has_begun(workbook) else localizer.text(N_("Enough for"))
    unit = localizer.text(N_("months of usual costs")) if isinstance(value, Number) else ""
    elements: tuple[Element, ...] = (
        Section(localizer.text(N_("Emergency fund"))),
        BigFigures(slug="cover", figures=(BigFigure(label=label, value=value, unit=unit),)),
    )
    if not isinstance(value, Number) or value.value < 0:
        return elements
    return (
        *elements,
        Chart(
            picture=_ruler(workbook, localizer, Decimal(value.value)), alt=sentence(workbook, localizer, "emergency")
        ),
    )


def _ruler(workbook: Workbook, localizer: Localizer, value: Decimal) -> Ruler:
    least = workbook.dataset.policy_number("emergency.target_months_least", 3)
    aim = workbook.dataset.policy_number("emergency.target_months_aim", 6)
    marks = (
        ChartLabel(localizer.text(N_("%(months)s at least"), months=least), least, str(least)),
        ChartLabel(localizer.text(N_("%(months)s our aim"), months=aim), aim, str(aim)),
    )
    return Ruler(value=value, targets=marks)


def hours_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Hours given this year, and the community account."""
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
    text = sentence(workbook, localizer, "pot") or not_begun_text(localizer)
    return (Section(localizer.text(N_("Hours"))), BigFigures(slug="hours", figures=figures), Body(text))


def differences_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The three programmes with the largest differences from plan."""
    title = Section(localizer.text(N_("Three largest differences")))
    if not has_plan(workbook):
        return (title, Body(localizer.text(N_("No plan was approved, so nothing can be compared with it."))))
    rows = [row for row in cast(list[ProgrammeDifference], workbook.tables["biggest_differences"]) if row.difference]
    if not rows:
        return (title, Body(localizer.text(N_("No cost is off its plan."))))
    facts = tuple(_difference(workbook, localizer, row) for row in rows)
    return (title, Facts(slug="differences", facts=facts))


def _difference(workbook: Workbook, localizer: Localizer, row: ProgrammeDifference) -> Fact:
    more, less = localizer.text(N_("more spent than planned")), localizer.text(N_("less spent than planned"))
    name = programme_name(workbook, localizer, row.programme)
    value = localizer.signed(row.difference, workbook.dataset.currency)
    return Fact(name=name, value=value, sub=more if row.difference < 0 else less)


def agenda_half(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The proposals to decide today."""
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
    """How many numbers are hidden for disclosure control; empty for none."""
    cells = [cell for figure in workbook.figures.values() for cell in figure.columns.values()]
    count = sum(cell.reason == "TOO_FEW" for cell in cells)
    if not count:
        return ""
    template = N_("Numbers hidden, with fewer than %(people)s people behind them: %(count)s.")
    return localizer.text(template, people=workbook.dataset.min_people, count=count)
