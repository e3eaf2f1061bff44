"""How a report speaks: a true minus before numbers only, signs on differences, and months by name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ledger.core.messages import N_
from ledger.core.periods import Month, Span
from reports.language.figure import FigureCell, Reason
from reports.language.localizer import Localizer, spreadsheet_value, with_true_minus
from reports.story.elements import Number

VOICE = Localizer()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("-5.00 at hand", "−5.00 at hand"),
        ("lowest: -5.00", "lowest: −5.00"),
        ("two-way, 2026-03, co-op-2", "two-way, 2026-03, co-op-2"),
        ("a - b", "a - b"),
    ],
)
def test_only_a_hyphen_before_a_number_is_a_minus(words: str, wanted: str) -> None:
    assert with_true_minus(words) == wanted


def test_a_sentence_writes_amounts_below_zero_with_a_true_minus() -> None:
    assert VOICE.text(N_("We hold %(amount)s."), amount="-12.00") == "We hold −12.00."


@pytest.mark.parametrize(("cents", "shown"), [(1250, "+12.50"), (-1250, "−12.50"), (0, "0.00")])
def test_a_difference_always_has_its_sign_and_zero_has_none(cents: int, shown: str) -> None:
    assert VOICE.signed(cents, "EUR") == Number(shown, Decimal(cents) / 100)


def test_a_figure_that_is_not_known_is_words_and_no_number() -> None:
    assert VOICE.cell(FigureCell(value=None, unit="EUR", reason=Reason.TOO_FEW)) == "too few to show"


def test_a_column_leaves_the_sign_of_hundredths_to_its_head() -> None:
    assert VOICE.number(12, "percent").shown == "12.0"


@pytest.mark.parametrize(
    ("value", "unit", "plain"),
    [(467, "min", 467), (1938530, "EUR", Decimal("19385.30")), (500, "JPY", Decimal(500)), (640, "kWh", Decimal(640))],
)
def test_a_spreadsheet_gets_whole_units_and_whole_minutes(value: int, unit: str, plain: object) -> None:
    assert spreadsheet_value(value, unit) == plain


def test_months_and_days_are_said_by_name() -> None:
    assert VOICE.month(Month(2026, 3)) == "March 2026"
    assert VOICE.day(dt.date(2026, 3, 31)) == "31 March"
    assert VOICE.span(Span(dt.date(2026, 1, 1), dt.date(2026, 3, 31))) == "January to March"
    assert VOICE.span(Span(dt.date(2026, 3, 1), dt.date(2026, 3, 31))) == "March"
