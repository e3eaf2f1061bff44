"""One-time links and typed codes: what is behind them opens once, and looking at it does not use it up."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldsWrong, FieldWrong
from ledger.core.messages import N_
from ledger.registers import communities, members
from web.database import get_engine, open_books, open_connection
from web.identity import authentication, flask_security_adapter, links, logins, permissions, usernames
from web.identity.authentication import LinkGone
from web.identity.link_permissions import offices_gained
from web.identity.links import Link
from web.identity.rate_limits import TooManyTries
from web.pages.sign_in.sign_in_forms import ChooseSchema, CodeSchema, NewPasswordSchema
from web.pages.sign_in.sign_in_routes import home_of, let_in
from web.shared.form_state import Form, form_values

bp = Blueprint("links", __name__)

OPENED = "opened"
"""The cookie's word for the link that was opened on this device; the link's own rules still hold."""
NO_SUCH_CODE = N_("This code opens nothing. Look at your slip again; used and old codes do not work any more.")


@bp.get("/link")
@permissions.allow_anyone
def ask_code() -> ResponseReturnValue:
    """Where the code on a slip is typed, for those without a camera."""
    return render_template("sign_in/one_time_links_code.html", form=Form.fresh())


@bp.post("/link")
@permissions.allow_anyone
def take_code() -> ResponseReturnValue:
    """Open the link that a typed code stands for."""
    try:
        typed = CodeSchema().load(form_values(request.form))["code"]
        link = authentication.find_link_by_code(get_engine(), typed, request.remote_addr)
    except ValidationError as wrong:
        return _code_again(wrong.messages_dict, 422)
    except TooManyTries as wait:
        return _code_again(wait, 429)
    return _code_again({"code": NO_SUCH_CODE}, 422) if link is None else open_link(link)


def _code_again(errors: object, status: int) -> ResponseReturnValue:
    form = Form.filled(request.form, errors)  # type: ignore[arg-type]
    return make_response(render_template("sign_in/one_time_links_code.html", form=form), status)


@bp.get("/link/<token>")
@permissions.allow_anyone
def follow(token: str) -> ResponseReturnValue:
    """Open a link; its token leaves the address bar at once, and nothing is used up by looking."""
    with open_connection() as connection:
        link = links.find(connection, token)
    if link is None:
        return gone()
    return open_link(link)


def open_link(link: Link) -> ResponseReturnValue:
    """Remember on this device which link was opened, and go to its page."""
    session[OPENED] = link.token_hash
    to_be_founded = link.purpose == links.SET_UP and link.party_id is None
    return redirect(url_for("setup.begin" if to_be_founded else "links.show"), 303)


def opened() -> Link:
    """The link that was opened on this device; LinkGone when it is used, replaced, or too old."""
    with open_connection() as connection:
        link = links.find_by_hash(connection, str(session.get(OPENED, "")))
    if link is None:
        raise LinkGone
    return link


@bp.errorhandler(LinkGone)
def gone(_error: LinkGone | None = None) -> ResponseReturnValue:
    """A used, replaced or old link: say what to do, and nothing about whose it was."""
    session.pop(OPENED, None)
    return make_response(render_template("sign_in/one_time_links_gone.html"), 410)


@bp.get("/link/open")
@permissions.allow_anyone
def show() -> ResponseReturnValue:
    """Choose a user name and password, or only a new password where there is a login already."""
    guest = guest_of(opened())
    return _page(Form.fresh(user_name=usernames.suggest_user_name(guest.person)), guest)


@bp.post("/link/open")
@permissions.allow_anyone
def choose() -> ResponseReturnValue:
    """Take the choice, use the link up, and sign in."""
    link = opened()
    guest = guest_of(link)
    try:
        sent = (NewPasswordSchema() if guest.user_name else ChooseSchema()).load(form_values(request.form))
        name = guest.user_name or sent["user_name"]
        chosen = authentication.check_credentials(name, sent["password"], [guest.community, guest.slug, guest.person])
        known = authentication.redeem_link(get_engine(), link, chosen)
    except ValidationError as wrong:
        return _page(Form.filled(request.form, wrong.messages_dict), guest, 422)
    except (FieldWrong, FieldsWrong) as wrong:
        return _page(Form.filled(request.form, wrong), guest, 422)
    return _in(let_in(known, stay=bool(sent["stay"]), target=_first_page(link, guest)))


@bp.post("/link/join")
@permissions.require_sign_in
def join() -> ResponseReturnValue:
    """Use the login that is signed in on this device for one more community."""
    link = opened()
    guest = guest_of(link)
    here = flask_security_adapter.current_session()
    if here is None or guest.user_name:
        raise LinkGone
    authentication.join_by_link(get_engine(), link, here.login_id)
    return _in(redirect(home_of(guest.slug), 303))


def _in(answer: ResponseReturnValue) -> ResponseReturnValue:
    session.pop(OPENED, None)
    return answer


def _first_page(link: Link, guest: Guest) -> str:
    return url_for("setup.welcome", slug=guest.slug) if link.purpose == links.SET_UP else home_of(guest.slug)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Whom a link was made for, and how they sign in already: here, or on this device for another community."""

    person: str
    community: str
    slug: str
    user_name: str
    signed_in_as: str


def guest_of(link: Link) -> Guest:
    """Whom the link was made for; LinkGone where whoever made it would gain an office by it."""
    holder = authentication.find_holder(get_engine(), link)
    with open_connection() as connection:
        slug = logins.find_slug(connection, link.community_id or 0)
    with open_books(slug) as books:
        person = members.get_all(books).get(link.party_id or 0)
        name = communities.settings(books).name
        if link.purpose == links.RESET and offices_gained(books, link.made_by or 0, link.party_id or 0):
            raise LinkGone
    here = flask_security_adapter.current_session()
    g.door = name
    return Guest(
        person=person.name if person else "",
        community=name,
        slug=slug,
        user_name=holder.user_name if holder else "",
        signed_in_as=here.user_name if here and not holder else "",
    )


def _page(form: Form, guest: Guest, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("sign_in/one_time_links_choose.html", form=form, guest=guest), status)
