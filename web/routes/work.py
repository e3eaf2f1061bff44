"""Work for the community: someone worked for everyone, and the pot gives the hours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import reading
from ledger.kinds.time.community_hours import CommunityHours
from ledger.registers import communities
from web import access, deeds
from web.database import engine
from web.forms import Form, answers
from web.routes.hours import choices, on_behalf_of, to_receipt
from web.schemas.hours import WorkSchema

bp = Blueprint("work", __name__, url_prefix="/c/<slug>/hours/work")
NAMES = {"minutes": "duration", "helpers": "person"}


@bp.get("")
@access.member
def ask(slug: str) -> ResponseReturnValue:
    """The form: which programme, what, how long, when."""
    with reading(engine(), slug) as books:
        return _page(slug, Form.fresh(day=communities.today(books).isoformat()))


@bp.post("")
@access.member
def save(slug: str) -> ResponseReturnValue:
    """Log the work; organisers and treasurers for others, too."""
    try:
        with reading(engine(), slug) as books:
            sent = WorkSchema(communities.today(books)).load(answers(request.form))
        recorded = deeds.record(slug, _work(sent), on_behalf_of(sent))
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, *deeds.refused(wrong, NAMES))
    return to_receipt(slug, recorded)


def _work(sent: dict[str, Any]) -> CommunityHours:
    return CommunityHours(
        helpers=(sent.get("person") or access.current().party_id,),
        minutes=sent["duration"],
        programme=sent["programme"],
        what=sent.get("what"),
        headcount=sent.get("headcount"),
        day=sent["day"],
    )


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with reading(engine(), slug) as books:
        html = render_template("hours/work.html", slug=slug, form=form, **choices(books))
    return make_response(html, status)
