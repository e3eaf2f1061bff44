"""Decisions of the assembly: the list that payments and transfers name, and the form that adds to it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError, NameTaken
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import write_books
from ledger.registers import communities, decisions
from ledger.registers.records import Decision
from web.database import get_engine, open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.settings.decisions_forms import METHODS, DecisionSchema
from web.shared.components import Option, Row
from web.shared.form_state import Form, form_values, refused_form
from web.shared.layout import NavItem

bp = Blueprint("decisions", __name__, url_prefix="/c/<slug>/decisions")
PLACES = (NavItem(label=N_("Decisions"), endpoint="decisions.show", order=80),)
METHOD_NAMES = {
    "consent": N_("by consent"),
    "consensus": N_("by consensus"),
    "majority": N_("by majority"),
    "panel": N_("by a panel"),
}


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """What was decided, newest first; decisions of closed sessions are not listed."""
    return _page(slug, Form.fresh(method="consent"))


@bp.post("")
@permissions.require_role("treasurer", "organiser")
def add(slug: str) -> ResponseReturnValue:
    """Write a decision down, so that entries can rest on it."""
    try:
        with write_books(get_engine(), slug) as books:
            made = DecisionSchema(communities.today(books)).load(form_values(request.form))
            _refuse_other(decisions.get_all(books).get(made.id), made)
            decisions.add(books, made, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, refused_form(wrong), 422)
    return redirect(url_for("decisions.show", slug=slug), 303)


def _refuse_other(known: Decision | None, made: Decision) -> None:
    if known is not None and known != made:
        raise NameTaken(make_message("Another decision has the code “%(code)s” already.", code=made.id), "id")


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        today = communities.today(books)
        found = [one for one in decisions.get_all(books).values() if not one.private]
    found.sort(key=lambda one: (one.date, one.id), reverse=True)
    rows = [
        Row(
            when=formats.day(one.date, today),
            day=one.date.isoformat(),
            text=one.text,
            amount=one.id,
            note=gettext("%(body)s, %(how)s", body=one.body, how=gettext(METHOD_NAMES.get(one.method, one.method))),
        )
        for one in found
    ]
    html = render_template(
        "settings/decisions.html",
        slug=slug,
        form=form,
        rows=rows,
        methods=[Option(value=method, label=gettext(METHOD_NAMES[method])) for method in METHODS],
        may_add=permissions.current_member().may("treasurer", "organiser"),
    )
    return make_response(html, status)
