"""Swaps: things for things or goods for work on one day; everyone in it says yes, and values are never money."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.kinds.barter.barter import Barter
from ledger.kinds.barter.goods_for_hours import GoodsForHours
from ledger.kinds.barter.legs import Leg
from ledger.registers import communities
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.hours.log_hours_routes import choices, on_behalf_of, to_receipt
from web.pages.swaps.barter_forms import SwapSchema, Thing, WorkedSchema, quantity_of, read_swap
from web.shared import barter_text as view
from web.shared import submit
from web.shared.components import Fact
from web.shared.form_state import Form, form_values
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("barter", __name__, url_prefix="/c/<slug>/swap")
PLACES = (
    NavItem(label=N_("Swap"), endpoint="barter.ask", on_top=True, order=4),
    NavItem(label=N_("Goods for work"), endpoint="barter.ask_work", order=15),
)
NAMES = {"minutes": "duration", "helper": "who", "giver": "who", "legs": "gave1_value", "receiver": "who"}
THINGS, WORK = "swaps/barter_things.html", "swaps/barter_work.html"


@bp.get("")
@permissions.require_member
def ask(slug: str) -> ResponseReturnValue:
    """The form for things: with whom, what each gave, what it is worth or equal by agreement."""
    return _page(slug, THINGS, _fresh(slug))


@bp.get("/work")
@permissions.require_member
def ask_work(slug: str) -> ResponseReturnValue:
    """The form for goods and work."""
    return _page(slug, WORK, _fresh(slug))


def _fresh(slug: str) -> Form:
    with open_books(slug) as books:
        return Form.fresh(day=communities.today(books).isoformat())


@bp.post("")
@permissions.require_member
def save(slug: str) -> ResponseReturnValue:
    """Look at the swap once more, then offer it to the other side."""
    try:
        with open_books(slug) as books:
            sent, things = read_swap(SwapSchema(communities.today(books)), form_values(request.form))
        swap = _swap(sent, things)
        if sent["do"] == "save":
            return to_receipt(slug, submit.record_entry(slug, swap, on_behalf_of(sent)))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, THINGS, *submit.refused_form_and_status(wrong, NAMES))
    form = Form.filled(request.form)
    return _page(slug, THINGS, form) if sent["do"] == "change" else _check(slug, form, swap, swap.legs)


def _swap(sent: dict[str, Any], things: list[Thing]) -> Barter:
    me, other = sent.get("person") or permissions.current_member().party_id, sent["who"]
    return Barter(day=sent["day"], legs=tuple(_leg(one, me, other) for one in things))


def _leg(thing: Thing, me: int, other: int) -> Leg:
    giver, receiver = (me, other) if thing.is_given else (other, me)
    return Leg(giver=giver, receiver=receiver, what=thing.what, quantity=thing.quantity, value=thing.value)


@bp.post("/work")
@permissions.require_member
def save_work(slug: str) -> ResponseReturnValue:
    """Look at goods and work once more, then offer the swap to the other side."""
    try:
        with open_books(slug) as books:
            sent = WorkedSchema(communities.today(books)).load(form_values(request.form))
        swap = _worked(sent)
        if sent["do"] == "save":
            return to_receipt(slug, submit.record_entry(slug, swap, on_behalf_of(sent)))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, WORK, *submit.refused_form_and_status(wrong, NAMES))
    form = Form.filled(request.form)
    return _page(slug, WORK, form) if sent["do"] == "change" else _check(slug, form, swap, swap.swapped())


def _worked(sent: dict[str, Any]) -> GoodsForHours:
    me, other = sent.get("person") or permissions.current_member().party_id, sent["who"]
    helper, giver = (me, other) if sent["side"] == "worked" else (other, me)
    return GoodsForHours(
        helper=helper,
        minutes=sent["duration"],
        work=sent["work"],
        giver=giver,
        goods=sent["goods"],
        quantity=quantity_of(sent),
        value=sent.get("value"),
        day=sent["day"],
    )


def _check(slug: str, form: Form, swap: Barter | GoodsForHours, legs: tuple[Leg, ...]) -> ResponseReturnValue:
    with open_books(slug) as books:
        labels = Labels.of(books)
    people = sorted(swap.people(), key=lambda one: one != legs[0].giver)
    me = permissions.current_member().party_id
    html = render_template(
        "hours/log_hours_check.html",
        slug=slug,
        form=form,
        halves=view.swap_halves(legs, people, me, labels),
        facts=[
            Fact(term=gettext("Day"), detail=formats.day_in_full(swap.day)),
            Fact(term=gettext("Between"), detail=formats.names(labels.person(one) for one in people)),
        ],
        lead=gettext("The values only say what you both find even. They are not money and never become hours."),
        act=gettext("Write this swap down"),
        table=None,
    )
    return make_response(html)


def _page(slug: str, template: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        html = render_template(template, slug=slug, form=form, **choices(books))
    return make_response(html, status)
