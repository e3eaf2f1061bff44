"""Requests to open a closed month again: what they say, and the second person's answer."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.closing import period_states, reopen
from ledger.closing.reopen import Reopening, ReopenResult
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import communities
from ledger.workflow.agreements import UnknownAgreement
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.closing import months_view as view
from web.shared import submit
from web.shared.components import Fact
from web.shared.form_state import Form, new_key
from web.shared.labels import Labels

bp = Blueprint("reopenings", __name__, url_prefix="/c/<slug>/reopenings")
Answer = Callable[..., ReopenResult]


@bp.get("/<int:number>")
@permissions.require_member
def show(slug: str, number: int) -> ResponseReturnValue:
    """Which month, why, and who asked; yes or no for those who may answer."""
    return _page(slug, number, Form.fresh())


@bp.post("/<int:number>/agree")
@permissions.require_member
def agree(slug: str, number: int) -> ResponseReturnValue:
    """Say yes; with two people behind it the month opens, and the closed ones after it."""
    return _answer(slug, number, reopen.agree, "agreed")


@bp.post("/<int:number>/turn-down")
@permissions.require_member
def turn_down(slug: str, number: int) -> ResponseReturnValue:
    """Say no; it stays closed."""
    return _answer(slug, number, reopen.decline, "kept")


@bp.post("/<int:number>/take-back")
@permissions.require_member
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Take one's own request back."""
    return _answer(slug, number, reopen.withdraw, "kept")


def _answer(slug: str, number: int, answer: Answer, done: str) -> ResponseReturnValue:
    me = permissions.current_member().party_id
    with open_books(slug) as books:
        _found(books, number)
    try:
        outcome = submit.run_action(slug, lambda books, key: answer(books, number, by=me, key=key))
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _page(slug, number, form, status)
    return redirect(url_for("months.show", slug=slug, done="opened" if outcome.months else done), 303)


def _found(books: UnitOfWork, number: int) -> Reopening:
    try:
        found = reopen.find(books, number)
    except UnknownAgreement:
        abort(404)
    visitor = permissions.current_member()
    if not visitor.may(*view.OFFICES) and not reopen.can_approve(books, found, visitor.party_id):
        abort(404)
    return found


def _page(slug: str, number: int, form: Form, status: int = 200) -> ResponseReturnValue:
    me = permissions.current_member().party_id
    with open_books(slug) as books:
        found, labels = _found(books, number), Labels.of(books)
        may_answer = reopen.can_approve(books, found, me)
        opens = period_states.closed_months_from(books, found.month)
        today = communities.today(books)
    facts = [
        Fact(term=gettext("Why"), detail=found.reason),
        Fact(term=gettext("Asked by"), detail=labels.person(found.asked_by)),
        Fact(term=gettext("Asked on"), detail=view.day_of(found.opened_at, today)),
        Fact(term=gettext("Said yes"), detail=formats.names(labels.person(one) for one in found.yes)),
        Fact(term=gettext("What would open"), detail=view.later_closed(opens) if found.is_open else ""),
    ]
    html = render_template(
        "closing/reopenings_request.html",
        slug=slug,
        form=form,
        number=number,
        month=formats.month(found.month.first),
        facts=[fact for fact in facts if fact.detail],
        is_open=found.is_open,
        may_answer=may_answer,
        may_take_back=found.is_open and me == found.asked_by,
        no_key=new_key(),
    )
    return make_response(html, status)
