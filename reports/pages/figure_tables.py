"""A report's figures in tables by family: this month, the year to date, twelve months, and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.core.messages import N_
from reports.data.columns import LAST_YEAR, MONTH, MOVING_12, YTD
from reports.language.figure import Cell as FigureCell
from reports.language.figure import Figure
from reports.language.localizer import Localizer
from reports.pages import coverage_notes
from reports.pages.figure_groups import BOUND, EMERGENCY, MONEY, PARTS, PLAN, Family, chosen, others
from reports.pages.page_snippets import all_known, month_of, months_to_date, unit_words
from reports.story.elements import Cell, Column, Lead, PageBreak, Row, Section, Story, Table, Title
from reports.workbook import Workbook

END = "end"
Groups = Sequence[tuple[str, list[Figure]]]


def pages(sheet: Workbook, speech: Localizer) -> Story:
    """Every figure of the budget review: money, the plan, the emergency fund, and any that stand in no family.

    What is left of bound money stands with the funds.
    """
    rest = others(sheet.figures, (*MONEY, *PLAN, *BOUND, *EMERGENCY))
    money = [*chosen(sheet.figures, MONEY), *([(N_("Other figures"), rest)] if rest else [])]
    lead = speech.text(N_("What is not known is said in words, and is never a nought."))
    return (
        PageBreak(),
        Title(text=speech.text(N_("Every figure of this report"))),
        Lead(lead),
        table(sheet, speech, money, "figures-money"),
        PageBreak(),
        Section(speech.text(N_("Plan and actual in figures"))),
        table(sheet, speech, chosen(sheet.figures, PLAN), "figures-plan"),
        PageBreak(),
        Section(speech.text(N_("Emergency fund in figures"))),
        table(sheet, speech, chosen(sheet.figures, EMERGENCY), "figures-emergency"),
    )


def figures(sheet: Workbook, speech: Localizer, families: Iterable[Family], slug: str, says: str = "") -> Table:
    """The figures of some families as one table, with a sentence of its own where its numbers are known."""
    return table(sheet, speech, chosen(sheet.figures, families), slug, says)


def table(sheet: Workbook, speech: Localizer, groups: Groups, slug: str, says: str = "") -> Table:
    """Figures with their columns; a balance stands at the month's end, a flow in each of its spans."""
    heads = {YTD: months_to_date(sheet, speech), MOVING_12: speech.text(N_("12 months"))}
    columns = (
        Column(head="", kind="words"),
        Column(head=speech.span(month_of(sheet).span)),
        *(Column(head=head) for head in heads.values()),
        Column(head=speech.text(N_("Year before"))),
    )
    listed = [figure for _, group in groups for figure in group]
    known = coverage_notes.mostly(listed)
    rows: list[Row] = []
    for title, group in groups:
        rows += [Row(cells=(speech.text(title),), role="head")] if title else []
        rows += [_row(speech, figure, known, heads) for figure in group]
    said = says or _unknown(sheet, speech, listed)
    return Table(
        slug=slug, columns=columns, rows=tuple(rows), sentence=said, note=coverage_notes.note(speech, known, heads)
    )


def says(sheet: Workbook, speech: Localizer, text: str, **slugs: tuple[str, str]) -> str:
    """A sentence with figures of the sheet in it, by slug and column; nothing where one of them is not known."""
    cells = {name: sheet.figures[slug].columns[column] for name, (slug, column) in slugs.items()}
    if not all_known(cells.values()):
        return ""
    shown = {name: speech.text(cell.shown) for name, cell in cells.items()}
    return speech.text(text, months=months_to_date(sheet, speech), **shown)


def _unknown(sheet: Workbook, speech: Localizer, listed: Sequence[Figure]) -> str:
    """How many figures have no number for the month, so that words stand in their place."""
    now = [figure.columns[END if figure.type == "stock" else MONTH] for figure in listed if _is_now(figure)]
    missing = sum(cell.value is None for cell in now)
    values = {"all": len(now), "missing": missing, "month": speech.span(month_of(sheet).span)}
    if not missing:
        return speech.text(N_("All %(all)s figures of %(month)s are known."), **values)
    return speech.text(N_("Of %(all)s figures of %(month)s, %(missing)s have no number: words say why."), **values)


def _is_now(figure: Figure) -> bool:
    return (END if figure.type == "stock" else MONTH) in figure.columns


def _row(speech: Localizer, figure: Figure, known: coverage_notes.Covered, heads: Mapping[str, str]) -> Row:
    asked = (END, "", "", LAST_YEAR) if figure.type == "stock" else (MONTH, YTD, MOVING_12, LAST_YEAR)
    cells = tuple(_cell(speech, figure.columns.get(name)) for name in asked)
    sub = coverage_notes.beside(speech, figure, known, heads)
    return Row(cells=(_name(speech, figure), *cells), sub=sub, step=int(figure.slug in PARTS))


def _name(speech: Localizer, figure: Figure) -> str:
    name, unit = speech.text(figure.name), unit_words(figure.unit, figure.slug)
    return speech.text(N_("%(name)s, %(unit)s"), name=name, unit=unit) if unit else name


def _cell(speech: Localizer, cell: FigureCell | None) -> Cell:
    return "" if cell is None else speech.cell(cell)
