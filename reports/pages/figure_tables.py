"""Tables of figures by group: the month, the year to date, twelve months and the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ledger.core.messages import N_, Message, make_message
from reports.data.columns import LAST_YEAR, MONTH, MOVING_12, YTD
from reports.language.figure import Figure, FigureCell
from reports.language.localizer import Localizer
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

Coverage = Mapping[str, Message]
"""The coverage note that most figures of a column share, where coverage is partial."""


def _usual_coverage(figures: Sequence[Figure]) -> Coverage:
    """The coverage note that most figures share, for the year to date and the twelve months."""
    coverage = {column: _most_common(figures, column) for column in (YTD, MOVING_12)}
    return {column: message for column, message in coverage.items() if message is not None}


def _most_common(figures: Sequence[Figure], column: str) -> Message | None:
    cells = [figure.columns[column] for figure in figures if column in figure.columns]
    counted = Counter(str(cell.covered) for cell in cells if cell.value is not None)
    most = max(counted, key=lambda text: counted[text], default="")
    return next((cell.covered for cell in cells if cell.covered and str(cell.covered) == most), None)


def _coverage_of(localizer: Localizer, figure: Figure, usual: Coverage, heads: Mapping[str, str]) -> str:
    """The coverage of a figure, where it differs from the usual coverage of the table."""
    notes = []
    for column, cell in figure.columns.items():
        if cell.value is None or cell.covered == usual.get(column):
            continue
        note = cell.covered or make_message(N_("all of %(months)s"), months=heads[column])
        notes.append(localizer.text(note))
    return ", ".join(dict.fromkeys(notes))


def _coverage_note(localizer: Localizer, usual: Coverage, heads: Mapping[str, str]) -> str:
    """The usual coverage, as a note under the table."""
    template = N_("%(months)s: %(covered)s")
    parts = [localizer.text(template, months=heads[column], covered=part) for column, part in usual.items()]
    if not parts:
        return ""
    return localizer.text(N_("Where a line says nothing else, we know of %(parts)s."), parts="; ".join(parts))


END = "end"
Groups = Sequence[tuple[str, list[Figure]]]


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """All figures of the budget report: money, plan, emergency fund, and ungrouped ones.

    The figures of restricted funds are on the funds page.
    """
    ungrouped = ungrouped_figures(workbook.figures, (*MONEY, *PLAN, *BOUND, *EMERGENCY))
    money = [*figures_by_group(workbook.figures, MONEY), *([(N_("Other figures"), ungrouped)] if ungrouped else [])]
    lead = localizer.text(N_("What is not known is said in words, and is never a nought."))
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Every figure of this report"))),
        Lead(lead),
        figures_table(workbook, localizer, money, "figures-money"),
        PageBreak(),
        Section(localizer.text(N_("Plan and actual in figures"))),
        figures_table(workbook, localizer, figures_by_group(workbook.figures, PLAN), "figures-plan"),
        PageBreak(),
        Section(localizer.text(N_("Emergency fund in figures"))),
        figures_table(workbook, localizer, figures_by_group(workbook.figures, EMERGENCY), "figures-emergency"),
    )


def families_table(
    workbook: Workbook, localizer: Localizer, groups: Iterable[FigureGroup], slug: str, sentence: str = ""
) -> Table:
    """The figures of some groups as one table."""
    return figures_table(workbook, localizer, figures_by_group(workbook.figures, groups), slug, sentence)


def figures_table(workbook: Workbook, localizer: Localizer, groups: Groups, slug: str, sentence: str = "") -> Table:
    """A table of figures. Stocks are shown at the month's end, flows in each span.

    `sentence` replaces the sentence on missing figures.
    """
    heads = {YTD: months_to_date(workbook, localizer), MOVING_12: localizer.text(N_("12 months"))}
    columns = (
        Column(head="", kind="words"),
        Column(head=localizer.span(report_month(workbook).span)),
        *(Column(head=head) for head in heads.values()),
        Column(head=localizer.text(N_("Year before"))),
    )
    figures = [figure for _, group in groups for figure in group]
    usual = _usual_coverage(figures)
    rows: list[TableRow] = []
    for title, group in groups:
        rows += [TableRow(cells=(localizer.text(title),), role="head")] if title else []
        rows += [_row(localizer, figure, usual, heads) for figure in group]
    sentence_text = sentence or _unknown(workbook, localizer, figures)
    return Table(
        slug=slug,
        columns=columns,
        rows=tuple(rows),
        sentence=sentence_text,
        note=_coverage_note(localizer, usual, heads),
    )


def figures_sentence(workbook: Workbook, localizer: Localizer, text: str, **slugs: tuple[str, str]) -> str:
    """A sentence with figures as values, given by slug and column; empty where one of them has no number."""
    cells = {name: workbook.figures[slug].columns[column] for name, (slug, column) in slugs.items()}
    if not all_known(cells.values()):
        return ""
    shown = {name: localizer.text(cell.shown) for name, cell in cells.items()}
    return localizer.text(text, months=months_to_date(workbook, localizer), **shown)


def _unknown(workbook: Workbook, localizer: Localizer, figures: Sequence[Figure]) -> str:
    """How many figures have no number for the month."""
    now = [figure.columns[END if figure.type == "stock" else MONTH] for figure in figures if _is_now(figure)]
    missing = sum(cell.value is None for cell in now)
    values = {"all": len(now), "missing": missing, "month": localizer.span(report_month(workbook).span)}
    if not missing:
        return localizer.text(N_("All %(all)s figures of %(month)s are known."), **values)
    return localizer.text(N_("Of %(all)s figures of %(month)s, %(missing)s have no number: words say why."), **values)


def _is_now(figure: Figure) -> bool:
    return (END if figure.type == "stock" else MONTH) in figure.columns


def _row(localizer: Localizer, figure: Figure, usual: Coverage, heads: Mapping[str, str]) -> TableRow:
    columns = (END, "", "", LAST_YEAR) if figure.type == "stock" else (MONTH, YTD, MOVING_12, LAST_YEAR)
    cells = tuple(_cell(localizer, figure.columns.get(name)) for name in columns)
    sub = _coverage_of(localizer, figure, usual, heads)
    return TableRow(cells=(_name(localizer, figure), *cells), sub=sub, step=int(figure.slug in PARTS))


def _name(localizer: Localizer, figure: Figure) -> str:
    name, unit = localizer.text(figure.name), unit_text(figure.unit, figure.slug)
    return localizer.text(N_("%(name)s, %(unit)s"), name=name, unit=unit) if unit else name


def _cell(localizer: Localizer, cell: FigureCell | None) -> Cell:
    return "" if cell is None else localizer.cell(cell)
