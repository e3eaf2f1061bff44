"""A decision on a form: text in, a record out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from ledger.core.messages import N_
from ledger.registers.records import Decision
from web import parsing
from web.shared.fields import StrictSchema, required_text

METHODS = ("consent", "consensus", "majority")
LONGEST_CODE = 20


class DecisionSchema(StrictSchema):
    """What was decided, by whom, when and how."""

    id = fields.String(
        required=True,
        validate=validate.Regexp(
            rf"^[A-Za-z0-9][A-Za-z0-9-]{{0,{LONGEST_CODE - 1}}}$",
            error=N_("Letters, figures and hyphens, such as A-07"),
        ),
        error_messages={"required": N_("Give it a short code, such as A-07")},
    )
    text = required_text(N_("Say what was decided, in one sentence"))
    date = required_text(N_("Write the day on which it was decided"))
    body = fields.String(load_default="assembly")
    method = fields.String(load_default="consent", validate=validate.OneOf(METHODS, error=N_("Choose how")))

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> Decision:
        """The decision with its day as a day."""
        try:
            return Decision(**(sent | {"date": parsing.parse_day(sent["date"], self.today)}))
        except parsing.ParseError as unclear:
            raise ValidationError({"date": [unclear.message]}) from unclear
