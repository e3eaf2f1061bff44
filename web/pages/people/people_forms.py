"""People and their offices: pasted names, days of a term; text in, checked values out."""

from __future__ import annotations

import re
import unicodedata

from marshmallow import fields, validate

from ledger.core.errors import FieldWrong
from ledger.core.messages import N_, make_message
from web.identity.usernames import comparison_key
from web.shared.fields import StrictSchema, required_text

LONGEST_NAME = 80
MOST_AT_ONCE = 200
_MARKS = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+|[;,\s]+$")


class NamesSchema(StrictSchema):
    """Names, one a line; what the button said."""

    names = required_text(N_("Write at least one name"))
    do = fields.String(load_default="")


class NameSchema(StrictSchema):
    """Somebody's name from now on."""

    name = required_text(N_("Write a name"))


class FirstDaySchema(StrictSchema):
    """Somebody's first day in the community."""

    first = required_text(N_("Write the first day"))


class OfficeSchema(StrictSchema):
    """An office and the days from which and until which it is held."""

    role = fields.String(
        required=True,
        validate=validate.OneOf(["organiser", "treasurer", "checker"], error=N_("Choose an office")),
        error_messages={"required": N_("Choose an office")},
    )
    first = required_text(N_("Write the day on which it begins"))
    last = required_text(N_("Write the day on which it ends"))
    do = fields.String(load_default="")


class DaySchema(StrictSchema):
    """The last day of something."""

    last = required_text(N_("Write the last day"))
    do = fields.String(load_default="")


def person(text: str, field: str) -> str:
    """A person's name with single spaces; FieldWrong when there is none or it is too long."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", _MARKS.sub("", _MARKS.sub("", text)))).strip()
    if not name or len(name) > LONGEST_NAME or not any(sign.isalpha() for sign in name):
        raise FieldWrong(field, make_message("Write a name of 1 to %(most)s letters.", most=LONGEST_NAME))
    return name


def people(text: str, field: str = "names") -> list[str]:
    """Names from lines as they were typed or pasted: numbers, dashes and commas around them do not matter."""
    found = [person(line, field) for line in text.splitlines() if line.strip(" \t-*•–.,;")]
    if not found:
        raise FieldWrong(field, make_message("Write at least one name."))
    if len(found) > MOST_AT_ONCE:
        raise FieldWrong(field, make_message("Add at most %(most)s people at once.", most=MOST_AT_ONCE))
    seen: set[str] = set()
    for name in found:
        if comparison_key(name) in seen:
            raise FieldWrong(
                field, make_message("This name stands there twice: “%(name)s”. Add a second name.", name=name)
            )
        seen.add(comparison_key(name))
    return found
