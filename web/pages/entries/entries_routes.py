"""Entries: found by what they say, opened one by one, and taken back with a reason."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import ReadUnit, write_books
from ledger.journal import posting, queries, reversal
from ledger.journal.queries import EntryFilter
from ledger.registers import communities
from web.database import get_engine, open_books
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.entries import entries_view as view
from web.pages.entries.entries_forms import FilterSchema, ReasonSchema
from web.shared.components import Link
from web.shared.form_state import Form, form_values, refused_form
from web.shared.labels import Labels, kind_options
from web.shared.layout import NavItem

bp = Blueprint("entries", __name__, url_prefix="/c/<slug>/entries")
PLACES = (
    NavItem(
        label=N_("Entries"),
        endpoint="entries.show_all",
        area="office",
        roles=frozenset({"treasurer", "checker"}),
        on_top=True,
        order=20,
    ),
)
A_PAGE = 30


@bp.get("")
@permissions.require_role("treasurer", "checker")
def show_all(slug: str) -> ResponseReturnValue:
    """The entries, newest number first, narrowed by what is asked for."""
    with open_books(slug) as books:
        today = communities.today(books)
        form, wanted = _asked(today)
        found = queries.entries(books, wanted, before=request.args.get("before", type=int), limit=A_PAGE)
        labels, kinds = Labels.of(books), queries.kind_slugs(books)
        rows = [view.row(entry, permissions.current_member(), today) for entry in found.entries]
    choices = {
        "kinds": kind_options(kinds),
        "funds": labels.fund_options(),
        "programmes": labels.programme_options(),
        "charts": labels.chart_options(),
        "people": labels.people_options(),
    }
    html = render_template("entries/entries.html", slug=slug, form=form, rows=rows, next=_next(slug, found), **choices)
    return make_response(html, 422 if form.errors else 200)


def _asked(today: dt.date) -> tuple[Form, EntryFilter]:
    sent = request.args.copy()
    for name in ("before", "lang"):
        sent.pop(name, None)
    try:
        return Form.filled(sent), EntryFilter(**FilterSchema(today).load(form_values(sent)))
    except ValidationError as wrong:
        return Form.filled(sent, wrong.messages_dict), EntryFilter()


def _next(slug: str, found: queries.EntryPage) -> Link | None:
    if found.before is None:
        return None
    asked = {name: request.args[name] for name in FilterSchema.asked() if name in request.args}
    href = url_for("entries.show_all", slug=slug, before=found.before, **asked)  # type: ignore[arg-type]
    return Link(label=gettext("Earlier entries"), href=href)


@bp.get("/<int:number>")
@permissions.require_member
def show(slug: str, number: int) -> ResponseReturnValue:
    """One entry with its chain position and who did what; members see its receipt, which says it in their words."""
    with open_books(slug) as books:
        entry = _visible(books, number)
        page = view.page(books, entry, permissions.current_member()) if permissions.may_read_all() else None
    if page is None:
        return redirect(url_for("receipts.entry", slug=slug, number=number), 303)
    done = gettext("The words are erased.") if request.args.get("done") == "erased" and page.is_erased else ""
    return render_template("entries/entry.html", slug=slug, page=page, done=done)


@bp.get("/<int:number>/reverse")
@permissions.require_role("treasurer")
def ask_reason(slug: str, number: int) -> ResponseReturnValue:
    """The form that takes an entry back."""
    return _reverse_page(slug, number, Form.fresh())


@bp.post("/<int:number>/reverse")
@permissions.require_role("treasurer")
def reverse(slug: str, number: int) -> ResponseReturnValue:
    """Take an entry back: a new entry says the opposite, with the reason."""
    me = permissions.current_member().party_id
    try:
        sent = ReasonSchema().load(form_values(request.form))
        key = posting.Key(posting.FORM, request.form["key"])
        with write_books(get_engine(), slug) as books:
            posted = reversal.reverse(books, number, sent["reason"], posting.Actors(me), key)
    except (ValidationError, LedgerError) as wrong:
        return _reverse_page(slug, number, refused_form(wrong), 422)
    return redirect(url_for("entries.show", slug=slug, number=posted.entry_id), 303)


def _reverse_page(slug: str, number: int, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        page = view.page(books, _visible(books, number), permissions.current_member())
    return make_response(render_template("entries/entry_reverse.html", slug=slug, page=page, form=form), status)


def _visible(books: ReadUnit, number: int) -> queries.Entry:
    entry = queries.entry(books, number)
    if not view.may_see(permissions.current_member(), entry):
        abort(404)
    return entry
