"""Meters and their monthly readings: quantities of resources, never amounts of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.core.drafts import METHODS
from ledger.core.errors import FieldWrong, LedgerError
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.registers import store
from ledger.registers.records import Meter, Reading
from ledger.registers.registry import METERS, READINGS


class MeterUnknown(LedgerError):
    """A reading names a meter that is not in the list."""

    slug = "meter-unknown"


@dataclass(frozen=True, kw_only=True)
class NewReading:
    """A reading on a day, for the month of that day unless `month` is set; in the unit of the meter."""

    meter: str
    date: dt.date
    quantity: Fraction
    method: str = "metered"
    month: str | None = None


def meters(uow: UnitOfWork) -> dict[str, Meter]:
    """Every meter, by code."""
    return METERS.all(uow)


def readings(uow: UnitOfWork, meter: str | None = None) -> list[Reading]:
    """Readings by meter and day, of all meters or one."""
    prefix = f"{meter}/" if meter else ""
    return sorted(READINGS.all(uow, prefix).values(), key=lambda reading: (reading.meter, reading.date))


def add_meter(writing: WriteUnit, meter: Meter, *, entered_by: int) -> int | None:
    """Add a meter or change its details; None if nothing changes."""
    normalize_name(meter.code)
    normalize_name(meter.unit)
    return store.write(writing, [METERS.change(meter)], entered_by=entered_by)


def add(writing: WriteUnit, new_readings: Sequence[NewReading], *, entered_by: int) -> int | None:
    """Record readings, all or none; a reading of the same meter and day replaces the earlier one."""
    known_meters = meters(writing)
    changes = [READINGS.change(_validated(reading, known_meters)) for reading in new_readings]
    return store.write(writing, changes, entered_by=entered_by)


def withdraw(writing: WriteUnit, meter: str, date: dt.date, *, entered_by: int) -> int | None:
    """Remove a reading that was recorded by mistake; None if there is none."""
    if READINGS.get(writing, f"{meter}/{date}") is None:
        return None
    return store.write(writing, [READINGS.withdraw(f"{meter}/{date}")], entered_by=entered_by)


def _validated(reading: NewReading, known_meters: dict[str, Meter]) -> Reading:
    meter = known_meters.get(reading.meter)
    if meter is None:
        raise MeterUnknown(make_message("There is no meter “%(code)s”.", code=reading.meter), "meter")
    if reading.quantity < 0:
        raise FieldWrong("quantity", make_message("A quantity is nought or more."))
    if reading.method not in METHODS:
        raise FieldWrong("method", make_message("Say how it is known: metered, estimated, stated or weighed."))
    return Reading(
        meter=meter.code,
        date=reading.date,
        month=reading.month or str(Month.of(reading.date)),
        quantity=reading.quantity,
        unit=meter.unit,
        method=reading.method,
    )
