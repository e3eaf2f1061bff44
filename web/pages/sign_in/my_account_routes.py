"""One's own sign-in: the password, an address to sign in by, and the devices that are signed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldWrong
from ledger.core.messages import N_
from ledger.database.unit_of_work import write_transaction
from ledger.registers import members
from web.database import get_engine, open_books, open_connection
from web.i18n.formats import moment
from web.i18n.translation import gettext
from web.identity import (
    authentication,
    flask_security_adapter,
    links,
    logins,
    passwords,
    permissions,
    sessions,
    usernames,
)
from web.identity.logins import LoginRecord
from web.identity.rate_limits import TooManyTries
from web.pages.sign_in.sign_in_forms import ChangePasswordSchema, EmailSchema
from web.shared.components import Fact
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("account", __name__, url_prefix="/c/<slug>/account")
PLACES = (NavItem(label=N_("My sign-in"), endpoint="account.show", order=90),)

DONE = {
    "password": N_("Your password is changed. Every other device is signed out."),
    "email": N_("Your address is noted. You can sign in with it from now on."),
    "no-email": N_("Your address is removed. Sign in with your user name from now on."),
    "device": N_("That device is signed out."),
    "others": N_("Every other device is signed out."),
}


@dataclass(frozen=True, kw_only=True)
class Device:
    """Somewhere that one is signed in."""

    number: int
    name: str
    seen: str
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class Own:
    """One's own sign-in as the page shows it."""

    email: str
    facts: tuple[Fact, ...]
    devices: tuple[Device, ...]


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """One's own sign-in, and what was changed just now."""
    done = DONE.get(request.args.get("done", ""), "")
    return render_template("sign_in/my_account.html", own=own(slug, session_here()), slug=slug, done=done)


@bp.get("/password")
@permissions.require_member
def ask_password(slug: str) -> ResponseReturnValue:
    """The form for a new password."""
    return _form_page("password", slug, Form.fresh())


@bp.post("/password")
@permissions.require_member
def change_password(slug: str) -> ResponseReturnValue:
    """Change the password, which signs every other device out."""
    here, visitor = session_here(), permissions.current_member()
    words = [visitor.community_name, visitor.name, here.user_name, slug]
    try:
        sent = ChangePasswordSchema().load(form_values(request.form))
        password = passwords.check_strength(sent["password"], words)
        authentication.check_own_password(
            get_engine(), here.login_id, sent["old_password"], request.remote_addr, "old_password"
        )
    except (ValidationError, FieldWrong, TooManyTries) as wrong:
        return _refused("password", slug, wrong)
    authentication.change_password(get_engine(), here.login_id, password, here.session_id)
    return _done(slug, "password")


@bp.get("/email")
@permissions.require_member
def ask_email(slug: str) -> ResponseReturnValue:
    """The form for an address."""
    return _form_page("email", slug, Form.fresh(email=own(slug, session_here()).email))


@bp.post("/email")
@permissions.require_member
def change_email(slug: str) -> ResponseReturnValue:
    """Note an address to sign in by, or remove it; nothing is sent there."""
    here = session_here()
    try:
        sent = EmailSchema().load(form_values(request.form))
        address = usernames.check_email(sent["email"])
        authentication.check_own_password(
            get_engine(), here.login_id, sent["old_password"], request.remote_addr, "old_password"
        )
        with write_transaction(get_engine()) as connection:
            logins.set_email(connection, here.login_id, address)
    except (ValidationError, FieldWrong, TooManyTries) as wrong:
        return _refused("email", slug, wrong)
    return _done(slug, "email" if address else "no-email")


@bp.post("/devices/<int:number>/end")
@permissions.require_member
def end(slug: str, number: int) -> ResponseReturnValue:
    """Sign one device out at once."""
    with write_transaction(get_engine()) as connection:
        sessions.end(connection, number, session_here().login_id)
    return _done(slug, "device")


@bp.post("/devices/end")
@permissions.require_member
def end_others(slug: str) -> ResponseReturnValue:
    """Sign out everywhere but here."""
    here = session_here()
    with write_transaction(get_engine()) as connection:
        sessions.end_all(connection, here.login_id, but=here.session_id)
    return _done(slug, "others")


def session_here() -> sessions.Session:
    """The session of whoever sees these pages; they are for those who are signed in only."""
    here = flask_security_adapter.current_session()
    if here is None:
        raise LookupError("nobody is signed in")
    return here


def own(slug: str, here: sessions.Session) -> Own:
    """What the page shows of one's own sign-in."""
    with open_connection() as connection:
        known = logins.find_by_id(connection, here.login_id)
        found = sessions.list_for_login(connection, here.login_id)
    email = (known.email if known else None) or ""
    facts = (
        Fact(term=gettext("User name"), detail=here.user_name),
        Fact(
            term=gettext("Password"),
            detail=_chosen(slug, known),
            change=url_for("account.ask_password", slug=slug),
        ),
        Fact(term=gettext("E-mail"), detail=email or gettext("None"), change=url_for("account.ask_email", slug=slug)),
    )
    return Own(email=email, facts=facts, devices=tuple(_device(session, here) for session in found))


def _chosen(slug: str, known: LoginRecord | None) -> str:
    """When the password was chosen; with whose slip, so that nobody is let in unseen by somebody else's."""
    chosen = known.password_set_at if known else None
    if chosen is None:
        return gettext("Only you know it")
    with open_books(slug) as books:
        last = links.find_last_maker(books.connection, books.community_id, permissions.current_member().party_id)
        people = members.parties(books) if last else {}
    if last and abs(last[1] - chosen) < dt.timedelta(minutes=1) and last[0] in people:
        maker = people[last[0]].name or gettext("the operator")
        return gettext("Chosen on %(moment)s, with a slip made by: %(person)s", moment=moment(chosen), person=maker)
    return gettext("Chosen on %(moment)s", moment=moment(chosen))


def _device(session: sessions.Session, here: sessions.Session) -> Device:
    return Device(
        number=session.session_id,
        name=session.device or gettext("A device that does not say what it is"),
        seen=moment(session.last_seen_at),
        is_here=session.session_id == here.session_id,
    )


def _form_page(which: str, slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    html = render_template(f"sign_in/my_account_{which}.html", slug=slug, form=form, user_name=session_here().user_name)
    return make_response(html, status)


def _refused(which: str, slug: str, wrong: ValidationError | FieldWrong | TooManyTries) -> ResponseReturnValue:
    errors = wrong.messages_dict if isinstance(wrong, ValidationError) else wrong
    return _form_page(which, slug, Form.filled(request.form, errors), 429 if isinstance(wrong, TooManyTries) else 422)


def _done(slug: str, what: str) -> ResponseReturnValue:
    return redirect(url_for("account.show", slug=slug, done=what), 303)
