"""Values in words: rounded once, half away from zero, and never "-0"."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ledger.core.periods import Month, financial_year
from reports.language.value_formats import (
    HoursInWords,
    Measure,
    MonthName,
    NameInSentence,
    YearName,
    decimal,
    hours_and_minutes,
)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 300), 2, "0.00"),
        (1234567, 1, "1,234,567.0"),
    ],
)
def test_a_number_is_rounded_half_away_from_zero(value: Fraction, places: int, shown: str) -> None:
    assert decimal(value, places) == shown


@pytest.mark.parametrize(("minutes", "shown"), [(467, "7:47"), (-467, "-7:47"), (Fraction(-1, 3), "0:00"), (9, "0:09")])
def test_minutes_are_shown_as_hours_and_minutes(minutes: Fraction, shown: str) -> None:
    assert hours_and_minutes(minutes) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (123456, "EUR", "1,234.56"),
        (123456, "JPY", "123,456"),
        (123456, "KWD", "123.456"),
        (Fraction(225, 8), "EUR/kWh", "0.28"),
        (Fraction(225, 8), "JPY/kWh", "28.13"),
        (12345, "NV", "123.45"),
        (90, "min", "1:30"),
        (Fraction(200, 3), "percent", "66.7 %"),
        (1862, "days", "1,862"),
        (3, "jar", "3"),
    ],
)
def test_each_unit_is_shown_with_its_own_decimals(value: Fraction, unit: str, shown: str) -> None:
    assert str(Measure(value, unit)) == shown


def test_hours_are_spelled_in_words() -> None:
    assert str(HoursInWords(467)) == "7 hours 47 minutes"
    assert str(HoursInWords(61)) == "1 hour 1 minute"


def test_a_plain_name_loses_its_capital_inside_a_sentence_and_a_proper_one_keeps_it() -> None:
    assert str(NameInSentence("Garden grant")) == "garden grant"
    assert str(NameInSentence("Meadow Trust fund")) == "Meadow Trust fund"


def test_a_financial_year_over_two_calendar_years_names_both() -> None:
    assert str(YearName(financial_year(Month(2026, 3)))) == "2026"
    assert str(YearName(financial_year(Month(2026, 5), 4))) == "2026/27"
    assert str(MonthName(Month(2026, 5))) == "May"
