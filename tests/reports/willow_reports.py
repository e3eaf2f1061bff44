"""Reports built from a dataset, and the contents of their pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import pdfplumber

from ledger.core.periods import Month
from reports.data.columns import month_columns
from reports.data.dataset import ChainHead, Dataset
from reports.kinds import find_report
from reports.language.localizer import Localizer
from reports.render.csv_export import walk_elements
from reports.report_builder import BuiltReport, report_from_workbook
from reports.story.elements import BigFigures, Cell, Facts, Number, Status, Table
from reports.workbook import make_workbook
from tests.golden.willow import willow

KINDS = ("budget-review", "sustainability")
MARCH = Month(2026, 3)
HEAD = ChainHead(70, "6c6406fc7af433eca78a5be56c0a2e41f658c14d39f1eef53047b462c1b249b4", "2026-04-03T09:00:00.000Z")


def report_of(books: Dataset, kind: str, month: Month = MARCH, localizer: Localizer | None = None) -> BuiltReport:
    """A report of any dataset, read at a fixed head."""
    workbook = make_workbook(
        replace(books, head=HEAD, cache={}), month_columns(month, books.community.year_starts_month), kind
    )
    return report_from_workbook(find_report(kind), workbook, localizer or Localizer(), "https://willow.example")


@cache
def march_report(kind: str) -> BuiltReport:
    """A report of Willow's March."""
    return report_of(willow(), kind)


@cache
def pages_of(kind: str) -> tuple[str, ...]:
    """The text of each page of Willow's March report."""
    with pdfplumber.open(BytesIO(march_report(kind).as_pdf())) as document:
        return tuple(page.extract_text() for page in document.pages)


def element(kind: str, slug: str) -> Table | Facts | BigFigures:
    """A table, list of facts or row of large figures of Willow's March report, by slug."""
    shown = (one for one in walk_elements(march_report(kind).story) if isinstance(one, Table | Facts | BigFigures))
    return next(one for one in shown if one.slug == slug)


def rows_by_name(kind: str, slug: str) -> dict[str, tuple[str, ...]]:
    """The cells of each row of a table or list of facts, by name."""
    shown = element(kind, slug)
    if isinstance(shown, BigFigures):
        return {figure.label: (shown_text(figure.value),) for figure in shown.figures}
    if isinstance(shown, Facts):
        return {fact.name: (shown_text(fact.value),) for fact in shown.facts}
    rows = (*shown.rows, *([shown.total] if shown.total else []))
    return {shown_text(row.cells[0]): tuple(shown_text(cell) for cell in row.cells[1:]) for row in rows}


def shown_text(cell: Cell) -> str:
    """The text of a cell."""
    return cell.shown if isinstance(cell, Number | Status) else cell
