"""The columns of a report: this period beside the year to date, twelve months, and the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.periods import Month, Span, financial_year, last_year, moving_12, year_to_date

MONTH, YTD, MOVING_12, LAST_YEAR, YEAR = "month", "ytd", "moving_12", "last_year", "year"
THIS_YEAR = (MONTH, YTD, YEAR)
"""The columns that lie in the period's own financial year."""


@dataclass(frozen=True)
class Columns:
    """The spans that flows are worked out for, by column, in the order printed; balances stand at `end`."""

    spans: Mapping[str, Span]

    @property
    def is_annual(self) -> bool:
        """Whether the report is about a whole financial year."""
        return YEAR in self.spans

    @property
    def period(self) -> Span:
        """The span that the report is about."""
        return self.spans[YEAR if self.is_annual else MONTH]

    @property
    def end(self) -> dt.date:
        """The last day of the period."""
        return self.period.last

    @property
    def is_so_far(self) -> bool:
        """Whether the period still runs, so that it is read up to a day before its own last one."""
        return self.end < Month.of(self.end).last

    def until(self, day: dt.date) -> Columns:
        """The same columns up to a day of the period that still runs; at the earliest its first day."""
        end = max(day, Month.of(self.end).first)
        if end >= self.end:
            return self
        spans = {name: span if name == LAST_YEAR else Span(span.first, end) for name, span in self.spans.items()}
        return Columns(spans)

    @property
    def year_to_date(self) -> Span:
        """From the first day of the financial year to the end."""
        return self.spans[YEAR if self.is_annual else YTD]


def month_columns(month: Month, year_starts_month: int = 1) -> Columns:
    """The columns of a monthly report: the month, the year to date, twelve months, the same month a year before."""
    return Columns(
        {
            MONTH: month.span,
            YTD: year_to_date(month, year_starts_month),
            MOVING_12: moving_12(month),
            LAST_YEAR: last_year(month.span),
        }
    )


def year_columns(month: Month, year_starts_month: int = 1) -> Columns:
    """The columns of an annual report: the financial year that a month lies in, and the one before."""
    year = financial_year(month, year_starts_month)
    return Columns({YEAR: year, LAST_YEAR: last_year(year)})
