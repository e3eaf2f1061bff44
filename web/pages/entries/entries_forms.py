"""Asking for entries, and saying why one is taken back: text in, checked values out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marshmallow import ValidationError, fields, post_load

from ledger.core.messages import N_
from web import parsing
from web.shared.fields import StrictSchema, required_text


class FilterSchema(StrictSchema):
    """What entries to show; everything may be left out."""

    first = fields.String()
    last = fields.String()
    kind = fields.String()
    fund = fields.String()
    programme = fields.String()
    chart = fields.String()
    unit = fields.String()
    family = fields.String()
    document = fields.String()
    owner = fields.Integer(error_messages={"invalid": N_("Choose someone from the list")})

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today

    @classmethod
    def asked(cls) -> tuple[str, ...]:
        """What an address may ask for; nothing else of it goes on into the link to earlier entries."""
        return tuple(cls._declared_fields)

    @post_load
    def read_days(self, sent: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The days as days; one that is not understood says what to write."""
        for name in ("first", "last"):
            if name in sent:
                try:
                    sent[name] = parsing.parse_day(sent[name], self.today)
                except parsing.ParseError as unclear:
                    raise ValidationError({name: [unclear.message]}) from unclear
        return sent


class ReasonSchema(StrictSchema):
    """Why an entry is taken back."""

    reason = required_text(N_("Say why the entry is taken back"))
