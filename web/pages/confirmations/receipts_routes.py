"""Receipts: what was written down, safe to open again, to print and to keep."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.journal import queries
from ledger.workflow import record
from ledger.workflow.agreements import UnknownAgreement
from web.database import open_books
from web.i18n import formats
from web.identity import permissions
from web.pages.confirmations import receipts_view
from web.pages.confirmations.claims_routes import may_see
from web.pages.entries import entries_view
from web.shared.form_state import new_key
from web.shared.labels import Labels

bp = Blueprint("receipts", __name__, url_prefix="/c/<slug>/receipts")


@bp.get("/entries/<int:number>")
@permissions.require_member
def entry(slug: str, number: int) -> ResponseReturnValue:
    """The receipt of an entry."""
    visitor = permissions.current_member()
    with open_books(slug) as books:
        found = queries.entry(books, number)
        if not entries_view.may_see(visitor, found):
            abort(404)
        shown = receipts_view.of_entry(books, found, visitor, Labels.of(books))
    return render_template("confirmations/receipt.html", slug=slug, receipt=shown)


@bp.get("/waiting/<int:number>")
@permissions.require_member
def claim(slug: str, number: int) -> ResponseReturnValue:
    """The receipt of what waits; once it stands in the book, the receipt of its entry."""
    visitor = permissions.current_member()
    with open_books(slug) as books:
        try:
            found = record.find_claim(books, number, formats.format_message)
        except UnknownAgreement:
            abort(404)
        posted, labels = record.entry_of(books, number), Labels.of(books)
        is_open = (
            may_see(found, visitor) if posted is None else entries_view.may_see(visitor, queries.entry(books, posted))
        )
    if not is_open:
        abort(404)
    if posted is not None:
        return redirect(url_for("receipts.entry", slug=slug, number=posted), 303)
    return render_template(
        "confirmations/receipt.html",
        slug=slug,
        receipt=receipts_view.of_claim(found, visitor, labels, new_key()),
        waits=number,
    )
