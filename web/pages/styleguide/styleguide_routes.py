"""How it all looks: the stylesheet of every page, and, where the workshop is open, the style guide."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, abort, current_app, g, render_template
from flask.typing import ResponseReturnValue

from web.identity import permissions
from web.pages.styleguide import styleguide_samples
from web.shared.form_state import Form
from web.shared.stylesheet import build_stylesheet

bp = Blueprint("look", __name__)
TODAY = datetime.date(2026, 5, 4)
GUEST = permissions.CurrentMember(
    login_id=0,
    party_id=0,
    name="Eli",
    roles=frozenset({permissions.MEMBER, permissions.TREASURER}),
    slug="willow",
    community_name="Willow",
)


@bp.get("/style.css")
@permissions.allow_anyone
def style() -> ResponseReturnValue:
    """The one stylesheet; its address changes with its content, so a browser may keep it for a year."""
    answer = Response(build_stylesheet().text, mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = 31_536_000
    answer.cache_control.immutable = True
    return answer


@bp.get("/styleguide")
@permissions.allow_anyone
def guide() -> ResponseReturnValue:
    """Every part of a page once, for those who build it; there only where the workshop is open."""
    if not current_app.extensions["settings"].workshop:
        abort(404)
    g.visitor = GUEST
    fresh = Form.fresh(day=TODAY.isoformat())
    return render_template(
        "styleguide/styleguide.html",
        specimens=styleguide_samples,
        today=TODAY,
        fresh=fresh,
        refused=styleguide_samples.refused_form(),
    )
