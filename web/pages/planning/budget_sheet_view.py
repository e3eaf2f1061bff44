"""The budget's figures as a spreadsheet: one row for each part, plain numbers, words that are no formulas."""

from __future__ import annotations

import csv
import io

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from ledger.exchange.exports.names import decimal
from reports.data.dataset import Dataset
from reports.render.csv_export import BOM, formula_safe
from reports.tables.variance import Subject, variance_parts
from web.i18n.translation import gettext
from web.pages.planning.budgets_view import FIRST_HEADS, Asked, names_of

PARTS: tuple[tuple[Subject, str], ...] = (("costs", N_("Costs")), ("income", N_("Income")), ("hours", N_("Hours")))
HEADS = (
    N_("Unit"),
    N_("From"),
    N_("To"),
    N_("Plan for the year"),
    N_("Plan so far"),
    N_("Actual"),
    N_("Better or worse"),
)


def sheet(books: Dataset, asked: Asked) -> str:
    """Costs, income and hours of the page in decimal numbers; hours in minutes, a difference above nought is better."""
    out = io.StringIO()
    write, names = csv.writer(out), names_of(books, asked.by)
    write.writerow([gettext("What"), gettext(FIRST_HEADS[asked.by]), *(gettext(head) for head in HEADS)])
    days = [asked.span.first.isoformat(), asked.span.last.isoformat()]
    for what, title in PARTS:
        unit = MINUTES if what == "hours" else books.currency
        for part in variance_parts(books, asked.span, what, asked.by):
            figures = (part.year_plan, part.plan, part.actual, part.difference)
            named = [gettext(title), formula_safe(names(part.code)), unit, *days]
            write.writerow([*named, *(decimal(figure, unit) for figure in figures)])
    return BOM + out.getvalue()
