"""What waits for a yes: confirmed, declined with a word why, or taken back by who wrote it down."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, fields

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.idempotency import Actors
from ledger.limits.limit_status import get_limit_status
from ledger.registers import communities
from ledger.workflow import pending, record
from ledger.workflow.agreements import UnknownAgreement
from ledger.workflow.claims import Claim
from ledger.workflow.pending import find_claim
from ledger.workflow.state_machine import DECLINED, EXPIRED, AlreadySettled
from web.database import open_books
from web.i18n import formats
from web.identity import permissions
from web.pages.confirmations import pending_view as view
from web.shared import limits_text, submit
from web.shared.fields import StrictSchema
from web.shared.form_state import Form, form_values, new_key
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("claims", __name__, url_prefix="/c/<slug>/waiting")
PLACES = (NavItem(label=N_("Confirm what others logged"), endpoint="claims.show_all", order=5),)
REMEMBERED = {DECLINED: dt.timedelta(days=30), EXPIRED: dt.timedelta(days=100)}
"""For how long, from the day it was written down, one reads that something came to nothing."""


class WhySchema(StrictSchema):
    """A word why; it may be left out."""

    reason = fields.String(load_default="")


@bp.get("")
@permissions.require_member
def show_all(slug: str) -> ResponseReturnValue:
    """What waits for the visitor, what they wrote down that waits for others, and what was not confirmed."""
    me = permissions.current_member().party_id
    with open_books(slug) as books:
        today, labels = communities.today(books), Labels.of(books)
        found, refused = pending.waiting_and_refused(books, remembered_since(today), formats.format_message)
        refused = [claim for claim in refused if is_own(claim, me)]
    for_me = [claim for claim in found if claim.waits_for_person(me)]
    mine = [view.waiting(claim, me, labels, today) for claim in for_me if not view.shows_lines(claim, me)]
    looked_at = [
        view.row(claim, me, labels, slug, today, view.to_answer()) for claim in for_me if view.shows_lines(claim, me)
    ]
    own = [
        view.row(claim, me, labels, slug, today, view.of_others(claim, labels)) for claim in found if is_own(claim, me)
    ]
    back = [view.row(claim, me, labels, slug, today, view.of_others(claim, labels)) for claim in refused]
    others = [
        view.row(claim, me, labels, slug, today, view.of_others(claim, labels))
        for claim in found
        if may_speak(claim, permissions.current_member())
    ]
    return render_template(
        "confirmations/claims.html", slug=slug, mine=mine, looked_at=looked_at, own=own, refused=back, others=others
    )


def remembered_since(today: dt.date) -> dict[str, str]:
    """From which day on a writer still sees a claim that the other side did not confirm, or not in time."""
    return {state: (today - days).isoformat() for state, days in REMEMBERED.items()}


def is_own(claim: Claim, party_id: int) -> bool:
    """Whether somebody wrote a claim down, or had it written down for them."""
    return party_id in (claim.actors.entered_by, claim.actors.on_behalf_of)


def may_speak(claim: Claim, visitor: permissions.CurrentMember) -> bool:
    """Whether somebody may pass on the answers of members on paper: who holds an office and has no part in it."""
    if claim.kind is None or claim.draft is None or claim.draft.privacy == "private" or not claim.waits_for.each:
        return False
    me = visitor.party_id
    is_apart = me not in claim.kind.people() and not is_own(claim, me)
    return is_apart and visitor.may(permissions.ORGANISER, permissions.TREASURER)


def may_see(claim: Claim, visitor: permissions.CurrentMember) -> bool:
    """Whether somebody may open a claim: who wrote it, who is in it, whose yes it needs.

    Of one that was taken away nothing is left but that it is settled, and that is no secret.
    """
    if claim.kind is None:
        return True
    me = visitor.party_id
    concerned = claim.kind.people() | {yes.person for yes in claim.yes}
    return me in concerned or is_own(claim, me) or claim.waits_for_person(me) or may_speak(claim, visitor)


@bp.get("/<int:number>")
@permissions.require_member
def show(slug: str, number: int) -> ResponseReturnValue:
    """One claim: to answer, to take back, or its receipt."""
    return _page(slug, number, Form.fresh())


def _page(slug: str, number: int, form: Form, status: int = 200) -> ResponseReturnValue:
    visitor = permissions.current_member()
    with open_books(slug) as books:
        today, labels, claim = communities.today(books), Labels.of(books), _found(books, number)
        room = limits_text.room_texts(get_limit_status(books, visitor.party_id))
    if view.shows_lines(claim, visitor.party_id):
        return redirect(url_for("desk.claim", slug=slug, number=number), 303)
    shown = view.waiting(claim, visitor.party_id, labels, today)
    if claim.waits_for_person(visitor.party_id):
        return make_response(
            render_template("confirmations/claim.html", slug=slug, claim=shown, form=form, room=room), status
        )
    if may_speak(claim, visitor):
        asked = [(one, labels.person(one), new_key()) for one in sorted(claim.waits_for.each)]
        return make_response(
            render_template("confirmations/claims_for.html", slug=slug, claim=shown, asked=asked, form=form), status
        )
    return redirect(url_for("receipts.claim", slug=slug, number=number), 303)


def _found(uow: UnitOfWork, number: int) -> Claim:
    try:
        claim = find_claim(uow, number, formats.format_message)
    except UnknownAgreement:
        abort(404)
    if not may_see(claim, permissions.current_member()):
        abort(404)
    return claim


@bp.post("/<int:number>/confirm")
@permissions.require_member
def confirm(slug: str, number: int) -> ResponseReturnValue:
    """Say yes, for oneself or for a member on paper."""
    actors = Actors(permissions.current_member().party_id, request.form.get("person", type=int))
    return _answer(
        slug, number, lambda books, key: record.confirm(books, number, actors, key, translate=formats.format_message)
    )


@bp.post("/<int:number>/decline")
@permissions.require_member
def decline(slug: str, number: int) -> ResponseReturnValue:
    """Say no, perhaps with a word why."""
    actors = Actors(permissions.current_member().party_id)
    try:
        reason = WhySchema().load(form_values(request.form))["reason"]
    except ValidationError as wrong:
        return _page(slug, number, *submit.refused_form_and_status(wrong))
    return _answer(slug, number, lambda books, key: record.decline(books, number, actors, key, reason))


@bp.post("/<int:number>/withdraw")
@permissions.require_member
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take one's own back while it waits."""
    actors = Actors(permissions.current_member().party_id)
    return _answer(slug, number, lambda books, key: record.withdraw(books, number, actors, key))


def _answer(slug: str, number: int, deed: submit.FormAction) -> ResponseReturnValue:
    with open_books(slug) as books:
        _found(books, number)
    try:
        recorded = submit.run_action(slug, deed)
    except AlreadySettled:
        recorded = record.RecordResult(None, number)
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(wrong)
        return _page(slug, number, form, status)
    if recorded.posted:
        return redirect(url_for("receipts.entry", slug=slug, number=recorded.posted.entry_id), 303)
    return redirect(url_for("receipts.claim", slug=slug, number=number), 303)
