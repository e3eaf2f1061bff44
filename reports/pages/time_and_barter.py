"""Time together: hours by programme and month by month, who gives and receives as bands, and barter; no ranking."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from ledger.core.periods import Month, moving_12
from reports.language.figure import FigureCell, Reason
from reports.language.localizer import Localizer, spreadsheet_value
from reports.measures.hours import count_exchanges, minutes_given
from reports.pages.figure_groups import BARTER, TIME
from reports.pages.figure_tables import families_table, figures_sentence
from reports.pages.page_snippets import (
    axis_values,
    months_to_date,
    not_begun_text,
    programme_name,
    report_month,
    sentence,
    short_month,
    table_to_date,
)
from reports.story.chart_specs import Bands, Bars, ChartLabel, MonthEnd, YearLine
from reports.story.elements import (
    Body,
    Chart,
    Column,
    Element,
    Fact,
    Facts,
    KeepTogether,
    Lead,
    Note,
    PageBreak,
    Section,
    Sentence,
    SideBySide,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.workbook import Workbook

NO_PROGRAMME = "none"
HALF_A_YEAR = 6


def story(sheet: Workbook, speech: Localizer) -> Story:
    """Hours by programme with their table, who gives and receives, the months, then the figures."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Time together"))),
        Lead(sentence(sheet, speech, "time", "pot") or not_begun_text(speech)),
        *_programmes(sheet, speech),
        Section(speech.text(N_("Who gives and who receives, %(months)s"), months=months_to_date(sheet, speech))),
        *_bands(sheet, speech),
        *_months(sheet, speech),
        KeepTogether(
            (
                Section(speech.text(N_("Barter"))),
                families_table(sheet, speech, BARTER, "barter", _trades(sheet, speech)),
            )
        ),
        Note(speech.text(N_("In the next figures, velocity is how many times a year an hour in credit is passed on."))),
        PageBreak(),
        Section(speech.text(N_("The time bank in figures"))),
        families_table(sheet, speech, TIME, "time", _exchanges(sheet, speech)),
    )


def _exchanges(sheet: Workbook, speech: Localizer) -> str:
    words = N_("%(months)s: for each active member %(exchanges)s exchanges; half of them lasted %(length)s or less.")
    asked = {"exchanges": ("exchanges-per-active", "ytd"), "length": ("exchange-length-median", "ytd")}
    return figures_sentence(sheet, speech, words, **asked)


def _trades(sheet: Workbook, speech: Localizer) -> str:
    words = N_("%(months)s: trades closed %(trades)s, worth %(value)s to those who agreed on them.")
    return figures_sentence(sheet, speech, words, trades=("trades-closed", "ytd"), value=("barter-value", "ytd"))


def _programmes(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    hours = cast(dict[str, int], table_to_date(sheet, "hours_by_programme"))
    title = Section(speech.text(N_("Hours by programme, %(months)s"), months=months_to_date(sheet, speech)))
    if not any(hours.values()):
        return (title, Body(speech.text(N_("No hours are in the books for these months."))))
    named = [(_named(sheet, speech, code), minutes) for code, minutes in hours.items()]
    marks = tuple(ChartLabel(name, minutes, speech.number(minutes, MINUTES).shown) for name, minutes in named)
    rows = tuple(TableRow(cells=(name, speech.number(minutes, MINUTES))) for name, minutes in named)
    total = TableRow(
        cells=(speech.text(N_("All hours given")), speech.number(sum(hours.values()), MINUTES)), role="total"
    )
    most = max(marks, key=lambda mark: mark.value)
    said = speech.text(N_("Most hours went to: %(name)s, %(hours)s."), name=most.name, hours=most.shown)
    columns = (Column(head=speech.text(N_("Programme")), kind="name"), Column(head=speech.text(N_("Hours given"))))
    listed = Table(slug="hours-by-programme", columns=columns, rows=rows, total=total, sentence=said)
    return (title, *((Chart(picture=Bars(marks=marks), alt=said),) if len(marks) <= 12 else ()), listed)


def _named(sheet: Workbook, speech: Localizer, code: str) -> str:
    return speech.text(N_("From one to another")) if code == NO_PROGRAMME else programme_name(sheet, speech, code)


def _bands(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Three bands of the people who gave or received; in words where there are too few of them in a band."""
    cell = sheet.figures["giving-balance-bands"].columns["ytd"]
    people = {name: cast(int, value) for name, value in cell.inputs.items()}
    if cell.value is None or not people:
        return (Body(_no_bands(sheet, speech, cell)),)
    words = {
        "received_more": N_("Received more"),
        "both_ways": N_("Both about even"),
        "gave_more": N_("Gave more"),
    }
    named = [(speech.text(text), people[name]) for name, text in words.items() if name in people]
    marks = tuple(ChartLabel(name, count, speech.number(count, "count").shown) for name, count in named)
    facts = tuple(Fact(name=mark.name, value=speech.number(int(mark.value), "count")) for mark in marks)
    told = N_("About as much as they received was given by %(share)s of those who took part.")
    said = speech.text(told, share=speech.format_message(cell.shown))
    return (Chart(picture=Bands(marks=marks), alt=said), Facts(slug="giving-balance", facts=facts, sentence=said))


def _no_bands(sheet: Workbook, speech: Localizer, cell: FigureCell) -> str:
    if cell.reason == Reason.TOO_FEW:
        words = N_("In one of three bands there are fewer than %(people)s people, so that none of them is shown.")
        return speech.text(words, people=sheet.books.least_people)
    return speech.text(N_("Nobody gave or received hours in these months."))


def _months(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Hours that members gave in each month of twelve, from the month the books began."""
    months, began = list(moving_12(report_month(sheet)).months()), sheet.books.began
    known = [month for month in months if began is not None and month.last >= began]
    hours = {month: sum(minutes_given(sheet.books, month.span).values()) for month in known}
    if not any(hours.values()):
        return ()
    rows = tuple(
        TableRow(
            cells=(
                speech.month(month),
                speech.number(minutes, MINUTES),
                speech.number(count_exchanges(sheet.books, month.span), "count"),
            )
        )
        for month, minutes in hours.items()
    )
    said = _most(speech, hours)
    chart = Chart(picture=_line(speech, months, hours), alt=said)
    return (Section(speech.text(N_("Hours month by month"))), chart, *_listed(speech, rows, said))


def _listed(speech: Localizer, rows: tuple[TableRow, ...], said: str) -> tuple[Element, ...]:
    """The months in one table; more than half a year in two, side by side."""
    heads = (Column(head=speech.text(N_("Hours given"))), Column(head=speech.text(N_("Exchanges"))))
    columns = (Column(head=speech.text(N_("Month")), kind="name"), *heads)
    if len(rows) <= HALF_A_YEAR:
        return (Table(slug="hours-by-month", columns=columns, rows=rows, sentence=said),)
    first = Table(slug="hours-by-month", columns=columns, rows=rows[:HALF_A_YEAR], sentence="")
    later = Table(slug="hours-by-month-later", columns=columns, rows=rows[HALF_A_YEAR:], sentence="")
    return (SideBySide(left=(first,), right=(later,)), Sentence(said))


def _most(speech: Localizer, hours: dict[Month, int]) -> str:
    most = max(hours, key=lambda month: hours[month])
    words = N_("Most hours were given in %(month)s: %(hours)s. In all it was %(all)s.")
    shown = {"hours": hours[most], "all": sum(hours.values())}
    return speech.text(
        words, month=speech.month(most), **{name: speech.number(value, MINUTES).shown for name, value in shown.items()}
    )


def _line(speech: Localizer, months: list[Month], hours: dict[Month, int]) -> YearLine:
    ends = tuple(MonthEnd(short_month(speech, month), hours.get(month)) for month in months)
    whole = max(-(-minutes // 60) for minutes in hours.values())
    marks = tuple(
        ChartLabel("", spreadsheet_value(Fraction(value * 60), MINUTES), speech.number(value * 60, MINUTES).shown)
        for value in axis_values(whole)
    )
    return YearLine(months=ends, last=speech.number(hours[months[-1]], MINUTES).shown, scale=marks)
