"""Work for the community: someone worked for everyone, and the pot gives the hours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.kinds.time.community_hours import CommunityHours
from ledger.registers import communities
from web.database import open_books
from web.identity import permissions
from web.pages.hours.hours_forms import WorkSchema
from web.pages.hours.log_hours_routes import choices, on_behalf_of, to_receipt
from web.shared import submit
from web.shared.form_state import Form, form_values

bp = Blueprint("work", __name__, url_prefix="/c/<slug>/hours/work")
NAMES = {"minutes": "duration", "helpers": "person"}


@bp.get("")
@permissions.require_member
def ask(slug: str) -> ResponseReturnValue:
    """The form: which programme, what, how long, when."""
    with open_books(slug) as books:
        return _page(slug, Form.fresh(day=communities.today(books).isoformat()))


@bp.post("")
@permissions.require_member
def save(slug: str) -> ResponseReturnValue:
    """Log the work; organisers and treasurers for others, too."""
    try:
        with open_books(slug) as books:
            sent = WorkSchema(communities.today(books)).load(form_values(request.form))
        recorded = submit.record_entry(slug, _work(sent), on_behalf_of(sent))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, *submit.refused_form_and_status(wrong, NAMES))
    return to_receipt(slug, recorded)


def _work(sent: dict[str, Any]) -> CommunityHours:
    return CommunityHours(
        helpers=(sent.get("person") or permissions.current_member().party_id,),
        minutes=sent["duration"],
        programme=sent["programme"],
        what=sent.get("what"),
        headcount=sent.get("headcount"),
        day=sent["day"],
    )


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        html = render_template("hours/community_hours.html", slug=slug, form=form, **choices(books))
    return make_response(html, status)
