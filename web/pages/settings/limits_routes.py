"""Limits: from where on one talks and where it stops, as the community chose; set, listed, and what was before."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import ReadUnit, write_books
from ledger.limits import limit_rules
from ledger.limits.limit_rules import EVERYONE, RULE_KEYS, Limits
from ledger.limits.limit_status import owners_past_talk_level
from ledger.registers import communities, decisions, policies
from web.database import get_engine, open_books
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.settings.limits_forms import LimitSchema
from web.shared import limits_text as view
from web.shared.choices import people_options
from web.shared.components import Option
from web.shared.form_state import Form, form_values, refused_form
from web.shared.labels import Labels
from web.shared.layout import NavItem

OFFICES = (permissions.TREASURER, permissions.ORGANISER, permissions.CHECKER)
bp = Blueprint("limits", __name__, url_prefix="/c/<slug>/limits")
PLACES = (NavItem(label=N_("Limits"), endpoint="limits.show", area="office", roles=frozenset(OFFICES), order=78),)


@bp.get("")
@permissions.require_role(*OFFICES)
def show(slug: str) -> ResponseReturnValue:
    """The rules as they stand, how many are past a level, and every change; nobody's balance is named."""
    may_set = permissions.current_member().may(permissions.TREASURER)
    with open_books(slug) as books:
        changes, labels = limit_rules.rule_history(books), Labels.of(books)
        page = view.build_limits_page(Limits.of(books), changes, labels, slug, may_set=may_set, past=_past(books))
    return make_response(render_template("settings/limits.html", slug=slug, page=page, may_set=may_set))


def _past(books: ReadUnit) -> str:
    members = [owner for owner in owners_past_talk_level(books) if owner.kind != "peer"]
    return view.past_limits_text(len(members), policies.get(books, "privacy.k_members"))


@bp.get("/set")
@permissions.require_role(permissions.TREASURER)
def ask(slug: str) -> ResponseReturnValue:
    """The form for one rule, filled with what counts now."""
    whose = request.args.get("whose", EVERYONE)
    with open_books(slug) as books:
        found = Limits.of(books)
        rule = found.of_whose(whose) if whose in RULE_KEYS else found.rules.get(whose, found.everyone)
    levels = {level: view.level_text(rule, level) for level in view.LEVELS}
    return _form(slug, Form.fresh(whose=whose, decision=rule.decision or "", why=rule.why, **levels))


@bp.post("/set")
@permissions.require_role(permissions.TREASURER)
def keep(slug: str) -> ResponseReturnValue:
    """Set a rule, or strike it; the accounts concerned follow at once."""
    try:
        whose, rule = LimitSchema().load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            limit_rules.set_rule(books, whose, rule, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _form(slug, refused_form(wrong), 422)
    return redirect(url_for("limits.show", slug=slug), 303)


def _form(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        whose = view.whose_options(people_options(books, communities.today(books)))
        made = [
            Option(value=code, label=f"{code}: {one.text}")
            for code, one in decisions.get_all(books).items()
            if not one.private
        ]
        is_set = form.value("whose") in Limits.of(books).rules
    named = [Option(value="", label=gettext("None: it only says from where on one talks")), *made]
    html = render_template(
        "settings/limits_set.html", slug=slug, form=form, whose=whose, decisions=named, is_set=is_set
    )
    return make_response(html, status)
