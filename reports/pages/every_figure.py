"""Every figure of a report in one table: this month, the year to date, twelve months, and the year before."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.messages import N_
from reports.columns import LAST_YEAR, MONTH, MOVING_12, YTD
from reports.figures import Cell as FigureCell
from reports.figures import Figure
from reports.pages.parts import month_of, months_to_date
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Cell, Column, Lead, PageBreak, Row, Story, Table, Title

END = "end"


def pages(sheet: Sheet, speech: Speech, report: str) -> Story:
    """The figures that a report prints, as a table that runs over as many pages as it needs."""
    figures = [figure for figure in sheet.figures.values() if report in figure.printed]
    lead = speech.text(N_("What is not known is said in words, and is never a nought."))
    return (
        PageBreak(),
        Title(text=speech.text(N_("Every figure of this report"))),
        Lead(lead),
        table(sheet, speech, figures, "figures"),
    )


def table(sheet: Sheet, speech: Speech, figures: Iterable[Figure], slug: str) -> Table:
    """Figures with their columns; a balance stands at the month's end, a flow in each of its spans."""
    columns = (
        Column(head="", kind="name"),
        Column(head=speech.span(month_of(sheet).span)),
        Column(head=months_to_date(sheet, speech)),
        Column(head=speech.text(N_("12 months"))),
        Column(head=speech.text(N_("Year before"))),
    )
    rows = tuple(_row(speech, figure) for figure in figures)
    return Table(slug=slug, columns=columns, rows=rows, sentence=speech.text(_SENTENCE))


_SENTENCE = N_("Money in whole units with two decimals, hours as hours and minutes.")


def _row(speech: Speech, figure: Figure) -> Row:
    asked = (END, "", "", LAST_YEAR) if figure.type == "stock" else (MONTH, YTD, MOVING_12, LAST_YEAR)
    cells = tuple(_cell(speech, figure.columns.get(name)) for name in asked)
    covered = {speech.text(cell.covered) for cell in figure.columns.values() if cell.covered}
    return Row(cells=(speech.text(figure.name), *cells), sub=", ".join(sorted(covered)))


def _cell(speech: Speech, cell: FigureCell | None) -> Cell:
    return "" if cell is None else speech.cell(cell)
