"""Offices: given for a term and ended on a day; for organisers."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork, write_books
from ledger.registers import communities, policies, roles
from web.database import get_engine, open_books
from web.i18n.formats import day_in_full
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.people import member_view
from web.pages.people.member_view import office_name
from web.pages.people.people_forms import DaySchema, OfficeSchema
from web.shared.components import Fact, Option
from web.shared.form_state import Form, form_values

bp = Blueprint("offices", __name__, url_prefix="/c/<slug>/people/<int:party_id>/office")

HINTS = {
    roles.ORGANISER: N_("Adds people, hands out slips, gives and ends offices"),
    roles.TREASURER: N_("Writes down money, looks after the budget, prints the reports"),
    roles.CHECKER: N_("Looks over the treasurer’s shoulder, and signs with them"),
}


@bp.get("")
@permissions.require_role(permissions.ORGANISER)
def ask(slug: str, party_id: int) -> ResponseReturnValue:
    """The form for an office, with a term as long as the community's policy says."""
    with open_books(slug) as books:
        today = communities.today(books)
        try:
            last = roles.last_day(books, party_id, today)
        except roles.HolderNotHere:  # the form says so when it is sent
            last = roles.term_end(today, policies.get(books, "gov.role_term_months"))
    return _page("give", slug, party_id, Form.fresh(first=today.isoformat(), last=last.isoformat()))


@bp.post("")
@permissions.require_role(permissions.ORGANISER)
def give(slug: str, party_id: int) -> ResponseReturnValue:
    """Look at it once more, then give the office."""
    try:
        sent = OfficeSchema().load(form_values(request.form))
        first, last = _term(slug, party_id, sent["first"], sent["last"])
        if sent["do"] == "save":
            with write_books(get_engine(), slug) as books:
                roles.give(books, sent["role"], party_id, first, last, entered_by=permissions.current_member().party_id)
            return _done(slug, party_id, "given")
    except (ValidationError, LedgerError) as wrong:
        return _page("give", slug, party_id, member_view.refused(wrong), 422)
    form = Form.filled(request.form)
    if sent["do"] == "change":
        return _page("give", slug, party_id, form)
    facts = _facts(sent["role"], first, last)
    return _page("give_check", slug, party_id, form, facts=facts, office=office_name(sent["role"]))


def _term(slug: str, party_id: int, first: str, last: str) -> tuple[dt.date, dt.date]:
    with open_books(slug) as books:
        begins, ends = member_view.days(books, {"first": first, "last": last})
        return begins, roles.last_day(books, party_id, begins, ends)


def _facts(role: str, first: dt.date, last: dt.date) -> list[Fact]:
    return [
        Fact(term=gettext("Office"), detail=office_name(role)),
        Fact(term=gettext("First day"), detail=day_in_full(first)),
        Fact(term=gettext("Last day"), detail=day_in_full(last)),
    ]


@bp.get("/end")
@permissions.require_role(permissions.ORGANISER)
def ask_end(slug: str, party_id: int) -> ResponseReturnValue:
    """The form for the last day of a term."""
    with open_books(slug) as books:
        today = communities.today(books)
    return _end_page(slug, party_id, Form.fresh(last=today.isoformat()))


@bp.post("/end")
@permissions.require_role(permissions.ORGANISER)
def end(slug: str, party_id: int) -> ResponseReturnValue:
    """End a term on a day; the last organiser stays until there is another."""
    try:
        written = DaySchema().load(form_values(request.form))["last"]
        with open_books(slug) as books:
            (last,) = member_view.days(books, {"last": written})
        with write_books(get_engine(), slug) as changing:
            roles.end_terms(
                changing, party_id, [_key(changing, party_id)], last, entered_by=permissions.current_member().party_id
            )
    except (ValidationError, LedgerError) as wrong:
        return _end_page(slug, party_id, member_view.refused(wrong), 422)
    return _done(slug, party_id, "ended")


def _key(books: UnitOfWork, party_id: int) -> str:
    """The term that the address names, if it is this person's."""
    key = request.args.get("term", "")
    term = roles.get_all(books).get(key)
    if term is None or term.holder != party_id:
        abort(404)
    return key


def _end_page(slug: str, party_id: int, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        term = roles.get_all(books)[_key(books, party_id)]
    facts = _facts(term.role, term.from_, term.to)
    return _page("end", slug, party_id, form, status, facts=facts, office=office_name(term.role))


def _page(name: str, slug: str, party_id: int, form: Form, status: int = 200, **more: object) -> ResponseReturnValue:
    with open_books(slug) as books:
        person = member_view.person(books, party_id)
    choices = [
        Option(value=role, label=gettext(permissions.OFFICE_NAMES[role]), hint=gettext(HINTS[role])) for role in HINTS
    ]
    html = render_template(f"people/roles_{name}.html", slug=slug, person=person, form=form, choices=choices, **more)
    return make_response(html, status)


def _done(slug: str, party_id: int, what: str) -> ResponseReturnValue:
    return redirect(url_for("person.show", slug=slug, party_id=party_id, done=what), 303)
