"""Amounts, hours and days as people read them."""

from __future__ import annotations

import datetime
from gettext import NullTranslations

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.amounts import Amount
from ledger.core.messages import make_counted_message, make_message
from web.i18n import formats, translation

TODAY = datetime.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("minutes", "in_words", "short", "column"),
    [
        (0, "0 minutes", "0 min", "0:00"),
        (1, "1 minute", "1 min", "0:01"),
        (27, "27 minutes", "27 min", "0:27"),
        (60, "1 hour", "1 h", "1:00"),
        (63, "1 hour 3 minutes", "1 h 03", "1:03"),
        (90, "1 hour 30 minutes", "1 h 30", "1:30"),
        (6000, "100 hours", "100 h", "100:00"),
    ],
)
def test_hours_are_said_written_short_and_put_in_columns(minutes: int, in_words: str, short: str, column: str) -> None:
    said = (formats.hours_in_words(minutes), formats.hours_short(minutes), formats.hours_column(minutes))
    assert said == (in_words, short, column)


def test_below_nought_carries_a_true_minus_sign() -> None:
    assert formats.hours_column(-33) == "\u22120:33"
    assert formats.decimal_text(-5, 2) == "\u22120.05"


@pytest.mark.parametrize(
    ("quantity", "unit", "shown"),
    [
        (504210, "EUR", "5,042.10"),
        (5, "EUR", "0.05"),
        (1200, "JPY", "1,200"),
        (1234, "KWD", "1.234"),
        (2500, "NV", "25.00"),
        (90, "min", "1:30"),
    ],
)
def test_a_figure_has_the_digits_of_its_unit(quantity: int, unit: str, shown: str) -> None:
    assert formats.amount(quantity, unit) == shown


@given(st.integers(0, 10**15), st.sampled_from(["en", "de", "fr", "hi", "es", "pl"]))
def test_figures_are_grouped_as_the_language_groups_them(quantity: int, code: str) -> None:
    plain = f"{quantity // 100}.{quantity % 100:02d}"
    pattern = Locale(code).decimal_formats[None].pattern.replace(".###", ".00")
    wanted = format_decimal(plain, format=pattern, locale=code)
    assert translation._make_language(code, NullTranslations()).number(plain) == wanted


def test_a_figure_in_a_sentence_names_its_unit() -> None:
    figures = [formats.amount_with_unit(*each) for each in ((8000, "EUR"), (90, "min"), (2500, "NV"))]
    assert figures == ["80.00 EUR", "1 hour 30 minutes", "25.00"]


def test_a_measured_quantity_drops_empty_places() -> None:
    assert [formats.quantity(640000, "kWh"), formats.quantity(12500, "kg"), formats.quantity(-1, "m³")] == [
        "640 kWh",
        "12.5 kg",
        "\u22120.001 m³",
    ]


def test_a_recent_day_names_its_weekday_and_an_old_one_its_year() -> None:
    recent, old = datetime.date(2026, 5, 2), datetime.date(2025, 3, 9)
    assert [formats.day(recent, TODAY), formats.day(old, TODAY)] == ["Sat 2 May", "9 Mar 2025"]
    assert formats.day_in_full(TODAY) == "Mon 4 May 2026"


def test_today_and_yesterday_are_said_so() -> None:
    days = [TODAY - datetime.timedelta(days=ago) for ago in range(3)]
    assert [formats.day_spoken(when, TODAY) for when in days] == ["Today", "Yesterday", "Sat 2 May"]


def test_a_span_names_the_year_once_where_one_is_enough() -> None:
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 4, 30)
    assert formats.span(first, last) == "1 January to 30 April 2026"
    assert formats.span(first.replace(year=2025), last) == "1 January 2025 to 30 April 2026"


def test_moments_are_told_in_universal_time() -> None:
    instant = datetime.datetime(2026, 1, 25, 11, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    assert formats.moment(instant) == "Sun 25 Jan 2026, 10:12 UTC"


def test_people_are_listed_with_the_languages_own_word_for_and() -> None:
    assert formats.names(["Ana", "Bea", "Cai"]) == "Ana, Bea, and Cai"


def test_a_seal_is_shown_in_fours() -> None:
    assert formats.seal(bytes.fromhex("932e7e27b8472149ff")) == "932e 7e27 b847 2149"


def test_a_message_carries_its_values_in_the_readers_words() -> None:
    message = make_message("%(who)s gave %(what)s on %(day)s.", who="Ana", what=Amount(90, "min"), day=TODAY)
    assert formats.format_message(message) == "Ana gave 1 hour 30 minutes on Mon 4 May 2026."
    assert formats.format_message(make_counted_message("%(count)s entry", "%(count)s entries", 2)) == "2 entries"
    assert formats.format_message(make_message("It is: %(inner)s", inner=make_message("open"))) == "It is: open"
