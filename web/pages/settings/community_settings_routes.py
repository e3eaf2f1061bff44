"""What the community says of itself: name, time zone, language, paper, financial year; for organisers."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldWrong
from ledger.core.messages import N_
from ledger.database.unit_of_work import write_books
from ledger.registers import communities
from web.database import get_engine, open_books
from web.identity import permissions
from web.pages.setup import onboarding_view
from web.pages.setup.setup_forms import SettingsSchema
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("settings", __name__, url_prefix="/c/<slug>/settings")
PLACES = (
    NavItem(
        label=N_("Our community"),
        endpoint="settings.show",
        area="office",
        roles=frozenset({permissions.ORGANISER}),
        order=65,
    ),
)


@bp.get("")
@permissions.require_role(permissions.ORGANISER)
def show(slug: str) -> ResponseReturnValue:
    """What stands now, ready to be changed."""
    with open_books(slug) as books:
        stands = communities.settings(books)
    form = Form.fresh(
        name=stands.name,
        timezone=stands.timezone,
        language=stands.language,
        paper=stands.paper,
        first_month=str(stands.first_month),
    )
    return _page(slug, form, done="done" in request.args)


@bp.post("")
@permissions.require_role(permissions.ORGANISER)
def change(slug: str) -> ResponseReturnValue:
    """Change it from now on; what was printed before stays as it was."""
    try:
        sent = SettingsSchema().load(form_values(request.form))
        year = f"{sent.pop('first_month'):02d}-01"
        with write_books(get_engine(), slug) as books:
            wanted = replace(communities.settings(books), **sent, year_starts=year)
            communities.change_settings(books, wanted, entered_by=permissions.current_member().party_id)
    except ValidationError as wrong:
        return _page(slug, Form.filled(request.form, wrong.messages_dict), 422)
    except FieldWrong as wrong:
        return _page(slug, Form.filled(request.form, wrong), 422)
    return redirect(url_for("settings.show", slug=slug, done=""), 303)


def _page(slug: str, form: Form, status: int = 200, *, done: bool = False) -> ResponseReturnValue:
    with open_books(slug) as books:
        stands = communities.settings(books)
    html = render_template(
        "setup/setup_settings.html", slug=slug, form=form, choices=onboarding_view.choices(), stands=stands, done=done
    )
    return make_response(html, status)
