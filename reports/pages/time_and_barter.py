"""Time and barter: hours by programme and by month, giving balance in bands, barter. Never a ranking."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from ledger.core.periods import Month, last_12_months
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


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The time and barter pages."""
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Time together"))),
        Lead(sentence(workbook, localizer, "time", "pot") or not_begun_text(localizer)),
        *_programmes(workbook, localizer),
        Section(
            localizer.text(N_("Who gives and who receives, %(months)s"), months=months_to_date(workbook, localizer))
        ),
        *_bands(workbook, localizer),
        *_months(workbook, localizer),
        KeepTogether(
            (
                Section(localizer.text(N_("Barter"))),
                families_table(workbook, localizer, BARTER, "barter", _trades(workbook, localizer)),
            )
        ),
        Note(
            localizer.text(N_("In the next figures, velocity is how many times a year an hour in credit is passed on."))
        ),
        PageBreak(),
        Section(localizer.text(N_("The time bank in figures"))),
        families_table(workbook, localizer, TIME, "time", _exchanges(workbook, localizer)),
    )


def _exchanges(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("%(months)s: for each active member %(exchanges)s exchanges; half of them lasted %(length)s or less.")
    slugs = {"exchanges": ("exchanges-per-active", "ytd"), "length": ("exchange-length-median", "ytd")}
    return figures_sentence(workbook, localizer, template, **slugs)


def _trades(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("%(months)s: trades closed %(trades)s, worth %(value)s to those who agreed on them.")
    return figures_sentence(
        workbook, localizer, template, trades=("trades-closed", "ytd"), value=("barter-value", "ytd")
    )


def _programmes(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    hours = cast(dict[str, int], table_to_date(workbook, "hours_by_programme"))
    title = Section(localizer.text(N_("Hours by programme, %(months)s"), months=months_to_date(workbook, localizer)))
    if not any(hours.values()):
        return (title, Body(localizer.text(N_("No hours are in the books for these months."))))
    named = [(_named(workbook, localizer, code), minutes) for code, minutes in hours.items()]
    marks = tuple(ChartLabel(name, minutes, localizer.number(minutes, MINUTES).shown) for name, minutes in named)
    rows = tuple(TableRow(cells=(name, localizer.number(minutes, MINUTES))) for name, minutes in named)
    total = TableRow(
        cells=(localizer.text(N_("All hours given")), localizer.number(sum(hours.values()), MINUTES)), role="total"
    )
    most = max(marks, key=lambda mark: mark.value)
    finding = localizer.text(N_("Most hours went to: %(name)s, %(hours)s."), name=most.name, hours=most.shown)
    columns = (
        Column(head=localizer.text(N_("Programme")), kind="name"),
        Column(head=localizer.text(N_("Hours given"))),
    )
    table = Table(slug="hours-by-programme", columns=columns, rows=rows, total=total, sentence=finding)
    return (title, *((Chart(picture=Bars(marks=marks), alt=finding),) if len(marks) <= 12 else ()), table)


def _named(workbook: Workbook, localizer: Localizer, code: str) -> str:
    return (
        localizer.text(N_("From one to another")) if code == NO_PROGRAMME else programme_name(workbook, localizer, code)
    )


def _bands(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """The giving balance in three bands; a text where a band has too few people."""
    cell = workbook.figures["giving-balance-bands"].columns["ytd"]
    people = {name: cast(int, value) for name, value in cell.inputs.items()}
    if cell.value is None or not people:
        return (Body(_no_bands(workbook, localizer, cell)),)
    names = {
        "received_more": N_("Received more"),
        "both_ways": N_("Both about even"),
        "gave_more": N_("Gave more"),
    }
    named = [(localizer.text(text), people[name]) for name, text in names.items() if name in people]
    marks = tuple(ChartLabel(name, count, localizer.number(count, "count").shown) for name, count in named)
    facts = tuple(Fact(name=mark.name, value=localizer.number(int(mark.value), "count")) for mark in marks)
    template = N_("About as much as they received was given by %(share)s of those who took part.")
    finding = localizer.text(template, share=localizer.format_message(cell.shown))
    return (Chart(picture=Bands(marks=marks), alt=finding), Facts(slug="giving-balance", facts=facts, sentence=finding))


def _no_bands(workbook: Workbook, localizer: Localizer, cell: FigureCell) -> str:
    if cell.reason == Reason.TOO_FEW:
        template = N_("In one of three bands there are fewer than %(people)s people, so that none of them is shown.")
        return localizer.text(template, people=workbook.dataset.min_people)
    return localizer.text(N_("Nobody gave or received hours in these months."))


def _months(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Hours given by members in each of twelve months, from the month the books began."""
    months, began = list(last_12_months(report_month(workbook)).months()), workbook.dataset.began
    in_books = [month for month in months if began is not None and month.last >= began]
    hours = {month: sum(minutes_given(workbook.dataset, month.span).values()) for month in in_books}
    if not any(hours.values()):
        return ()
    rows = tuple(
        TableRow(
            cells=(
                localizer.month(month),
                localizer.number(minutes, MINUTES),
                localizer.number(count_exchanges(workbook.dataset, month.span), "count"),
            )
        )
        for month, minutes in hours.items()
    )
    finding = _most(localizer, hours)
    chart = Chart(picture=_line(localizer, months, hours), alt=finding)
    return (Section(localizer.text(N_("Hours month by month"))), chart, *_listed(localizer, rows, finding))


def _listed(localizer: Localizer, rows: tuple[TableRow, ...], finding: str) -> tuple[Element, ...]:
    """The months in one table, or in two side by side for more than six months."""
    heads = (Column(head=localizer.text(N_("Hours given"))), Column(head=localizer.text(N_("Exchanges"))))
    columns = (Column(head=localizer.text(N_("Month")), kind="name"), *heads)
    if len(rows) <= HALF_A_YEAR:
        return (Table(slug="hours-by-month", columns=columns, rows=rows, sentence=finding),)
    first = Table(slug="hours-by-month", columns=columns, rows=rows[:HALF_A_YEAR], sentence="")
    later = Table(slug="hours-by-month-later", columns=columns, rows=rows[HALF_A_YEAR:], sentence="")
    return (SideBySide(left=(first,), right=(later,)), Sentence(finding))


def _most(localizer: Localizer, hours: dict[Month, int]) -> str:
    most = max(hours, key=lambda month: hours[month])
    template = N_("Most hours were given in %(month)s: %(hours)s. In all it was %(all)s.")
    values = {"hours": hours[most], "all": sum(hours.values())}
    return localizer.text(
        template,
        month=localizer.month(most),
        **{name: localizer.number(value, MINUTES).shown for name, value in values.items()},
    )


def _line(localizer: Localizer, months: list[Month], hours: dict[Month, int]) -> YearLine:
    ends = tuple(MonthEnd(short_month(localizer, month), hours.get(month)) for month in months)
    most_hours = max(-(-minutes // 60) for minutes in hours.values())
    marks = tuple(
        ChartLabel("", spreadsheet_value(Fraction(value * 60), MINUTES), localizer.number(value * 60, MINUTES).shown)
        for value in axis_values(most_hours)
    )
    return YearLine(months=ends, last=localizer.number(hours[months[-1]], MINUTES).shown, scale=marks)
