"""Limits: from where on one talks and where it stops, as the community chose; set, listed, and what was before."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import Reading, reading, writing
from ledger.limits import limit_rules
from ledger.limits.limit_rules import EVERYONE, WHOSE, Limits
from ledger.limits.limit_status import past_talk
from ledger.registers import communities, decisions, policies
from web import access
from web.database import engine
from web.forms import Form, answers, refused_form
from web.i18n import gettext
from web.parts import Option
from web.schemas.limits import LimitSchema
from web.shell import Place
from web.views import limits as view
from web.views.choosing import people
from web.views.labels import Labels

OFFICES = (access.TREASURER, access.ORGANISER, access.CHECKER)
bp = Blueprint("limits", __name__, url_prefix="/c/<slug>/limits")
PLACES = (Place(label=N_("Limits"), endpoint="limits.show", room="office", roles=frozenset(OFFICES), order=78),)


@bp.get("")
@access.allow(*OFFICES)
def show(slug: str) -> ResponseReturnValue:
    """The rules as they stand, how many are past a level, and every change; nobody's balance is named."""
    may_set = access.current().may(access.TREASURER)
    with reading(engine(), slug) as books:
        changes, labels = limit_rules.history(books), Labels.of(books)
        page = view.page(Limits.of(books), changes, labels, slug, may_set=may_set, past=_past(books))
    return make_response(render_template("limits/show.html", slug=slug, page=page, may_set=may_set))


def _past(books: Reading) -> str:
    members = [owner for owner in past_talk(books) if owner.kind != "peer"]
    return view.how_many(len(members), policies.get(books, "privacy.k_members"))


@bp.get("/set")
@access.allow(access.TREASURER)
def ask(slug: str) -> ResponseReturnValue:
    """The form for one rule, filled with what counts now."""
    whose = request.args.get("whose", EVERYONE)
    with reading(engine(), slug) as books:
        found = Limits.of(books)
        rule = found.of_whose(whose) if whose in WHOSE else found.rules.get(whose, found.everyone)
    levels = {level: view.shown(rule, level) for level in view.LEVELS}
    return _form(slug, Form.fresh(whose=whose, decision=rule.decision or "", why=rule.why, **levels))


@bp.post("/set")
@access.allow(access.TREASURER)
def keep(slug: str) -> ResponseReturnValue:
    """Set a rule, or strike it; the accounts concerned follow at once."""
    try:
        whose, rule = LimitSchema().load(answers(request.form))
        with writing(engine(), slug) as books:
            limit_rules.set_rule(books, whose, rule, entered_by=access.current().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _form(slug, refused_form(wrong), 422)
    return redirect(url_for("limits.show", slug=slug), 303)


def _form(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with reading(engine(), slug) as books:
        whose = view.whose_options(people(books, communities.today(books)))
        made = [
            Option(value=code, label=f"{code}: {one.text}")
            for code, one in decisions.all(books).items()
            if not one.private
        ]
        is_set = form.value("whose") in Limits.of(books).rules
    named = [Option(value="", label=gettext("None: it only says from where on one talks")), *made]
    html = render_template("limits/set.html", slug=slug, form=form, whose=whose, decisions=named, is_set=is_set)
    return make_response(html, status)
