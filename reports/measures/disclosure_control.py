"""What members see of help from the emergency fund while few were helped: by half-year, and nothing in between.

A total that moves in the week in which one person was helped tells who it was. So every sum of a sheet, not only
the fund's, follows the same date: help counts from the end of its half-year on, and what the running half-year
holds is not in the sheet yet. The sums still add up, because whole entries move.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ledger.core.periods import Span
from ledger.kinds import emergency_help_slugs
from reports.data.dataset import Dataset
from reports.data.rows import BROUGHT_FORWARD, DatasetRow, DatasetRows, row_order
from reports.measures.aggregates import twelve_months
from reports.measures.emergency_fund import draws, emergency_fund, half_years


def member_view(dataset: Dataset, day: dt.date) -> Dataset:
    """The dataset as members may see it at the end of a day."""
    fund = emergency_fund(dataset)
    guarded = {row.seq for row in dataset.rows if _is_guarded(row, fund)}
    if not guarded:
        return dataset
    shown = [_shown(dataset, row, day) if row.seq in guarded else row for row in dataset.rows]
    rows = sorted((row for row in shown if row is not None), key=row_order)
    return replace(dataset, rows=DatasetRows(rows), whole=dataset, memory={})


def help_counted_to(dataset: Dataset, day: dt.date) -> dt.date | None:
    """The day up to which a sheet counts help, where that is earlier than its own day."""
    shown = {row.seq for row in dataset.rows}
    left_out = [row.date for row in dataset.source.rows.until(day) if row.seq not in shown]
    return half_year_of(dataset, min(left_out)).first - dt.timedelta(1) if left_out else None


def _is_guarded(row: DatasetRow, fund: str | None) -> bool:
    return row.fund == fund and row.kind != BROUGHT_FORWARD and (row.private or row.kind in emergency_help_slugs())


def _shown(dataset: Dataset, row: DatasetRow, day: dt.date) -> DatasetRow | None:
    """The row on the day from which it may be shown; None while it may not."""
    half = half_year_of(dataset, row.date)
    helped = len(draws(dataset, twelve_months(min(half.last, day))))
    if row.date > day or helped >= dataset.least_people:
        return row
    return row._replace(date=half.last) if half.last <= day else None


def half_year_of(dataset: Dataset, day: dt.date) -> Span:
    """The half of the financial year that a day lies in."""
    first, second = half_years(dataset.year_of(day))
    return first if day in first else second
