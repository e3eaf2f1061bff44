"""Resources: meters and what they counted month by month; quantities, never amounts."""

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
    """What is read is in the list of meters."""

    slug = "meter-unknown"


@dataclass(frozen=True, kw_only=True)
class NewReading:
    """What was read or counted on a day for its month; the unit is that of the meter."""

    meter: str
    date: dt.date
    quantity: Fraction
    method: str = "metered"
    month: str | None = None


def meters(uow: UnitOfWork) -> dict[str, Meter]:
    """Everything that is read or weighed, by code."""
    return METERS.all(uow)


def readings(uow: UnitOfWork, meter: str | None = None) -> list[Reading]:
    """What was read, by meter and day, perhaps of one meter only."""
    found = READINGS.all(uow, f"{meter}/" if meter else "").values()
    return sorted(found, key=lambda reading: (reading.meter, reading.date))


def add_meter(writing: WriteUnit, meter: Meter, *, entered_by: int) -> int | None:
    """Put a meter on the list, or change what is known of it."""
    normalize_name(meter.code)
    normalize_name(meter.unit)
    return store.write(writing, [METERS.change(meter)], entered_by=entered_by)


def add(writing: WriteUnit, read: Sequence[NewReading], *, entered_by: int) -> int | None:
    """Write readings down, all or none; the same meter and day again corrects the earlier reading."""
    known = meters(writing)
    changes = [READINGS.change(_checked(reading, known)) for reading in read]
    return store.write(writing, changes, entered_by=entered_by)


def withdraw(writing: WriteUnit, meter: str, date: dt.date, *, entered_by: int) -> int | None:
    """Strike a reading that was never made."""
    if READINGS.get(writing, f"{meter}/{date}") is None:
        return None
    return store.write(writing, [READINGS.withdraw(f"{meter}/{date}")], entered_by=entered_by)


def _checked(read: NewReading, known: dict[str, Meter]) -> Reading:
    meter = known.get(read.meter)
    if meter is None:
        raise MeterUnknown(make_message("There is no meter “%(code)s”.", code=read.meter), "meter")
    if read.quantity < 0:
        raise FieldWrong("quantity", make_message("A quantity is nought or more."))
    if read.method not in METHODS:
        raise FieldWrong("method", make_message("Say how it is known: metered, estimated, stated or weighed."))
    month = read.month or str(Month.of(read.date))
    return Reading(
        meter=meter.code, date=read.date, month=month, quantity=read.quantity, unit=meter.unit, method=read.method
    )
