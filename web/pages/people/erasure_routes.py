"""Erasing, for good: the names of somebody who left, and the words of an entry; looked at once more before."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import write_books
from ledger.journal import queries
from ledger.journal.queries import Entry
from ledger.registers import erasure
from web.backup import erasure_list
from web.database import get_engine, open_books
from web.identity import logins, permissions
from web.pages.entries import entries_view
from web.pages.people import member_view
from web.shared.form_state import Form

bp = Blueprint("erasing", __name__, url_prefix="/c/<slug>")


@bp.get("/people/<int:party_id>/erase")
@permissions.require_role(permissions.ORGANISER)
def ask_names(slug: str, party_id: int) -> ResponseReturnValue:
    """What goes and what stays when somebody's names are erased."""
    return _names_page(slug, party_id, Form.fresh())


@bp.post("/people/<int:party_id>/erase")
@permissions.require_role(permissions.ORGANISER)
def names(slug: str, party_id: int) -> ResponseReturnValue:
    """Erase every name of somebody who left, and their sign-in here."""
    try:
        with write_books(get_engine(), slug) as books:
            member_view.member(books, party_id)
            erasure.erase_names(books, party_id, entered_by=permissions.current_member().party_id)
            logins.remove_party(books.connection, books.community_id, party_id)
    except LedgerError as wrong:
        return _names_page(slug, party_id, Form.filled(request.form, wrong), 422)
    _write_down()
    return redirect(url_for("person.show", slug=slug, party_id=party_id, done="erased"), 303)


@bp.get("/entries/<int:number>/erase")
@permissions.require_role(permissions.TREASURER)
def ask_words(slug: str, number: int) -> ResponseReturnValue:
    """What goes and what stays when an entry's words are erased."""
    return _words_page(slug, number, Form.fresh())


@bp.post("/entries/<int:number>/erase")
@permissions.require_role(permissions.TREASURER)
def words(slug: str, number: int) -> ResponseReturnValue:
    """Erase an entry's words; its amounts stay."""
    try:
        with write_books(get_engine(), slug) as books:
            erasure.erase_words(books, number, entered_by=permissions.current_member().party_id)
    except LedgerError as wrong:
        return _words_page(slug, number, Form.filled(request.form, wrong), 422)
    _write_down()
    return redirect(url_for("entries.show", slug=slug, number=number, done="erased"), 303)


def _write_down() -> None:
    """Keep the list of erasures beside the database, so that books restored from an older backup do not show them."""
    erasure_list.update_list(get_engine(), current_app.extensions["settings"].data_dir)


def _names_page(slug: str, party_id: int, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        person = member_view.person(books, party_id)
    return make_response(render_template("people/erasure.html", slug=slug, person=person, form=form), status)


def _words_page(slug: str, number: int, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        entry = queries.entry(books, number)
        page = entries_view.page(books, entry, permissions.current_member())
    said = _said(entry)
    return make_response(
        render_template("entries/entry_erase.html", slug=slug, page=page, said=said, form=form), status
    )


def _said(entry: Entry) -> list[str]:
    return [text for text in entry.texts.values() if text]
