"""The desk: what needs whoever keeps, organises or checks the books, and payments that wait for a second person."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import queries
from ledger.journal.idempotency import Actors
from ledger.kinds.enterprise.cost import Cost
from ledger.registers import communities
from ledger.workflow import record
from ledger.workflow.agreements import UnknownAgreement
from ledger.workflow.claims import Claim
from ledger.workflow.record import RecordResult
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.confirmations import approval_view
from web.pages.desk import desk_view as view
from web.pages.desk.desk_context import DeskContext
from web.pages.entries.entries_view import may_see_receipt
from web.pages.entries.entry_form import FOR_WHOM
from web.shared import submit
from web.shared.form_state import Form
from web.shared.labels import Labels
from web.shared.layout import NavItem

OFFICES = (permissions.TREASURER, permissions.ORGANISER, permissions.CHECKER)
bp = Blueprint("desk", __name__, url_prefix="/c/<slug>/desk")
PLACES = (
    NavItem(label=N_("Desk"), endpoint="desk.show", area="office", roles=frozenset(OFFICES), on_top=True, order=10),
)
DONE = {
    "declined": N_("Declined. Nothing of it stands in the book."),
    "withdrawn": N_("Taken back. Nothing of it stands in the book."),
    "agreed": N_("Your yes is noted. It waits for others still."),
}


@bp.get("")
@permissions.require_role(*OFFICES)
def show(slug: str) -> ResponseReturnValue:
    """What needs someone, where the money and the hours are, and what is in order."""
    with open_books(slug) as books:
        page = view.page(DeskContext.of(books, permissions.current_member(), communities.today(books)))
    done = DONE.get(request.args.get("done", ""))
    may = permissions.current_member().may(permissions.TREASURER)
    html = render_template(
        "desk/desk.html", slug=slug, page=page, done=gettext(done) if done else "", may_record=may, cost=Cost.slug
    )
    return make_response(html)


@bp.get("/waiting")
@permissions.require_role(*OFFICES)
def waiting(slug: str) -> ResponseReturnValue:
    """Everything that waits for someone's yes, oldest first."""
    visitor = permissions.current_member()
    with open_books(slug) as books:
        today = communities.today(books)
        found = [
            claim for claim in record.waiting(books, formats.format_message) if approval_view.may_see(claim, visitor)
        ]
    rows = [approval_view.row(claim, visitor, today) for claim in found]
    return render_template("desk/desk_waiting.html", slug=slug, rows=rows)


@bp.get("/waiting/<int:number>")
@permissions.require_member
def claim(slug: str, number: int) -> ResponseReturnValue:
    """One payment or claim that waits: say yes or no, or take it back. One that was posted leads to its entry."""
    with open_books(slug) as books:
        _found(books, number)
        entry = record.entry_of(books, number)
    if entry is not None:
        return redirect(_receipt_of(slug, entry), 303)
    return _page(slug, number, Form.fresh())


def _page(slug: str, number: int, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        page = approval_view.page(_found(books, number), permissions.current_member(), Labels.of(books))
    back = Form.fresh().key
    return make_response(
        render_template("desk/desk_claim.html", slug=slug, page=page, form=form, back_key=back), status
    )


def _found(books: UnitOfWork, number: int) -> Claim:
    try:
        found = record.find_claim(books, number, formats.format_message)
    except UnknownAgreement:
        abort(404)
    if not approval_view.may_see(found, permissions.current_member()) and not _may_see_entry(books, number):
        abort(404)
    return found


def _may_see_entry(books: UnitOfWork, number: int) -> bool:
    entry = record.entry_of(books, number)
    return entry is not None and may_see_receipt(permissions.current_member(), queries.entry(books, entry))


@bp.post("/waiting/<int:number>/confirm")
@permissions.require_member
def confirm(slug: str, number: int) -> ResponseReturnValue:
    """Say yes, or say it for someone who asked for it; the last yes writes the entry."""
    actors = _actors()
    return _answer(
        slug, number, lambda books, key: record.confirm(books, number, actors, key, translate=formats.format_message)
    )


@bp.post("/waiting/<int:number>/decline")
@permissions.require_member
def decline(slug: str, number: int) -> ResponseReturnValue:
    """Say no, perhaps with a reason; nothing is written."""
    actors, reason = _actors(), request.form.get("reason", "")
    return _answer(slug, number, lambda books, key: record.decline(books, number, actors, key, reason), done="declined")


@bp.post("/waiting/<int:number>/withdraw")
@permissions.require_member
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take one's own back while it waits."""
    actors = Actors(permissions.current_member().party_id)
    return _answer(slug, number, lambda books, key: record.withdraw(books, number, actors, key), done="withdrawn")


def _actors() -> Actors:
    other = request.form.get(FOR_WHOM, "")
    return Actors(permissions.current_member().party_id, int(other) if other.isdecimal() else None)


def _answer(slug: str, number: int, deed: submit.FormAction, done: str = "agreed") -> ResponseReturnValue:
    with open_books(slug) as books:
        _found(books, number)
    try:
        recorded = submit.run_action(slug, deed)
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _page(slug, number, form, status)
    return redirect(_next(slug, recorded, done), 303)


def _receipt_of(slug: str, entry: int) -> str:
    endpoint = "record.receipt" if permissions.current_member().may(*OFFICES) else "receipts.entry"
    return url_for(endpoint, slug=slug, number=entry)


def _next(slug: str, recorded: RecordResult, done: str) -> str:
    if recorded.posted:
        return _receipt_of(slug, recorded.posted.entry_id)
    if permissions.current_member().may(*OFFICES):
        return url_for("desk.show", slug=slug, done=done)
    return url_for("claims.show_all", slug=slug)
