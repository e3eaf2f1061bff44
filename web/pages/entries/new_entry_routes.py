"""Writing down any kind of entry: a menu, a form made from the kind's fields, a look at its lines, a receipt."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.core.errors import EntryUnbalanced, FieldWrong, LedgerError, NotAllowed, TooFewPostings, UnknownEntry
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import queries
from ledger.journal.idempotency import Actors
from ledger.journal.queries import Entry
from ledger.kinds import get_kind
from ledger.kinds.base import PANEL, Kind
from ledger.kinds.enterprise.cost import Cost
from ledger.kinds.enterprise.sale import Sale
from ledger.kinds.fields import fields_of
from ledger.workflow import record
from ledger.workflow.agreements import UnknownAgreement
from ledger.workflow.claims import Claim
from web.database import open_books
from web.i18n import formats
from web.identity import permissions
from web.pages.entries import new_entry_view as view
from web.pages.entries.entries_view import may_see_receipt
from web.pages.entries.entry_form import DO, read_form
from web.pages.entries.entry_schema import Lists
from web.pages.entries.form_questions_view import Answers, questions
from web.shared import submit
from web.shared.form_state import LIFT_FIELD, Form
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("record", __name__, url_prefix="/c/<slug>/record")
PLACES = (
    NavItem(
        label=N_("Record"),
        endpoint="record.menu",
        area="office",
        roles=frozenset({permissions.TREASURER, permissions.ORGANISER, PANEL}),
        order=15,
    ),
)
HAND_MADE = frozenset({Sale.slug, Cost.slug})
"""Kinds with a page of their own over the same questions."""


@bp.get("")
@permissions.require_member
def menu(slug: str) -> ResponseReturnValue:
    """Everything that the visitor's offices may write down."""
    return render_template("entries/new_entry.html", slug=slug, groups=view.menu(permissions.current_member()))


@bp.get("/<kind>")
@permissions.require_member
def ask(slug: str, kind: str) -> ResponseReturnValue:
    """The form of one kind, with what is usual suggested."""
    wanted = _wanted(kind)
    with open_books(slug) as books:
        form = view.suggested(books, wanted, Answers.of(books))
    return _form_page(slug, wanted, form)


@bp.post("/<kind>")
@permissions.require_member
def write(slug: str, kind: str) -> ResponseReturnValue:
    """Look at the lines once more, then write them down; once, however often the form is sent."""
    wanted, do = _wanted(kind), request.form.get(DO, "")
    if do in ("change", "lines"):
        return _form_page(slug, wanted, Form.filled(request.form), more_lines=do == "lines")
    try:
        filled, check = _read(slug, wanted, looks=do != "save")
        if check is not None and (check.moves_money or view.is_bookkeepers(wanted)):
            return _check_page(slug, wanted, check)
        recorded = submit.record_entry(slug, filled, _actors(wanted).on_behalf_of)
    except LedgerError as wrong:
        form, status = submit.refused_form_and_status(_placed(wrong, wanted))
        return _form_page(slug, wanted, form, status)
    return redirect(_receipt_of(slug, recorded), 303)


def _wanted(slug: str) -> type[Kind]:
    """The kind, if the visitor's offices may record it."""
    kind = get_kind(slug)
    if not kind.recorders & permissions.current_member().roles:
        raise NotAllowed(make_message("This is recorded by someone with another office."))
    return kind


def _read(slug: str, kind: type[Kind], *, looks: bool) -> tuple[Kind, view.Check | None]:
    """The kind as it was filled in; where someone looks at it first, with the entry that it makes."""
    with open_books(slug) as books:
        filled = read_form(kind, request.form, Lists.of(books))
        lift = request.form.get(LIFT_FIELD, "").strip() or None
        return filled, view.check(books, filled, _actors(kind), Labels.of(books), lift) if looks else None


def _actors(kind: type[Kind]) -> Actors:
    visitor = permissions.current_member()
    other = view.for_whom(Form.filled(request.form)) if view.may_write_for_others(visitor, kind) else None
    return Actors(visitor.party_id, other)


def _placed(wrong: LedgerError, kind: type[Kind]) -> LedgerError:
    """A refusal of the lines together, at the question that asks for lines."""
    lines = next((spec.name for spec in fields_of(kind) if spec.type == "rows"), None)
    if lines and wrong.field is None and isinstance(wrong, EntryUnbalanced | TooFewPostings):
        return FieldWrong(lines, wrong.message)
    return wrong


def _form_page(
    slug: str, kind: type[Kind], form: Form, status: int = 200, *, more_lines: bool = False
) -> ResponseReturnValue:
    with open_books(slug) as books:
        answers = Answers.of(books)
    asking = questions(kind, answers, form, more_lines=more_lines)
    asking["day"] = replace(asking["day"], options=view.days(answers.lists.today))
    page = view.form_page(kind, asking, form, permissions.current_member(), answers, more_lines=more_lines)
    template = kind.slug if kind.slug in HAND_MADE else "form"
    return make_response(render_template(f"entries/new_entry_{template}.html", slug=slug, page=page, form=form), status)


def _check_page(slug: str, kind: type[Kind], check: view.Check) -> ResponseReturnValue:
    title = formats.format_message(kind.title)
    form = Form.filled(request.form)
    return render_template(
        "entries/new_entry_check.html", slug=slug, kind=kind.slug, title=title, check=check, form=form
    )


def _receipt_of(slug: str, recorded: record.RecordResult) -> str:
    if recorded.posted:
        return url_for("record.receipt", slug=slug, number=recorded.posted.entry_id)
    return url_for("record.waiting", slug=slug, number=recorded.agreement_id)


@bp.get("/receipt/<int:number>")
@permissions.require_member
def receipt(slug: str, number: int) -> ResponseReturnValue:
    """The receipt of an entry; safe to open again."""
    with open_books(slug) as books:
        found = view.posted(_entry(books, number), permissions.current_member(), Labels.of(books))
    return render_template("entries/new_entry_receipt.html", slug=slug, receipt=found, claim=None)


@bp.get("/waiting/<int:number>")
@permissions.require_member
def waiting(slug: str, number: int) -> ResponseReturnValue:
    """The receipt of what waits for a yes; once it stands in the book, that of its entry."""
    with open_books(slug) as books:
        claim, entry = _own_claim(books, number), record.entry_of(books, number)
        found = view.waiting(claim, permissions.current_member(), Labels.of(books))
    if entry is not None:
        return redirect(url_for("record.receipt", slug=slug, number=entry), 303)
    return render_template("entries/new_entry_receipt.html", slug=slug, receipt=found, claim=claim)


def _entry(books: UnitOfWork, number: int) -> Entry:
    try:
        entry = queries.entry(books, number)
    except UnknownEntry:
        abort(404)
    if not may_see_receipt(permissions.current_member(), entry):
        abort(404)
    return entry


def _own_claim(books: UnitOfWork, number: int) -> Claim:
    me = permissions.current_member().party_id
    try:
        claim = record.find_claim(books, number, formats.format_message)
    except UnknownAgreement:
        abort(404)
    if me not in (claim.actors.entered_by, claim.actors.on_behalf_of) and not claim.waits_for_person(me):
        abort(404)
    return claim
