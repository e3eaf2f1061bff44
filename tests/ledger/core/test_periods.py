"""Months and the spans that reports compare."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.periods import Month, Span, financial_year, last_12_months, year_earlier, year_to_date

MARCH = Month(2026, 3)


def test_a_month_is_written_numbered_and_bounded() -> None:
    assert Month.parse("2026-03") == MARCH == Month.from_id(202603) == Month.of(dt.date(2026, 3, 31))
    assert (str(MARCH), MARCH.id, MARCH.span) == ("2026-03", 202603, Span(dt.date(2026, 3, 1), dt.date(2026, 3, 31)))


@pytest.mark.parametrize("text", ["2026", "2026-13", "26-03", "2026-3", "März", "2026-03-01"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1)))
def test_months_follow_each_other_without_a_gap(day: dt.date) -> None:
    month = Month.of(day)
    assert month.next().first == month.last + dt.timedelta(1)
    assert month.next().previous() == month
    assert day in month.span


def test_spans_for_march_are_the_ones_that_the_sheets_compare() -> None:
    assert year_to_date(MARCH) == Span(dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert year_to_date(MARCH, first_month=4) == Span(dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert financial_year(MARCH, first_month=4) == Span(dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert last_12_months(MARCH) == Span(dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert year_earlier(MARCH.span) == Span(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert year_earlier(Month(2025, 2).span).last == dt.date(2024, 2, 29)


def test_a_span_names_the_months_that_it_touches() -> None:
    assert [str(month) for month in Span(dt.date(2025, 12, 31), dt.date(2026, 2, 1)).months()] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]


def test_a_month_is_over_from_the_day_after_its_last_on() -> None:
    assert [MARCH.is_over(dt.date(2026, 3, 31)), MARCH.is_over(dt.date(2026, 4, 1))] == [False, True]
