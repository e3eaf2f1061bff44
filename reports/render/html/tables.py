"""Tables as HTML: heads with scope, grouped heads, totals in `tfoot`."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports.render.html.markup import join, rich_text, tag
from reports.render.pdf.column_widths import FIGURES, is_strong, text_of
from reports.render.pdf.table_heads import groups
from reports.story.elements import Cell, Column, Facts, Status, Table, TableRow


def ledger_table(table: Table) -> Markup:
    """A table with its own scroll area, its sentence and its note."""
    body = [_row(row, table.columns) for row in table.rows]
    foot = tag("tfoot", _row(table.total, table.columns)) if table.total else ""
    grid = tag("table", _heads(table.columns), tag("tbody", body), foot, id=f"table-{table.slug}")
    return join(
        [
            tag("div", grid, class_="report-scroll", tabindex=0, role="region", aria_labelledby=f"said-{table.slug}"),
            tag("p", rich_text(table.sentence), class_="report-said", id=f"said-{table.slug}"),
            tag("p", rich_text(table.note), class_="report-note") if table.note else "",
        ]
    )


def _heads(columns: Sequence[Column]) -> Markup:
    if not any(column.head for column in columns):
        return Markup("")
    rows = []
    if any(column.group for column in columns):
        rows.append(
            tag(
                "tr",
                [
                    tag(
                        "th" if group.text else "td",
                        group.text,
                        colspan=group.last - group.first + 1,
                        scope="colgroup" if group.text else "",
                    )
                    for group in groups(columns)
                ],
            )
        )
    rows.append(
        tag(
            "tr",
            [
                tag(
                    "th" if column.head else "td",
                    column.head,
                    scope="col" if column.head else "",
                    class_=_class(column),
                )
                for column in columns
            ],
        )
    )
    return tag("thead", rows)


def _class(column: Column) -> str:
    return "num" if column.kind in FIGURES else "report-status" if column.kind == "status" else ""


def _row(row: TableRow, columns: Sequence[Column]) -> Markup:
    if row.role == "head":
        return tag("tr", tag("th", text_of(row.cells[0]), scope="rowgroup", colspan=len(columns)), class_="group")
    cells = [_cell(row, columns, place) for place in range(len(row.cells))]
    line = tag("tr", cells, class_="strong" if row.role == "subtotal" else "")
    if not row.note:
        return line
    return join([line, tag("tr", tag("td", row.note, colspan=len(columns)), class_="report-reason")])


def _cell(row: TableRow, columns: Sequence[Column], place: int) -> Markup:
    column, cell = columns[place], row.cells[place]
    classes = [_class(column), "strong" if is_strong(column, row, place) else "", _status(cell)]
    sub = tag("span", row.sub, class_="report-sub") if row.sub and place == 0 else ""
    name = "td" if place else "th"
    label = _unbroken(f"{column.group}: {column.head}" if column.group else column.head)
    return tag(
        name,
        text_of(cell),
        sub,
        scope="" if place else "row",
        class_=" ".join(filter(None, classes)),
        data_label=label if place else "",
    )


def _unbroken(label: str) -> str:
    """Keep a minus sign on the same line as the word before it."""
    return label.replace(" \N{MINUS SIGN}", "\N{NO-BREAK SPACE}\N{MINUS SIGN}")


def _status(cell: Cell) -> str:
    return "report-open" if isinstance(cell, Status) and cell.is_open else ""


def facts_table(facts: Facts) -> Markup:
    """A list of names and values as a table."""
    columns = Column(head="", kind="words"), Column(head="", kind="result")
    rows = [_row(TableRow(cells=(fact.name, fact.value), sub=fact.sub), columns) for fact in facts.facts]
    sentence = tag("p", rich_text(facts.sentence), class_="report-said") if facts.sentence else ""
    return join([tag("table", tag("tbody", rows), id=f"table-{facts.slug}"), sentence])
