"""The columns of a report: the period, the year to date, twelve months and the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.periods import Month, Span, financial_year, last_12_months, year_earlier, year_to_date

MONTH, YTD, MOVING_12, LAST_YEAR, YEAR = "month", "ytd", "moving_12", "last_year", "year"
THIS_YEAR = (MONTH, YTD, YEAR)
"""The columns within the financial year of the period."""


@dataclass(frozen=True)
class Columns:
    """The span of each column, in printed order. Balances are taken at `end`."""

    spans: Mapping[str, Span]

    @property
    def is_annual(self) -> bool:
        """Whether the report covers a whole financial year."""
        return YEAR in self.spans

    @property
    def period(self) -> Span:
        """The period of the report."""
        return self.spans[YEAR if self.is_annual else MONTH]

    @property
    def end(self) -> dt.date:
        """The last day of the period."""
        return self.period.last

    @property
    def is_so_far(self) -> bool:
        """Whether the period ends before the end of its month, because the month is still running."""
        return self.end < Month.of(self.end).last

    def until(self, day: dt.date) -> Columns:
        """The same columns, cut at a day inside the period. The earliest possible end is its first day."""
        end = max(day, Month.of(self.end).first)
        if end >= self.end:
            return self
        spans = {name: span if name == LAST_YEAR else Span(span.first, end) for name, span in self.spans.items()}
        return Columns(spans)

    @property
    def year_to_date(self) -> Span:
        """From the first day of the financial year to the end of the period."""
        return self.spans[YEAR if self.is_annual else YTD]


def month_columns(month: Month, year_starts_month: int = 1) -> Columns:
    """The columns of a monthly report: month, year to date, last twelve months, same month of the year before."""
    return Columns(
        {
            MONTH: month.span,
            YTD: year_to_date(month, year_starts_month),
            MOVING_12: last_12_months(month),
            LAST_YEAR: year_earlier(month.span),
        }
    )


def year_columns(month: Month, year_starts_month: int = 1) -> Columns:
    """The columns of an annual report: the financial year of a month, and the year before."""
    year = financial_year(month, year_starts_month)
    return Columns({YEAR: year, LAST_YEAR: year_earlier(year)})
