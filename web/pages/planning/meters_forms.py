"""Readings on forms: what was read or counted, one by one or from a table; and things to read: text in, values out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from ledger.core.messages import N_, make_message
from ledger.registers.meters import NewReading
from ledger.registers.records import Meter
from web import parsing
from web.pages.reports.reports_forms import month_of
from web.shared.fields import StrictSchema, required_text

METHODS = ("metered", "weighed", "estimated", "stated")
KINDS = (
    "energy",
    "heat",
    "fuel",
    "water",
    "waste",
    "waste-diverted",
    "food-grown",
    "food-bought",
    "other",
)
MOST_LINES = 2000


class ReadingSchema(StrictSchema):
    """One reading: what, how much, how it is known, on which day, for which month."""

    meter = required_text(N_("Choose what was read"))
    quantity = required_text(N_("Write how much, such as 190 or 12.5"))
    method = fields.String(load_default="metered", validate=validate.OneOf(METHODS, error=N_("Choose how it is known")))
    date = required_text(N_("Write the day"))
    month = fields.String()

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> NewReading:
        """The reading with a number, a day and a month; a day that has not come yet is refused."""
        wrong: dict[str, list[Any]] = {}
        for name, parse in (("quantity", _quantity), ("date", lambda text: _day(text, self.today))):
            try:
                sent[name] = parse(sent[name])
            except parsing.ParseError as unclear:
                wrong[name] = [unclear.message]
        if wrong:
            raise ValidationError(wrong)
        month = str(month_of(sent["month"])) if sent.get("month") else None
        return NewReading(**(sent | {"month": month}))


def _quantity(text: str) -> Fraction:
    return Fraction(parsing.parse_quantity(text), 1000)


def _day(text: str, today: dt.date) -> dt.date:
    day = parsing.parse_day(text, today)
    if day > today:
        raise parsing.ParseError(make_message("That day has not come yet."))
    return day


def readings_from(text: str, today: dt.date) -> list[NewReading]:
    """Readings from a pasted table: thing, day, quantity, and perhaps how it is known and the month."""
    rows = [row for row in csv.reader(io.StringIO(text.strip())) if any(map(str.strip, row))]
    if not rows or len(rows) > MOST_LINES:
        raise ValidationError({"table": [make_message("Paste between 1 and %(most)s lines.", most=MOST_LINES)]})
    schema, found, wrong = ReadingSchema(today), [], []
    for number, row in enumerate(rows, 1):
        if number == 1 and row[0].strip().casefold() in ("meter", "thing"):
            continue
        named = zip(("meter", "date", "quantity", "method", "month"), (cell.strip() for cell in row), strict=False)
        try:
            found.append(schema.load({name: value for name, value in named if value}))
        except ValidationError as error:
            why = next(iter(error.messages_dict.values()))[0]
            wrong.append(make_message("Line %(number)s: %(why)s", number=number, why=why))
    if wrong:
        raise ValidationError({"table": wrong})
    return found


class MeterSchema(StrictSchema):
    """Something to read or weigh."""

    code = fields.String(
        required=True,
        validate=validate.Regexp(
            r"^[a-z][a-z0-9-]{0,38}$", error=N_("Small letters, figures and hyphens, such as water")
        ),
        error_messages={"required": N_("Give it a short name, such as water")},
    )
    name = required_text(N_("Say what it is, such as Water, mains"))
    unit = required_text(N_("Say what it counts in, such as m3"))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS, error=N_("Choose a sort")))

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> Meter:
        """The meter."""
        return Meter(**sent)
