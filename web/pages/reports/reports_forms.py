"""Asking for a report: which, of which month, in which form, read at which number."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from ledger.core.messages import N_
from ledger.core.periods import Month
from web import parsing
from web.shared.fields import StrictSchema, required_text

FORMS = ("html", "pdf-a4", "pdf-letter", "csv")


class ChoiceSchema(StrictSchema):
    """What was chosen on the page that makes reports."""

    report = required_text(N_("Choose a report"))
    month = required_text(N_("Choose a month"))
    form = fields.String(
        load_default="html", validate=validate.OneOf(FORMS, error=N_("Choose a web page, a PDF or a spreadsheet"))
    )
    lang = fields.String()

    @post_load
    def read_month(self, sent: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The month as a month."""
        return sent | {"month": month_of(sent["month"])}


def month_of(text: str) -> Month:
    """A month as people or addresses write it; ValidationError says how."""
    try:
        return Month.parse(text) if text[:4].isdecimal() else parsing.parse_month(text)
    except ValueError as unclear:
        raise ValidationError({"month": [N_("Write the month as 2026-03")]}) from unclear
