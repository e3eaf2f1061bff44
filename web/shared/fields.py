"""Answers of members' forms as they are read: how long, which day, who, how much; what is unclear is asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields

from ledger.core.amounts import BARTER_VALUE
from ledger.core.messages import N_
from web import parsing


def required_text(message: str) -> fields.String:
    """A line that cannot be left empty; `message` says what to write."""
    return fields.String(required=True, error_messages={"required": message, "invalid": message})


class StrictSchema(Schema):
    """Takes the fields it knows, and no others."""

    class Meta:
        """Marshmallow's own settings."""

        unknown = RAISE


Parsed = TypeVar("Parsed")


def parse_answer(read: Callable[[], Parsed]) -> Parsed:
    """The answer as it is meant; ValidationError with what to write instead."""
    try:
        return read()
    except parsing.ParseError as unclear:
        raise ValidationError([unclear.message]) from unclear


def _words(required: str, invalid: str | None = None) -> dict[str, Any]:
    """What a field says where it is left open, and where its answer cannot be one."""
    return {"required": required, "invalid": invalid or required}


class DatedSchema(StrictSchema):
    """A form with a day in it, seen from the community's today."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today


class TextLine(fields.String):
    """Something written on one line; written twice, it is asked about."""

    default_error_messages = _words(N_("Write a few words"), N_("Write it once only"))


class Duration(TextLine):
    """How long: whole minutes."""

    default_error_messages = _words(N_("Choose how long it took, or write it"))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_duration(text))


class Day(TextLine):
    """Which day; its schema knows the community's today."""

    default_error_messages = _words(N_("Choose the day, or write it"))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        today = self.root.today if isinstance(self.root, DatedSchema) else dt.date.min
        return parse_answer(lambda: parsing.parse_day(text, today))


class Person(fields.Integer):
    """One person, by number."""

    default_error_messages = _words(N_("Choose a person"), N_("Choose a person"))


class People(fields.Field[tuple[int, ...]]):
    """Several people, by number, in the order in which they are listed."""

    default_error_messages = _words(N_("Choose who took part"), N_("Choose people from the list"))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, ...]:
        sent = value if isinstance(value, list) else [value]
        if not all(str(one).isdecimal() for one in sent):
            raise self.make_error("invalid")
        return tuple(int(one) for one in sent)


class BarterValue(TextLine):
    """What both sides agreed that something is worth: hundredths."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_amount(text, BARTER_VALUE))


class MeasuredQuantity(TextLine):
    """How much of something: thousandths."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_quantity(text))


class Count(fields.Integer):
    """How many: a whole number."""

    default_error_messages = _words(N_("Write a whole number"))
