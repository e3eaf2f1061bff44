"""One person, for organisers: offices, the way in, and the last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import write_books
from ledger.registers import communities, members, roles
from web.database import get_engine, open_books
from web.i18n.formats import day_in_full
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.people import member_view
from web.pages.people.people_forms import DaySchema, FirstDaySchema, NameSchema
from web.pages.people.people_forms import person as person_name
from web.shared.components import Fact
from web.shared.form_state import Form, form_values

bp = Blueprint("person", __name__, url_prefix="/c/<slug>/people/<int:party_id>")

DONE = {
    "given": N_("The office is given."),
    "ended": N_("The term has its last day."),
    "named": N_("The name is changed."),
    "joined": N_("The first day is changed."),
    "erased": N_("The names are erased."),
    "left": N_("The last day is noted. From the day after, this person cannot sign in here."),
}


@bp.get("")
@permissions.require_role(permissions.ORGANISER)
def show(slug: str, party_id: int) -> ResponseReturnValue:
    """What organisers know of somebody, and what was done just now."""
    with open_books(slug) as books:
        person = member_view.person(books, party_id)
    done = DONE.get(request.args.get("done", ""), "")
    return render_template("people/member.html", slug=slug, person=person, done=done, form=Form.fresh())


@bp.get("/name")
@permissions.require_role(permissions.ORGANISER)
def ask_name(slug: str, party_id: int) -> ResponseReturnValue:
    """The form for somebody's name."""
    with open_books(slug) as books:
        name = member_view.member(books, party_id).name
    return _page("name", slug, party_id, Form.fresh(name=name))


@bp.post("/name")
@permissions.require_role(permissions.ORGANISER)
def rename(slug: str, party_id: int) -> ResponseReturnValue:
    """Change somebody's name from now on."""
    try:
        name = person_name(NameSchema().load(form_values(request.form))["name"], "name")
        with write_books(get_engine(), slug) as books:
            renamed = replace(member_view.member(books, party_id), name=name)
            members.change(books, renamed, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _page("name", slug, party_id, member_view.refused(wrong), 422)
    return redirect(url_for("person.show", slug=slug, party_id=party_id, done="named"), 303)


@bp.get("/joined")
@permissions.require_role(permissions.ORGANISER)
def ask_joined(slug: str, party_id: int) -> ResponseReturnValue:
    """The form for somebody's first day in the community."""
    with open_books(slug) as books:
        first = member_view.member(books, party_id).joined
    return _page("joined", slug, party_id, Form.fresh(first=first.isoformat()))


@bp.post("/joined")
@permissions.require_role(permissions.ORGANISER)
def change_joined(slug: str, party_id: int) -> ResponseReturnValue:
    """Note another first day: nothing can be written down for somebody from before it."""
    try:
        written = FirstDaySchema().load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            (first,) = member_view.days(books, written)
            joined = member_view.joined_on(books, party_id, first)
            members.change(books, joined, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _page("joined", slug, party_id, member_view.refused(wrong), 422)
    return redirect(url_for("person.show", slug=slug, party_id=party_id, done="joined"), 303)


@bp.get("/leave")
@permissions.require_role(permissions.ORGANISER)
def ask_leave(slug: str, party_id: int) -> ResponseReturnValue:
    """The form for somebody's last day in the community."""
    with open_books(slug) as books:
        today = communities.today(books)
    return _page("leave", slug, party_id, Form.fresh(last=today.isoformat()))


@bp.post("/leave")
@permissions.require_role(permissions.ORGANISER)
def leave(slug: str, party_id: int) -> ResponseReturnValue:
    """Look at it once more, then note the last day; open offices end with it."""
    try:
        sent = DaySchema().load(form_values(request.form))
        last = _last_day(slug, party_id, sent["last"])
        if sent["do"] == "save":
            _leave(slug, party_id, last)
            return redirect(url_for("person.show", slug=slug, party_id=party_id, done="left"), 303)
    except (ValidationError, LedgerError) as wrong:
        return _page("leave", slug, party_id, member_view.refused(wrong), 422)
    form = Form.filled(request.form)
    if sent["do"] == "change":
        return _page("leave", slug, party_id, form)
    facts = [Fact(term=gettext("Last day"), detail=day_in_full(last))]
    return _page("leave_check", slug, party_id, form, facts=facts)


def _last_day(slug: str, party_id: int, written: str) -> dt.date:
    with open_books(slug) as books:
        (last,) = member_view.days(books, {"last": written})
        if last < member_view.member(books, party_id).joined:
            raise FieldsWrong({"last": make_message("The last day lies before the first.")})
    return last


def _leave(slug: str, party_id: int, last: dt.date) -> None:
    with write_books(get_engine(), slug) as books:
        member = member_view.member(books, party_id)
        mine = [key for key, term in roles.get_all(books).items() if term.holder == party_id]
        roles.end_terms(books, party_id, mine, last, entered_by=permissions.current_member().party_id)
        members.change(books, replace(member, left=last), entered_by=permissions.current_member().party_id)


def _page(
    name: str, slug: str, party_id: int, form: Form, status: int = 200, facts: Sequence[Fact] = ()
) -> ResponseReturnValue:
    with open_books(slug) as books:
        person = member_view.person(books, party_id)
    html = render_template(f"people/member_{name}.html", slug=slug, person=person, form=form, facts=facts)
    return make_response(html, status)
