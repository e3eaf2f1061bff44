"""Gifts of hours: passed on to the community's pot or to a member, looked at once more before they are given."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.kinds.time.hours_gift import HoursGift
from ledger.registers import communities, members
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.hours.hours_forms import GiftSchema
from web.pages.hours.log_hours_routes import choices, on_behalf_of, to_receipt
from web.shared import submit
from web.shared.components import Fact
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("gifts", __name__, url_prefix="/c/<slug>/hours/gift")
PLACES = (NavItem(label=N_("Gift of hours"), endpoint="gifts.ask", order=14),)
NAMES = {"minutes": "duration", "giver": "person"}


@bp.get("")
@permissions.require_member
def ask(slug: str) -> ResponseReturnValue:
    """The form: to whom, how much."""
    return _page(slug, Form.fresh())


@bp.post("")
@permissions.require_member
def save(slug: str) -> ResponseReturnValue:
    """Look at the gift once more, then give it."""
    try:
        sent = GiftSchema().load(form_values(request.form))
        gift = _gift(slug, sent)
        if sent["do"] == "save":
            return to_receipt(slug, submit.record_entry(slug, gift, on_behalf_of(sent)))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, *submit.refused_form_and_status(wrong, NAMES))
    form = Form.filled(request.form)
    return _page(slug, form) if sent["do"] == "change" else _check(slug, form, gift)


def _gift(slug: str, sent: dict[str, Any]) -> HoursGift:
    if sent["to"] == "member" and not sent.get("receiver"):
        raise ValidationError({"receiver": [gettext("Choose a person")]})
    with open_books(slug) as books:
        today = communities.today(books)
    return HoursGift(
        giver=sent.get("person") or permissions.current_member().party_id,
        minutes=sent["duration"],
        receiver=sent.get("receiver") if sent["to"] == "member" else None,
        note=sent.get("note"),
        day=today,
    )


def _check(slug: str, form: Form, gift: HoursGift) -> ResponseReturnValue:
    with open_books(slug) as books:
        people = members.parties(books)
    length = formats.hours_in_words(gift.minutes)
    giver, receiver = (people[one].name if one in people else "" for one in (gift.giver, gift.receiver or 0))
    to = receiver if gift.receiver else gettext("the community’s pot")
    facts = [
        Fact(term=gettext("Passed on by"), detail=giver),
        Fact(term=gettext("To"), detail=to),
        Fact(term=gettext("How much"), detail=length),
        *([Fact(term=gettext("Note"), detail=gift.note)] if gift.note else []),
    ]
    act = gettext("Give %(length)s to %(name)s", length=length, name=to)
    lead = gettext("It is taken off the giver’s hours at once. Nobody owes anything for it.")
    if form.value("person"):
        lead = gettext("It waits until its giver says yes, unless you write it down for them.")
    return make_response(
        render_template("hours/log_hours_check.html", slug=slug, form=form, facts=facts, act=act, lead=lead, table=None)
    )


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        html = render_template("hours/hours_gift.html", slug=slug, form=form, **choices(books))
    return make_response(html, status)
