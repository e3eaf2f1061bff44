"""The set-up pages: what a community is called and counts in, who is in it, what was there on the first day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import fields, validate

from ledger.core.errors import FieldsWrong, FieldWrong
from ledger.core.messages import N_, Message, make_message
from ledger.registers import communities
from ledger.registers.records import CommunitySettings
from web import parsing
from web.identity.onboarding import FUNDS, MONEY_PLACES, Basics, Opening, suggest_slug
from web.identity.usernames import comparison_key
from web.pages.people.people_forms import people, person
from web.parsing import ParseError
from web.shared.fields import StrictSchema, required_text

PAPERS = ("a4", "letter")
OLDEST_YEARS = 30


class SettingsSchema(StrictSchema):
    """What the community says of itself and can change at any time."""

    name = required_text(N_("Write the name of your community"))
    timezone = required_text(N_("Choose the time zone that you live in"))
    language = required_text(N_("Choose a language"))
    paper = fields.String(
        required=True,
        validate=validate.OneOf(PAPERS, error=N_("Choose the paper that you print on")),
        error_messages={"required": N_("Choose the paper that you print on")},
    )
    first_month = fields.Integer(
        required=True,
        validate=validate.Range(1, 12, error=N_("Choose a month")),
        error_messages={"required": N_("Choose a month"), "invalid": N_("Choose a month")},
    )


class BasicsSchema(SettingsSchema):
    """What the community is called and counts in."""

    slug = fields.String(load_default="")
    currency = required_text(N_("Choose the money that you use"))


class PeopleSchema(StrictSchema):
    """Oneself and the others."""

    you = required_text(N_("Write your name"))
    others = fields.String(load_default="")


def amount_fields() -> dict[str, tuple[str, str]]:
    """The fields of the opening page, and the fund and place that each stands for."""
    return {f"{fund.lower()}_{place}": (fund, place) for fund in FUNDS for place in MONEY_PLACES}


_LINES: dict[str, fields.Field[Any]] = {name: fields.String(load_default="") for name in ("day", *amount_fields())}
OpeningSchema = StrictSchema.from_dict(_LINES, name="OpeningSchema")


def zones() -> list[str]:
    """The time zones that people live in, by region and city."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    named = {line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")}
    return [*sorted(named & available_timezones()), "UTC"]


def read_basics(sent: Mapping[str, object], is_taken: Callable[[str], bool]) -> Basics:
    """The first page, understood; FieldsWrong for what is not."""
    read = dict(BasicsSchema().load(sent))
    slug = read["slug"] or suggest_slug(read["name"])
    wrong: dict[str, Message] = {}
    if not slug or suggest_slug(slug) != slug:
        wrong["slug"] = make_message(
            "Write a short name of small letters, digits and single hyphens, such as green-lane."
        )
    elif is_taken(slug):
        wrong["slug"] = make_message("Another community here has this short name. Write another one.")
    try:
        settings = communities.validate_settings(
            CommunitySettings(name=read["name"], currency=read["currency"].upper(), timezone=read["timezone"])
        )
    except FieldWrong as refusal:
        raise FieldsWrong(wrong | {str(refusal.field): refusal.message}) from refusal
    if wrong:
        raise FieldsWrong(wrong)
    return Basics(**read | {"slug": slug, "name": settings.name, "currency": settings.currency})


def read_people(sent: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """The second page: oneself, and the others."""
    read = PeopleSchema().load(sent)
    wrong: dict[str, Message] = {}
    you, others = "", []
    try:
        you = person(read["you"], "you")
    except FieldWrong as refusal:
        wrong["you"] = refusal.message
    try:
        others = people(read["others"], "others") if read["others"].strip() else []
    except FieldWrong as refusal:
        wrong["others"] = refusal.message
    if wrong:
        raise FieldsWrong(wrong)
    return you, tuple(name for name in others if comparison_key(name) != comparison_key(you))


def read_opening(sent: Mapping[str, object], currency: str, timezone: str) -> Opening | None:
    """The third page: what was there on the first day; None where nothing was filled in."""
    read = OpeningSchema().load(sent)
    wrong: dict[str, Message] = {}
    amounts: dict[tuple[str, str], int] = {}
    for name, place in amount_fields().items():
        try:
            if read[name].strip():
                amounts[place] = parsing.parse_amount(read[name], currency, allow_negative=place[1] != "cash")
        except ParseError as refusal:
            wrong[name] = refusal.message
    if not amounts and not wrong:
        return None
    try:
        day = _day(read["day"], dt.datetime.now(ZoneInfo(timezone)).date())
    except FieldWrong as refusal:
        raise FieldsWrong(wrong | {"day": refusal.message}) from refusal
    if wrong:
        raise FieldsWrong(wrong)
    return Opening(day=day, amounts=amounts)


def _day(text: str, today: dt.date) -> dt.date:
    try:
        day = parsing.parse_day(text, today)
    except ParseError as refusal:
        raise FieldWrong("day", refusal.message) from refusal
    if day > today:
        raise FieldWrong("day", make_message("Write a day that has come already. Today is %(today)s.", today=today))
    if day.year < today.year - OLDEST_YEARS:
        raise FieldWrong("day", make_message("Write a day within the last %(years)s years.", years=OLDEST_YEARS))
    return day
