"""Checking a printed sheet: the number and the mark that stand on it."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validates

from ledger.chain import anchors
from ledger.core.messages import N_
from web.shared.fields import StrictSchema, required_text

LARGEST = 10**15


class CheckSchema(StrictSchema):
    """What someone copied from the foot of a sheet."""

    number = fields.Integer(
        required=True,
        error_messages={
            "required": N_("Write the number up to which the books were read"),
            "invalid": N_("Write the number in figures, such as 156"),
            "too_large": N_("Write the number in figures, such as 156"),
        },
    )
    mark = required_text(N_("Write the first eight signs of the mark, or more"))
    lang = fields.String()

    @validates("number")
    def number_can_be(self, value: int, **_: object) -> None:
        """A number that a chain can have."""
        if not 0 < value < LARGEST:
            raise ValidationError([N_("Write the number in figures, such as 156")])

    @validates("mark")
    def mark_can_be(self, value: str, **_: object) -> None:
        """Long enough to say something, and made of the signs that marks are made of."""
        if not anchors.is_anchor(value):
            raise ValidationError([N_("A mark has eight signs or more: figures, and the letters a to f")])
