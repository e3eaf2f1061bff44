"""Months: how each stands, closing one that is over, and asking for a closed one to be opened again."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.checks import Verdict
from ledger.closing import close as closing
from ledger.closing import period_states, reopen
from ledger.closing.close import ClosePreview
from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.core.periods import Month
from ledger.database.unit_of_work import WriteUnit
from ledger.journal.idempotency import Key
from ledger.registers import communities
from web.database import open_books
from web.i18n.translation import gettext
from web.identity import form_idempotency, permissions
from web.pages.closing import months_view as view
from web.pages.reports.reports_routes import month_named
from web.shared import submit
from web.shared.form_state import Form
from web.shared.layout import NavItem

OFFICES = view.OFFICES
bp = Blueprint("months", __name__, url_prefix="/c/<slug>/months")
PLACES = (NavItem(label=N_("Months"), endpoint="months.show", order=65),)
DONE = {
    "closed": N_("Closed. Its days take no more entries."),
    "asked": N_("Asked. It waits for a second person."),
    "agreed": N_("Your yes is noted. It waits for one more."),
    "opened": N_("Open again, with the closed months after it. Close them anew when all is entered."),
    "kept": N_("It stays closed."),
}


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """Every month, newest first: open or closed, by whom."""
    with open_books(slug) as books:
        page = view.page(books, permissions.current_member(), communities.today(books))
    done = DONE.get(request.args.get("done", ""), "")
    return make_response(
        render_template("closing/months.html", slug=slug, page=page, done=gettext(done) if done else "")
    )


@bp.get("/<month>")
@permissions.require_role(*OFFICES)
def look(slug: str, month: str) -> ResponseReturnValue:
    """What is in the way of closing a month, and what is worth a look before."""
    return _look_page(slug, month_named(month), Form.fresh())


@bp.post("/<month>")
@permissions.require_role(permissions.TREASURER)
def close(slug: str, month: str) -> ResponseReturnValue:
    """Close a month: check the whole books again, then keep its balances."""
    wanted = month_named(month)
    try:
        verdict = _looked(slug, wanted).verdict
        submit.run_action(slug, lambda books, key: _close(books, key, wanted, verdict))
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _look_page(slug, wanted, form, status)
    return redirect(url_for("months.show", slug=slug, done="closed"), 303)


def _close(books: WriteUnit, key: Key, month: Month, verdict: Verdict) -> None:
    content = {"close": month.id}
    if form_idempotency.find_result(books.connection, books.community_id, key.key, content) is None:
        number = closing.close(books, month, verdict, entered_by=permissions.current_member().party_id)
        form_idempotency.store_result(books.connection, books.community_id, key.key, content, {"act": number})


def _looked(slug: str, month: Month) -> ClosePreview:
    with open_books(slug) as books:
        return closing.preview_close(books, month)


def _look_page(slug: str, month: Month, form: Form, status: int = 200) -> ResponseReturnValue:
    page = view.before(_looked(slug, month), permissions.current_member())
    return make_response(render_template("closing/months_look.html", slug=slug, page=page, form=form), status)


@bp.get("/<month>/again")
@permissions.require_role(*OFFICES)
def ask_again(slug: str, month: str) -> ResponseReturnValue:
    """Why should a closed month be opened again?"""
    return _ask_page(slug, month_named(month), Form.fresh())


@bp.post("/<month>/again")
@permissions.require_role(*OFFICES)
def take_again(slug: str, month: str) -> ResponseReturnValue:
    """Ask for it; somebody else says yes."""
    wanted, me, reason = month_named(month), permissions.current_member().party_id, request.form.get("reason", "")
    try:
        submit.run_action(slug, lambda books, key: reopen.request(books, wanted, reason, by=me, key=key))
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _ask_page(slug, wanted, form, status)
    return redirect(url_for("months.show", slug=slug, done="asked"), 303)


def _ask_page(slug: str, month: Month, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        found = period_states.closed_months_from(books, month)
    if month not in found:
        return redirect(url_for("months.look", slug=slug, month=str(month)), 303)
    page = {"month": month, "opens": view.later_closed(found), "count": len(found)}
    return make_response(render_template("closing/months_again.html", slug=slug, form=form, **page), status)
