"""Forms about hours: help as last time, other help, work for the community, a session, a gift; text in, values out."""

from __future__ import annotations

from marshmallow import fields, validate

from ledger.core.messages import N_
from web.shared.fields import Count, DatedSchema, Day, Duration, People, Person, StrictSchema, TextLine

ELSE = "else"


class AgainSchema(DatedSchema):
    """Three taps: what as last time, how long, and the day chosen beforehand."""

    what = fields.String(
        required=True, error_messages={"required": N_("Choose what it was"), "invalid": N_("Choose what it was")}
    )
    duration = Duration(required=True)
    day = Day(required=True)


class HelpSchema(DatedSchema):
    """Help between two people, told from one side; `person` is that side where someone else writes for them."""

    person = Person()
    side = fields.String(
        required=True,
        validate=validate.OneOf(["gave", "received"], error=N_("Choose who helped")),
        error_messages={"required": N_("Choose who helped"), "invalid": N_("Choose who helped")},
    )
    who = Person(required=True)
    what = TextLine()
    programme = TextLine()
    duration = Duration(required=True)
    day = Day(required=True)


class WorkSchema(DatedSchema):
    """Work for everyone, which the community's pot gives back in hours."""

    person = Person()
    programme = TextLine(required=True, error_messages={"required": N_("Choose what it was for")})
    what = TextLine()
    headcount = Count()
    duration = Duration(required=True)
    day = Day(required=True)


class SessionSchema(DatedSchema):
    """A session for a group; what the button said."""

    what = TextLine(required=True, error_messages={"required": N_("Write what it was about")})
    leader = Person(required=True, error_messages={"required": N_("Choose who led it")})
    duration = Duration(required=True)
    mode = fields.String(
        required=True, error_messages={"required": N_("Choose how it counts"), "invalid": N_("Choose how it counts")}
    )
    guests = People()
    headcount = Count()
    programme = TextLine()
    day = Day(required=True)
    do = fields.String(load_default="")


class GiftSchema(StrictSchema):
    """Hours passed on; what the button said."""

    person = Person()
    to = fields.String(
        required=True,
        validate=validate.OneOf(["pot", "member"], error=N_("Choose to whom")),
        error_messages={"required": N_("Choose to whom"), "invalid": N_("Choose to whom")},
    )
    receiver = Person()
    duration = Duration(required=True, error_messages={"required": N_("Choose how much, or write it")})
    note = TextLine()
    do = fields.String(load_default="")
