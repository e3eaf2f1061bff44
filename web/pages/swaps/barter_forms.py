"""Forms about swaps: things for things, or goods for work; text in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields

from ledger.core.drafts import Quantity
from ledger.core.messages import N_
from web.shared.fields import BarterValue, DatedSchema, Day, Duration, MeasuredQuantity, Person, StrictSchema, TextLine

PLACES = ("gave1", "gave2", "gave3", "got1", "got2", "got3")
"""The lines of the form: what I gave, what I received."""
PARTS = ("thing", "much", "unit", "value")


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One line of a swap, read: what, how much of it, what it is worth to both."""

    place: str
    what: str
    quantity: Quantity | None
    value: int | None

    @property
    def is_given(self) -> bool:
        """Whether it went out from whose form it is."""
        return self.place.startswith("gave")


class SwapSchema(DatedSchema):
    """With whom and when; the things stand in lines of their own. What the button said."""

    person = Person()
    who = Person(required=True)
    day = Day(required=True)
    do = fields.String(load_default="")


class ThingSchema(StrictSchema):
    """One line: what, how much of it and in what, what it is worth."""

    thing = TextLine(required=True, error_messages={"required": N_("Write what it was")})
    much = MeasuredQuantity()
    unit = TextLine()
    value = BarterValue()


class WorkedSchema(DatedSchema):
    """Goods for work: who worked, how long, what for which goods. What the button said."""

    person = Person()
    who = Person(required=True)
    side = fields.String(
        required=True, error_messages={"required": N_("Choose who worked"), "invalid": N_("Choose who worked")}
    )
    work = TextLine(required=True, error_messages={"required": N_("Write what the work was")})
    duration = Duration(required=True)
    goods = TextLine(required=True, error_messages={"required": N_("Write what the goods were")})
    much = MeasuredQuantity()
    unit = TextLine()
    value = BarterValue()
    day = Day(required=True)
    do = fields.String(load_default="")


def read_swap(schema: SwapSchema, sent: Mapping[str, Any]) -> tuple[dict[str, Any], list[Thing]]:
    """The answers and the things of a swap; every wrong line is named at once."""
    lines = {place: {part: sent[f"{place}_{part}"] for part in PARTS if f"{place}_{part}" in sent} for place in PLACES}
    named = {f"{place}_{part}" for place in PLACES for part in PARTS}
    wrong: dict[str, Any] = schema.validate({name: value for name, value in sent.items() if name not in named})
    things = []
    for place, line in lines.items():
        if not line and not place.endswith("1"):
            continue
        try:
            things.append(_thing(place, line))
        except ValidationError as error:
            wrong |= {f"{place}_{part}": words for part, words in error.messages_dict.items()}
    if wrong:
        raise ValidationError(wrong)
    loaded: dict[str, Any] = schema.load({name: value for name, value in sent.items() if name not in named})
    return loaded, things


def _thing(place: str, line: Mapping[str, Any]) -> Thing:
    read = ThingSchema().load(line)
    return Thing(place=place, what=read["thing"], quantity=quantity_of(read), value=read.get("value"))


def quantity_of(read: Mapping[str, Any]) -> Quantity | None:
    """How much of it: the number and its unit go together, or are both left out."""
    much, unit = read.get("much"), read.get("unit")
    if much is None and unit is None:
        return None
    if not much:
        raise ValidationError({"much": [N_("Write how much, such as 12")]})
    if unit is None:
        raise ValidationError({"unit": [N_("Write in what it is counted, such as kg")]})
    return Quantity(much, unit, "stated")
