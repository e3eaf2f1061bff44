"""Marshmallow fields of members' forms: durations, days, people, amounts; an unclear answer is refused with a hint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields

from ledger.core.amounts import BARTER_VALUE
from ledger.core.messages import N_
from web import parsing


def required_text(message: str) -> fields.String:
    """A text field that must not be empty; `message` says what to write."""
    return fields.String(required=True, error_messages={"required": message, "invalid": message})


class StrictSchema(Schema):
    """A schema that refuses unknown fields."""

    class Meta:
        """Marshmallow's own settings."""

        unknown = RAISE


Parsed = TypeVar("Parsed")


def parse_answer(parse: Callable[[], Parsed]) -> Parsed:
    """The parsed answer; a ParseError becomes a ValidationError with the same message."""
    try:
        return parse()
    except parsing.ParseError as error:
        raise ValidationError([error.message]) from error


def _error_messages(required: str, invalid: str | None = None) -> dict[str, Any]:
    """The messages of a field that is missing, and of one that is invalid."""
    return {"required": required, "invalid": invalid or required}


class DatedSchema(StrictSchema):
    """A form with a day, which is read relative to the community's today."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today


class TextLine(fields.String):
    """A line of text; sent twice, it is refused."""

    default_error_messages = _error_messages(N_("Write a few words"), N_("Write it once only"))


class Duration(TextLine):
    """A duration in whole minutes."""

    default_error_messages = _error_messages(N_("Choose how long it took, or write it"))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_duration(text))


class Day(TextLine):
    """A day; its schema knows the community's today."""

    default_error_messages = _error_messages(N_("Choose the day, or write it"))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        today = self.root.today if isinstance(self.root, DatedSchema) else dt.date.min
        return parse_answer(lambda: parsing.parse_day(text, today))


class Person(fields.Integer):
    """A person's number."""

    default_error_messages = _error_messages(N_("Choose a person"), N_("Choose a person"))


class People(fields.Field[tuple[int, ...]]):
    """The numbers of several people, in the order sent."""

    default_error_messages = _error_messages(N_("Choose who took part"), N_("Choose people from the list"))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, ...]:
        sent = value if isinstance(value, list) else [value]
        if not all(str(number).isdecimal() for number in sent):
            raise self.make_error("invalid")
        return tuple(int(number) for number in sent)


class BarterValue(TextLine):
    """An agreed barter value, in hundredths."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_amount(text, BARTER_VALUE))


class MeasuredQuantity(TextLine):
    """A measured quantity, in thousandths."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> Any:
        text = super()._deserialize(value, attr, data, **rest)
        return parse_answer(lambda: parsing.parse_quantity(text))


class Count(fields.Integer):
    """A whole number."""

    default_error_messages = _error_messages(N_("Write a whole number"))
