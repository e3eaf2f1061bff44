"""What people write is understood where it has one meaning, and asked about where it has two."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.periods import Month
from web import parsing
from web.i18n import formats, translation
from web.parsing import ParseError

TODAY = datetime.date(2026, 5, 4)


@pytest.mark.parametrize(
    "written",
    [
        "1:30",
        "1.5 h",
        "1,5 h",
        "90",
        "1 h 30",
        "1h30",
        "1h30m",
        "1 hour 30 minutes",
        "90 min",
        "90 minutes",
        "1½ h",
        "1.5",
        " 1 : 30 ",
        "1;30",
        "1:30 h",
        "1.5 hours.",
        "an hour and a half",
        "An hour and a half",
        "٩٠",
        "1\u00a0h\u00a030",
        "1.50 h",
    ],
)
def test_an_hour_and_a_half_is_understood_in_many_ways(written: str) -> None:
    assert parsing.parse_duration(written) == 90


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("½ h", 30),
        (".5 h", 30),
        ("half an hour", 30),
        ("2 h", 120),
        ("0:05", 5),
        ("15", 15),
        ("1.1 h", 66),
        ("2.25 h", 135),
    ],
)
def test_other_durations_are_understood_too(written: str, minutes: int) -> None:
    assert parsing.parse_duration(written) == minutes


@pytest.mark.parametrize(
    "written",
    [
        "",
        "8",
        "1.30",
        "1.30 h",
        "1:5",
        "1:75",
        "1h90",
        "2.33 h",
        "1 30",
        "-5",
        "soon",
        "1 day",
        "1.123 h",
        "1,500",
        "h",
        ".",
        "1 h 30 h",
        "90 seconds",
        "1:30 minutes",
        "1" * 70,
    ],
)
def test_what_could_mean_two_durations_is_asked_about(written: str) -> None:
    with pytest.raises(ParseError):
        parsing.parse_duration(written)


def test_the_question_names_both_meanings() -> None:
    with pytest.raises(ParseError, match="Is that hours or minutes"):
        parsing.parse_duration("2")


@given(st.integers(0, 9999 * 60))
def test_every_way_of_writing_hours_reads_back_the_same(minutes: int) -> None:
    for written in (formats.hours_in_words(minutes), formats.hours_short(minutes), formats.hours_column(minutes)):
        assert parsing.parse_duration(written) == minutes


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1,850.00", 185000),
        ("1850", 185000),
        ("80 EUR", 8000),
        ("EUR 80", 8000),
        (".50", 50),
        ("1.5", 150),
        ("5.", 500),
        ("1 500", 150000),
        ("1'500.25", 150025),
        ("1,500", 150000),
        ("٨٠", 8000),
        ("0", 0),
        (" 12.30 ", 1230),
    ],
)
def test_amounts_are_understood_in_the_language_of_the_page(written: str, cents: int) -> None:
    assert parsing.parse_amount(written, "EUR") == cents


@pytest.mark.parametrize(
    "written",
    [
        "1,5",
        "1,50",
        "1.850,00",
        "12,34,567",
        "1.500",
        ",50",
        "1e5",
        "abc",
        "",
        "-3",
        "1,,000",
        "1.2.3",
        "９９９９９９９９９９９９９９９９",
    ],
)
def test_an_amount_is_never_guessed(written: str) -> None:
    with pytest.raises(ParseError):
        parsing.parse_amount(written, "EUR")


def test_below_nought_is_read_only_where_it_is_allowed() -> None:
    assert [parsing.parse_amount(text, "EUR", allow_negative=True) for text in ("-3", "−3.50")] == [-300, -350]


def test_a_comma_is_the_decimal_mark_where_the_language_says_so(german: translation.Language) -> None:
    assert [parsing.parse_amount(text, "EUR") for text in ("1,5", "1.850,00", "1.500")] == [150, 185000, 150000]
    with pytest.raises(ParseError):
        parsing.parse_amount("1.50", "EUR")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD", "NV"]))
def test_every_amount_reads_back_the_same(quantity: int, unit: str) -> None:
    assert parsing.parse_amount(formats.amount(quantity, unit), unit, allow_negative=True) == quantity


@given(st.integers(0, 10**12))
def test_every_measured_quantity_reads_back_the_same(milli: int) -> None:
    assert parsing.parse_quantity(formats.quantity(milli, "").strip()) == milli


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-01",
        "1 May",
        "1 May 2026",
        "Fri 1 May",
        "Friday, 1 May 2026",
        "May 1",
        "May 1, 2026",
        "1st of May",
        "1.5.",
        "1.5.2026",
        "1 may",
        "2026-5-1",
    ],
)
def test_a_day_is_understood_in_many_ways(written: str) -> None:
    assert parsing.parse_day(written, TODAY) == datetime.date(2026, 5, 1)


def test_today_and_yesterday_are_days() -> None:
    assert [parsing.parse_day(word, TODAY).day for word in ("today", "Yesterday")] == [4, 3]


@pytest.mark.parametrize(("written", "year"), [("31 December", 2025), ("1 January", 2026), ("31 May", 2026)])
def test_a_day_without_a_year_is_the_nearest_one(written: str, year: int) -> None:
    assert parsing.parse_day(written, TODAY).year == year


@pytest.mark.parametrize(
    "written",
    ["", "3/4/2026", "Thu 1 May", "31 February", "2026-02-30", "May", "some day", "1/2", "29 Feb", "2026-13-01"],
)
def test_a_day_that_is_none_or_two_is_asked_about(written: str) -> None:
    with pytest.raises(ParseError):
        parsing.parse_day(written, TODAY)


@pytest.mark.parametrize("written", ["13/4/2026", "4/13/2026", "13/4"])
def test_figures_with_one_meaning_are_taken(written: str) -> None:
    assert parsing.parse_day(written, TODAY) == datetime.date(2026, 4, 13)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2080, 12, 31)))
def test_every_way_of_writing_a_day_reads_back_the_same(when: datetime.date) -> None:
    for written in (
        formats.day_in_full(when),
        when.isoformat(),
        formats.day(when, when),
        formats.day_spoken(when, when),
    ):
        assert parsing.parse_day(written, when) == when


@pytest.mark.parametrize("written", ["2026-03", "March 2026", "mar 2026", "3/2026", "03.2026"])
def test_a_month_is_understood_in_many_ways(written: str) -> None:
    assert parsing.parse_month(written) == Month(2026, 3)


@pytest.mark.parametrize("written", ["", "March", "2026-13", "0-01", "2026"])
def test_a_month_without_year_or_number_is_asked_about(written: str) -> None:
    with pytest.raises(ParseError):
        parsing.parse_month(written)
