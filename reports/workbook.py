"""The contents of a report: figures, tables and sentences, as members may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.messages import Message
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.indicators import compute_figures
from reports.language.figure import Figure
from reports.measures.disclosure_control import help_counted_to, member_view
from reports.sentences import compute_sentences
from reports.tables import compute_tables


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """The contents of a report by slug or name. `help_counted_to` is set where help is counted to an earlier day."""

    dataset: Dataset
    columns: Columns
    figures: Mapping[str, Figure]
    tables: Mapping[str, object]
    sentences: Mapping[str, Message]
    help_counted_to: dt.date | None


def make_workbook(dataset: Dataset, columns: Columns, printed: str | None = None) -> Workbook:
    """Compute the contents of one report, or all figures where `printed` is None."""
    shown = member_view(dataset, columns.end)
    return Workbook(
        dataset=shown,
        columns=columns,
        figures={figure.slug: figure for figure in compute_figures(shown, columns, printed)},
        tables=compute_tables(shown, columns),
        sentences=compute_sentences(shown, columns),
        help_counted_to=help_counted_to(shown, columns.end),
    )
