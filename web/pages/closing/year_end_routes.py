"""The end of a financial year: what each fund's own worth would gain, proposed by one and agreed to by another."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.closing import year_end
from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import WriteUnit
from ledger.journal.idempotency import Key
from ledger.kinds.equity.year_close import YearClose
from ledger.rules.books_view import BooksLookup
from ledger.workflow.record import RecordResult
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.shared import submit
from web.shared.components import Table
from web.shared.form_state import Form
from web.shared.labels import Labels
from web.shared.posting_table import lines_table

OFFICES = (permissions.TREASURER, permissions.ORGANISER, permissions.CHECKER)
bp = Blueprint("year_end", __name__, url_prefix="/c/<slug>/year-end")
DONE = {
    "proposed": N_("Proposed. It waits for a second person."),
    "closed": N_("The year is closed: each fund has its entry."),
}


@bp.get("")
@permissions.require_role(*OFFICES)
def show(slug: str) -> ResponseReturnValue:
    """What would be written for each fund, and who must still say yes."""
    return _page(slug, Form.fresh())


@bp.post("/propose")
@permissions.require_role(permissions.TREASURER)
def propose(slug: str) -> ResponseReturnValue:
    """Propose to close the last year, all its funds together."""
    me = permissions.current_member().party_id

    def deed(books: WriteUnit, key: Key) -> list[RecordResult]:
        return year_end.propose(
            books, year_end.last_financial_year(books), by=me, key=key, translate=formats.format_message
        )

    return _done(slug, deed, "proposed")


@bp.post("/agree")
@permissions.require_role(*OFFICES)
def agree(slug: str) -> ResponseReturnValue:
    """Say yes to all that waits; each fund's entry is posted."""
    me = permissions.current_member().party_id

    def deed(books: WriteUnit, key: Key) -> list[RecordResult]:
        return year_end.agree(
            books, year_end.last_financial_year(books), by=me, key=key, translate=formats.format_message
        )

    return _done(slug, deed, "closed")


def _done(slug: str, deed: submit.MultiEntryAction, done: str) -> ResponseReturnValue:
    try:
        submit.run_action(slug, deed)
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _page(slug, form, status)
    return redirect(url_for("year_end.show", slug=slug, done=done), 303)


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    visitor = permissions.current_member()
    with open_books(slug) as books:
        found = year_end.get_year_end(books, year_end.last_financial_year(books), formats.format_message)
        labels, view = Labels.of(books), BooksLookup(books, formats.format_message)
        tables = [_table(view, found, fund, labels) for fund in found.funds]
    html = render_template(
        "closing/year_end.html",
        slug=slug,
        form=form,
        done=gettext(DONE[request.args["done"]]) if request.args.get("done") in DONE else "",
        span=formats.span(found.span.first, found.span.last),
        tables=tables,
        is_waiting=bool(found.waiting),
        may_propose=bool(found.to_propose) and visitor.may(permissions.TREASURER),
        may_agree=any(claim.waits_for_person(visitor.party_id) for claim in found.waiting),
    )
    return make_response(html, status)


def _table(books: BooksLookup, found: year_end.YearEnd, fund: str, labels: Labels) -> Table:
    draft = YearClose(day=found.span.last, fund=fund).draft(books)
    return lines_table(draft.postings, labels, gettext("Year-end close: %(fund)s", fund=labels.fund(fund)))
