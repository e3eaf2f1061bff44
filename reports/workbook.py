"""Everything a printed report is made from: its figures, tables and sentences, as members may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.messages import Message
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.indicators import work_out
from reports.language.figure import Figure
from reports.measures.disclosure_control import for_members, help_counted_to
from reports.sentences import work_out_sentences
from reports.tables import work_out_tables


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A report's contents by slug and name. `help_counted_to` is set where help is counted up to an earlier day."""

    books: Dataset
    columns: Columns
    figures: Mapping[str, Figure]
    tables: Mapping[str, object]
    sentences: Mapping[str, Message]
    help_counted_to: dt.date | None


def make_sheet(books: Dataset, columns: Columns, printed: str | None = None) -> Workbook:
    """Work everything out for one report, or with all figures where none is named."""
    shown = for_members(books, columns.end)
    return Workbook(
        books=shown,
        columns=columns,
        figures={figure.slug: figure for figure in work_out(shown, columns, printed)},
        tables=work_out_tables(shown, columns),
        sentences=work_out_sentences(shown, columns),
        help_counted_to=help_counted_to(shown, columns.end),
    )
