"""Meters and readings: quantities by meter and month, corrected by reading again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from ledger.core.errors import FieldWrong, LedgerError
from ledger.core.text import TextUnfit
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import meters
from ledger.registers.communities import OPERATOR
from ledger.registers.meters import MeterUnknown, NewReading
from ledger.registers.records import Meter
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.databases import Filling

WATER = Meter(code="water", name="Water, mains", unit="m3", kind="water")
POWER = Meter(code="power", name="Electricity", unit="kWh", kind="energy")
MARCH = NewReading(meter="water", date=dt.date(2026, 3, 31), quantity=Fraction(35, 2))


def begin(engine: Engine) -> None:
    small_community.create_empty(engine)
    with write_books(engine, SLUG) as unit:
        for meter in (WATER, POWER):
            meters.add_meter(unit, meter, entered_by=OPERATOR)


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(begin)


def test_a_reading_counts_for_the_month_of_its_day_in_the_unit_of_its_meter(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        late = replace(MARCH, meter="power", date=dt.date(2026, 4, 2), month="2026-03", method="estimated")
        meters.add(unit, [late, MARCH], entered_by=OPERATOR)
    with read_books(books, SLUG) as unit:
        power, water = meters.readings(unit)
        assert (power.month, power.unit, power.method) == ("2026-03", "kWh", "estimated")
        assert (water.month, water.unit, water.quantity) == ("2026-03", "m3", Fraction(35, 2))
        assert meters.readings(unit, "water") == [water]
        assert set(meters.meters(unit)) == {"power", "water"}


def test_the_same_meter_and_day_again_corrects(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        meters.add(unit, [MARCH], entered_by=OPERATOR)
        assert meters.add(unit, [MARCH], entered_by=OPERATOR) is None
        meters.add(unit, [replace(MARCH, quantity=Fraction(18))], entered_by=OPERATOR)
        assert [reading.quantity for reading in meters.readings(unit)] == [18]


def test_a_reading_that_was_never_made_is_struck(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        meters.add(unit, [MARCH], entered_by=OPERATOR)
        assert meters.withdraw(unit, "water", MARCH.date, entered_by=OPERATOR)
        assert meters.withdraw(unit, "water", MARCH.date, entered_by=OPERATOR) is None
        assert meters.readings(unit) == []


WRONG: dict[str, tuple[NewReading, type[LedgerError]]] = {
    "a meter that is in no list": (replace(MARCH, meter="wind"), MeterUnknown),
    "less than nought": (replace(MARCH, quantity=Fraction(-1)), FieldWrong),
    "a method of another name": (replace(MARCH, method="guessed"), FieldWrong),
}


@pytest.mark.parametrize(("read", "error"), WRONG.values(), ids=WRONG.keys())
def test_readings_are_taken_all_or_none(books: Engine, read: NewReading, error: type[LedgerError]) -> None:
    with pytest.raises(error), write_books(books, SLUG) as unit:
        meters.add(unit, [replace(MARCH, meter="power"), read], entered_by=OPERATOR)
    with read_books(books, SLUG) as unit:
        assert meters.readings(unit) == []


def test_a_meter_has_a_code_and_a_unit(books: Engine) -> None:
    with pytest.raises(TextUnfit), write_books(books, SLUG) as unit:
        meters.add_meter(unit, replace(WATER, unit=" "), entered_by=OPERATOR)
