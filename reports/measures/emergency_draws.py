"""Help given from the emergency fund, and when it may be shown: who got it never, how much only among enough others."""

from __future__ import annotations

import datetime as dt

from ledger.core.periods import Month, Span
from ledger.kinds import emergency_help_slugs
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount
from reports.measures.emergency_cover import emergency_fund


@cached_on_dataset
def draws(dataset: Dataset, span: Span) -> tuple[DatasetRow, ...]:
    """The payments of help in a span: one row a draw, its amount below 0."""
    fund = emergency_fund(dataset)
    rows = dataset.source.cash.within(span)
    return tuple(row for row in rows if row.fund == fund and row.kind in emergency_help_slugs() and row.live)


def draws_total(dataset: Dataset, span: Span) -> int:
    """The sum of help paid out in a span; minor units."""
    return -total_amount(draws(dataset, span))


def half_years(year: Span) -> tuple[Span, Span]:
    """The two halves of a financial year."""
    middle = Month.of(year.first).back(-5)
    return Span(year.first, middle.last), Span(middle.next().first, year.last)


def is_shown(dataset: Dataset, count: int) -> bool:
    """Whether a private count may be shown: none at all, or enough people that nobody is guessed."""
    return count == 0 or count >= dataset.least_people


def last_draw(dataset: Dataset, day: dt.date) -> dt.date | None:
    """The day of the newest draw up to a day; None where there was none."""
    return max((row.date for row in draws(dataset, Span(dt.date.min, day))), default=None)
