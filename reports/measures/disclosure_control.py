"""Disclosure control: while few people were helped, members see help from the emergency fund by half-year only.

A total that changes in the week in which one person was helped would identify that person. So every sum of a
report uses the same date: help counts from the end of its half-year, and help of the running half-year is left
out. All sums still add up, because whole entries are moved or left out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ledger.core.periods import Span
from ledger.kinds import emergency_help_slugs
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import BROUGHT_FORWARD, DatasetRow, DatasetRows, row_order
from reports.measures.aggregates import twelve_months
from reports.measures.emergency_fund import draws, emergency_fund, half_years


@cached_on_dataset
def member_view(dataset: Dataset, day: dt.date) -> Dataset:
    """The dataset that members may see at the end of a day."""
    fund = emergency_fund(dataset)
    guarded = {row.seq for row in dataset.rows if _is_guarded(row, fund)}
    if not guarded:
        return dataset
    shown = [_shown(dataset, row, day) if row.seq in guarded else row for row in dataset.rows]
    rows = sorted((row for row in shown if row is not None), key=row_order)
    return replace(dataset, rows=DatasetRows(rows), whole=dataset, cache={})


def help_counted_to(dataset: Dataset, day: dt.date) -> dt.date | None:
    """The day up to which the report counts help, where it is earlier than the report's own day; else None."""
    shown_entries = {row.seq for row in dataset.rows}
    left_out = [row.date for row in dataset.source.rows.until(day) if row.seq not in shown_entries]
    return half_year_of(dataset, min(left_out)).first - dt.timedelta(1) if left_out else None


def _is_guarded(row: DatasetRow, fund: str | None) -> bool:
    return row.fund == fund and row.kind != BROUGHT_FORWARD and (row.private or row.kind in emergency_help_slugs())


def _shown(dataset: Dataset, row: DatasetRow, day: dt.date) -> DatasetRow | None:
    """The row with the date from which it may be shown; None while it must stay hidden."""
    half = half_year_of(dataset, row.date)
    helped = len(draws(dataset, twelve_months(min(half.last, day))))
    if row.date > day or helped >= dataset.min_people:
        return row
    return row._replace(date=half.last) if half.last <= day else None


def half_year_of(dataset: Dataset, day: dt.date) -> Span:
    """The half of the financial year that contains a day."""
    first, second = half_years(dataset.year_of(day))
    return first if day in first else second
