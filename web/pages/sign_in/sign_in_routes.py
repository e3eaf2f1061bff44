"""The front door: sign in, sign out, and choose a community where there are several."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from sqlalchemy import select

from ledger.core.messages import N_
from ledger.models import community
from ledger.registers import communities
from web.database import get_engine, open_books, open_connection
from web.identity import authentication, flask_security_adapter, logins, permissions, resume_form, user_agent
from web.identity.logins import LoginRecord
from web.identity.rate_limits import TooManyTries
from web.pages.sign_in.sign_in_forms import SignInSchema
from web.shared.components import Link
from web.shared.form_state import Form, form_values

bp = Blueprint("sign_in", __name__)

DO_NOT_FIT = N_("This name and password do not belong together. Try again, or ask an organiser for a new link.")


def install(app: Flask) -> None:
    """Ask people to sign in here whenever a page needs it."""
    permissions.set_signed_out_response(app, ask)


@bp.get("/")
@permissions.allow_anyone
def front() -> ResponseReturnValue:
    """Whoever is signed in goes home; others are asked to sign in."""
    session = flask_security_adapter.current_session()
    return redirect(home(session.login_id) if session else url_for("sign_in.show"), 303)


@bp.get("/sign-in")
@permissions.allow_anyone
def show() -> ResponseReturnValue:
    """The empty form."""
    return page(Form.fresh(next=resume_form.local_address(request.args.get("next", ""))))


@bp.post("/sign-in")
@permissions.allow_anyone
def enter() -> ResponseReturnValue:
    """Sign in, and go on to where one was going; the same words for everything that does not fit."""
    try:
        sent = SignInSchema().load(form_values(request.form))
    except ValidationError as wrong:
        return page(Form.filled(request.form, wrong.messages_dict), 422)
    try:
        known = authentication.check_sign_in(get_engine(), sent["identity"], sent["password"], request.remote_addr)
    except TooManyTries as wait:
        return page(Form.filled(request.form, wait), 429)
    if known is None:
        return page(Form.filled(request.form, {"identity": DO_NOT_FIT}), 422)
    return let_in(
        known, stay=bool(sent["stay"]), target=resume_form.local_address(sent["next"]), written=sent["answers"]
    )


def let_in(known: LoginRecord, *, stay: bool, target: str = "", written: str = "") -> ResponseReturnValue:
    """Sign a login in on this device and show the way on; what was written before can be sent again."""
    flask_security_adapter.sign_in(
        get_engine(), known, kept=stay, device=user_agent.device_name(request.user_agent.string)
    )
    pairs = resume_form.unpack_fields(written)
    if target and pairs:
        return render_template("sign_in/sign_in_again.html", target=target, pairs=pairs)
    return redirect(target or home(known.login_id), 303)


@bp.post("/sign-out")
@permissions.allow_anyone
def sign_out() -> ResponseReturnValue:
    """Sign out on this device and leave nothing of it in the browser."""
    flask_security_adapter.sign_out(get_engine())
    answer = make_response(redirect(url_for("sign_in.show"), 303))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/communities")
@permissions.require_sign_in
def communities_of_login() -> ResponseReturnValue:
    """The communities to choose from, by name."""
    session = flask_security_adapter.current_session()
    with open_connection() as connection:
        places = logins.list_memberships(connection, session.login_id) if session else []
    links = [Link(label=name_of(place.slug), href=home_of(place.slug)) for place in places]
    return render_template("sign_in/choose_community.html", links=links)


def home(login_id: int) -> str:
    """Where a login begins: its one community, or the choice of several."""
    with open_connection() as connection:
        places = logins.list_memberships(connection, login_id)
    return home_of(places[0].slug) if len(places) == 1 else url_for("sign_in.communities_of_login")


def home_of(slug: str) -> str:
    """The address of a community's first page."""
    return f"{request.script_root}/c/{slug}/"


def name_of(slug: str) -> str:
    """A community's name."""
    with open_books(slug) as books:
        return communities.settings(books).name


def ask() -> ResponseReturnValue:
    """Answer whoever must sign in first; a form they sent is kept, to be sent again afterwards."""
    target = request.full_path.rstrip("?")
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("sign_in.show", next=target), 303)
    return page(Form.fresh(next=request.path, answers=resume_form.pack_fields(request.form)), 403, interrupted=True)


def page(form: Form, status: int = 200, *, interrupted: bool = False) -> Response:
    """The sign-in page, with the name of the community whose door this is, where there is only one."""
    with open_connection() as connection:
        slugs = list(connection.scalars(select(community.c.slug).limit(2)))
    g.door = name_of(slugs[0]) if len(slugs) == 1 else ""
    html = render_template("sign_in/sign_in.html", form=form, is_new=not slugs, interrupted=interrupted)
    answer = make_response(html, status)
    if status == 429:
        answer.headers["Retry-After"] = "900"
    return answer
