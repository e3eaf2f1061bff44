"""A report's figures in tables by family: this month, the year to date, twelve months, and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.core.messages import N_
from reports.data.columns import LAST_YEAR, MONTH, MOVING_12, YTD
from reports.language.figure import Figure, FigureCell
from reports.language.localizer import Localizer
from reports.pages import coverage_notes
from reports.pages.figure_groups import (
    BOUND,
    EMERGENCY,
    MONEY,
    PARTS,
    PLAN,
    FigureGroup,
    figures_by_group,
    ungrouped_figures,
)
from reports.pages.page_snippets import all_known, months_to_date, report_month, unit_text
from reports.story.elements import Cell, Column, Lead, PageBreak, Section, Story, Table, TableRow, Title
from reports.workbook import Workbook

END = "end"
Groups = Sequence[tuple[str, list[Figure]]]


def story(sheet: Workbook, speech: Localizer) -> Story:
    """Every figure of the budget review: money, the plan, the emergency fund, and any that stand in no family.

    What is left of bound money stands with the funds.
    """
    rest = ungrouped_figures(sheet.figures, (*MONEY, *PLAN, *BOUND, *EMERGENCY))
    money = [*figures_by_group(sheet.figures, MONEY), *([(N_("Other figures"), rest)] if rest else [])]
    lead = speech.text(N_("What is not known is said in words, and is never a nought."))
    return (
        PageBreak(),
        Title(text=speech.text(N_("Every figure of this report"))),
        Lead(lead),
        figures_table(sheet, speech, money, "figures-money"),
        PageBreak(),
        Section(speech.text(N_("Plan and actual in figures"))),
        figures_table(sheet, speech, figures_by_group(sheet.figures, PLAN), "figures-plan"),
        PageBreak(),
        Section(speech.text(N_("Emergency fund in figures"))),
        figures_table(sheet, speech, figures_by_group(sheet.figures, EMERGENCY), "figures-emergency"),
    )


def families_table(
    sheet: Workbook, speech: Localizer, families: Iterable[FigureGroup], slug: str, says: str = ""
) -> Table:
    """The figures of some families as one table, with a sentence of its own where its numbers are known."""
    return figures_table(sheet, speech, figures_by_group(sheet.figures, families), slug, says)


def figures_table(sheet: Workbook, speech: Localizer, groups: Groups, slug: str, says: str = "") -> Table:
    """Figures with their columns; a balance stands at the month's end, a flow in each of its spans."""
    heads = {YTD: months_to_date(sheet, speech), MOVING_12: speech.text(N_("12 months"))}
    columns = (
        Column(head="", kind="words"),
        Column(head=speech.span(report_month(sheet).span)),
        *(Column(head=head) for head in heads.values()),
        Column(head=speech.text(N_("Year before"))),
    )
    listed = [figure for _, group in groups for figure in group]
    known = coverage_notes.usual_coverage(listed)
    rows: list[TableRow] = []
    for title, group in groups:
        rows += [TableRow(cells=(speech.text(title),), role="head")] if title else []
        rows += [_row(speech, figure, known, heads) for figure in group]
    said = says or _unknown(sheet, speech, listed)
    return Table(
        slug=slug,
        columns=columns,
        rows=tuple(rows),
        sentence=said,
        note=coverage_notes.coverage_note(speech, known, heads),
    )


def figures_sentence(sheet: Workbook, speech: Localizer, text: str, **slugs: tuple[str, str]) -> str:
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
    values = {"all": len(now), "missing": missing, "month": speech.span(report_month(sheet).span)}
    if not missing:
        return speech.text(N_("All %(all)s figures of %(month)s are known."), **values)
    return speech.text(N_("Of %(all)s figures of %(month)s, %(missing)s have no number: words say why."), **values)


def _is_now(figure: Figure) -> bool:
    return (END if figure.type == "stock" else MONTH) in figure.columns


def _row(speech: Localizer, figure: Figure, known: coverage_notes.Coverage, heads: Mapping[str, str]) -> TableRow:
    asked = (END, "", "", LAST_YEAR) if figure.type == "stock" else (MONTH, YTD, MOVING_12, LAST_YEAR)
    cells = tuple(_cell(speech, figure.columns.get(name)) for name in asked)
    sub = coverage_notes.coverage_of(speech, figure, known, heads)
    return TableRow(cells=(_name(speech, figure), *cells), sub=sub, step=int(figure.slug in PARTS))


def _name(speech: Localizer, figure: Figure) -> str:
    name, unit = speech.text(figure.name), unit_text(figure.unit, figure.slug)
    return speech.text(N_("%(name)s, %(unit)s"), name=name, unit=unit) if unit else name


def _cell(speech: Localizer, cell: FigureCell | None) -> Cell:
    return "" if cell is None else speech.cell(cell)
