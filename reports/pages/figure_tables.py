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
"""For a column what most of its figures cover, where that is only a part."""


def _usual_coverage(listed: Sequence[Figure]) -> Coverage:
    """The part of the year to date and of the twelve months that most figures of a table cover."""
    found = {column: _most_common(listed, column) for column in (YTD, MOVING_12)}
    return {column: message for column, message in found.items() if message is not None}


def _most_common(listed: Sequence[Figure], column: str) -> Message | None:
    cells = [figure.columns[column] for figure in listed if column in figure.columns]
    counted = Counter(str(cell.covered) for cell in cells if cell.value is not None)
    most = max(counted, key=lambda text: counted[text], default="")
    return next((cell.covered for cell in cells if cell.covered and str(cell.covered) == most), None)


def _coverage_of(localizer: Localizer, figure: Figure, known: Coverage, heads: Mapping[str, str]) -> str:
    """What a figure covers where that is not what most cover: another part, or all."""
    said = []
    for column, cell in figure.columns.items():
        if cell.value is None or cell.covered == known.get(column):
            continue
        words = cell.covered or make_message(N_("all of %(months)s"), months=heads[column])
        said.append(localizer.text(words))
    return ", ".join(dict.fromkeys(said))


def _coverage_note(localizer: Localizer, known: Coverage, heads: Mapping[str, str]) -> str:
    """What most figures of the columns cover, in one line under the table."""
    words = N_("%(months)s: %(covered)s")
    parts = [localizer.text(words, months=heads[column], covered=part) for column, part in known.items()]
    if not parts:
        return ""
    return localizer.text(N_("Where a line says nothing else, we know of %(parts)s."), parts="; ".join(parts))


END = "end"
Groups = Sequence[tuple[str, list[Figure]]]


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """Every figure of the budget review: money, the plan, the emergency fund, and any that stand in no family.

    What is left of bound money stands with the funds.
    """
    rest = ungrouped_figures(workbook.figures, (*MONEY, *PLAN, *BOUND, *EMERGENCY))
    money = [*figures_by_group(workbook.figures, MONEY), *([(N_("Other figures"), rest)] if rest else [])]
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
    workbook: Workbook, localizer: Localizer, families: Iterable[FigureGroup], slug: str, says: str = ""
) -> Table:
    """The figures of some families as one table, with a sentence of its own where its numbers are known."""
    return figures_table(workbook, localizer, figures_by_group(workbook.figures, families), slug, says)


def figures_table(workbook: Workbook, localizer: Localizer, groups: Groups, slug: str, says: str = "") -> Table:
    """Figures with their columns; a balance stands at the month's end, a flow in each of its spans."""
    heads = {YTD: months_to_date(workbook, localizer), MOVING_12: localizer.text(N_("12 months"))}
    columns = (
        Column(head="", kind="words"),
        Column(head=localizer.span(report_month(workbook).span)),
        *(Column(head=head) for head in heads.values()),
        Column(head=localizer.text(N_("Year before"))),
    )
    listed = [figure for _, group in groups for figure in group]
    known = _usual_coverage(listed)
    rows: list[TableRow] = []
    for title, group in groups:
        rows += [TableRow(cells=(localizer.text(title),), role="head")] if title else []
        rows += [_row(localizer, figure, known, heads) for figure in group]
    said = says or _unknown(workbook, localizer, listed)
    return Table(
        slug=slug,
        columns=columns,
        rows=tuple(rows),
        sentence=said,
        note=_coverage_note(localizer, known, heads),
    )


def figures_sentence(workbook: Workbook, localizer: Localizer, text: str, **slugs: tuple[str, str]) -> str:
    """A sentence with figures of the sheet in it, by slug and column; nothing where one of them is not known."""
    cells = {name: workbook.figures[slug].columns[column] for name, (slug, column) in slugs.items()}
    if not all_known(cells.values()):
        return ""
    shown = {name: localizer.text(cell.shown) for name, cell in cells.items()}
    return localizer.text(text, months=months_to_date(workbook, localizer), **shown)


def _unknown(workbook: Workbook, localizer: Localizer, listed: Sequence[Figure]) -> str:
    """How many figures have no number for the month, so that words stand in their place."""
    now = [figure.columns[END if figure.type == "stock" else MONTH] for figure in listed if _is_now(figure)]
    missing = sum(cell.value is None for cell in now)
    values = {"all": len(now), "missing": missing, "month": localizer.span(report_month(workbook).span)}
    if not missing:
        return localizer.text(N_("All %(all)s figures of %(month)s are known."), **values)
    return localizer.text(N_("Of %(all)s figures of %(month)s, %(missing)s have no number: words say why."), **values)


def _is_now(figure: Figure) -> bool:
    return (END if figure.type == "stock" else MONTH) in figure.columns


def _row(localizer: Localizer, figure: Figure, known: Coverage, heads: Mapping[str, str]) -> TableRow:
    asked = (END, "", "", LAST_YEAR) if figure.type == "stock" else (MONTH, YTD, MOVING_12, LAST_YEAR)
    cells = tuple(_cell(localizer, figure.columns.get(name)) for name in asked)
    sub = _coverage_of(localizer, figure, known, heads)
    return TableRow(cells=(_name(localizer, figure), *cells), sub=sub, step=int(figure.slug in PARTS))


def _name(localizer: Localizer, figure: Figure) -> str:
    name, unit = localizer.text(figure.name), unit_text(figure.unit, figure.slug)
    return localizer.text(N_("%(name)s, %(unit)s"), name=name, unit=unit) if unit else name


def _cell(localizer: Localizer, cell: FigureCell | None) -> Cell:
    return "" if cell is None else localizer.cell(cell)
