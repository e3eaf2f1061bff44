"""Group sessions: who led, who came, how it counts; looked at once more, with everyone's part, before it is saved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.kinds.fields import fields_of
from ledger.kinds.time.group_session import COMMUNITY_PAYS, GroupSession
from ledger.registers import communities
from ledger.rules.books_view import BooksLookup
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext, ngettext
from web.identity import permissions
from web.pages.hours.hours_forms import SessionSchema
from web.pages.hours.log_hours_routes import choices, to_receipt
from web.shared import submit
from web.shared.components import Column, Fact, Option, Table, single_group
from web.shared.form_state import Form, form_values
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("sessions", __name__, url_prefix="/c/<slug>/hours/session")
PLACES = (NavItem(label=N_("Group session"), endpoint="sessions.ask", order=13),)
NAMES = {"minutes": "duration", "leaders": "leader"}


@bp.get("")
@permissions.require_member
def ask(slug: str) -> ResponseReturnValue:
    """The form: what, who led, how long, how it counts, who came."""
    with open_books(slug) as books:
        today = communities.today(books)
    return _page(slug, Form.fresh(day=today.isoformat(), leader=str(permissions.current_member().party_id)))


@bp.post("")
@permissions.require_member
def save(slug: str) -> ResponseReturnValue:
    """Look at everyone's part once more, then save."""
    try:
        with open_books(slug) as books:
            sent = SessionSchema(communities.today(books)).load(form_values(request.form))
        session = _session(sent)
        if sent["do"] == "save":
            return to_receipt(slug, submit.record_entry(slug, session))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, *submit.refused_form_and_status(wrong, NAMES))
    form = Form.filled(request.form)
    return _page(slug, form) if sent["do"] == "change" else _check(slug, form, session)


def _session(sent: dict[str, Any]) -> GroupSession:
    return GroupSession(
        what=sent["what"],
        leaders=(sent["leader"],),
        minutes=sent["duration"],
        mode=sent["mode"],
        guests=() if sent["mode"] == COMMUNITY_PAYS else sent.get("guests", ()),
        headcount=sent.get("headcount"),
        programme=sent.get("programme"),
        day=sent["day"],
    )


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        html = render_template("hours/group_session.html", slug=slug, form=form, modes=_modes(), **choices(books))
    return make_response(html, status)


def _modes() -> list[Option]:
    spec = next(spec for spec in fields_of(GroupSession) if spec.name == "mode")
    return [Option(value=one.value, label=gettext(one.label), hint=gettext(one.hint)) for one in spec.choices]


def _check(slug: str, form: Form, session: GroupSession) -> ResponseReturnValue:
    with open_books(slug) as books:
        labels, draft = Labels.of(books), session.draft(BooksLookup(books, formats.format_message))
    leader, length = labels.person(session.leaders[0]), formats.hours_in_words(session.minutes)
    parts = [
        (labels.person(line.leaf.owner), line.amount)
        for line in draft.postings
        if line.leaf.owner in session.guests and line.amount > 0
    ]
    html = render_template(
        "hours/log_hours_check.html",
        slug=slug,
        form=form,
        facts=_facts(session, labels),
        lead=gettext("%(length)s of this person’s time: %(name)s", length=length, name=leader),
        act=_act(session, length),
        table=_table(parts) if parts else None,
        told=gettext("Everyone who came sees their own part only, and says yes to it."),
    )
    return make_response(html)


def _act(session: GroupSession, length: str) -> str:
    if not session.guests:
        return gettext("Save a session of %(length)s", length=length)
    return ngettext("Save it for %(count)s person", "Save it for %(count)s people", len(session.guests))


def _facts(session: GroupSession, labels: Labels) -> list[Fact]:
    mode = next(one.label for one in _modes() if one.value == session.mode)
    known = [
        (gettext("What"), session.what),
        (gettext("Day"), formats.day_in_full(session.day)),
        (gettext("How long"), formats.hours_in_words(session.minutes)),
        (gettext("Led by"), formats.names(labels.person(one) for one in session.leaders)),
        (gettext("Who came"), formats.names(labels.person(one) for one in session.guests)),
        (gettext("How many came"), str(session.headcount or "")),
        (gettext("For"), labels.programme(session.programme)),
        (gettext("How it counts"), mode),
    ]
    return [Fact(term=term, detail=detail) for term, detail in known if detail]


def _table(parts: list[tuple[str, int]]) -> Table:
    columns = [Column(label=gettext("Who came")), Column(label=gettext("Receives"), numeric=True)]
    total = formats.hours_column(sum(minutes for _, minutes in parts))
    return Table(
        caption=gettext("Each one’s part"),
        columns=columns,
        groups=single_group([[name, formats.hours_column(minutes)] for name, minutes in parts]),
        totals=[[gettext("Together"), total]],
        sentence=_uneven(parts),
        slim=True,
    )


def _uneven(parts: list[tuple[str, int]]) -> str:
    if len({minutes for _, minutes in parts}) == 1:
        return ""
    return gettext(
        "The minutes do not divide evenly. The odd ones fall on the first of the list, so the parts add up exactly."
    )
