"""Flask-Security, set up with the parts in use: password hashing, signing in and out; not its pages and roles."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, g, session
from flask_login import current_user
from flask_security import RoleMixin, Security, UserDatastore, UserMixin
from flask_security.utils import login_user, logout_user, verify_and_update_password
from sqlalchemy import Engine

from ledger.database.unit_of_work import read_transaction, write_transaction
from web.database import open_connection
from web.identity import logins, passwords, sessions
from web.identity.logins import LoginRecord

log = logging.getLogger("hourstead.identity")


class SignedInUser(UserMixin):
    """A login as Flask-Security knows it; within a request also the session that it is signed in by."""

    fs_uniquifier: str = ""

    def __init__(self, known: LoginRecord | sessions.Session, reference: str = "") -> None:
        self.login_id = known.login_id
        self.fs_uniquifier = known.fs_uniquifier
        self.password = known.password if isinstance(known, LoginRecord) else None
        self.session = known if isinstance(known, sessions.Session) else None
        self.active = True
        self.roles: list[Any] = []
        self.reference = reference

    def get_id(self) -> str:
        """The session's reference: what the device's cookie holds is good for as long as its row is."""
        return self.reference


class LoginStore(UserDatastore):
    """Where Flask-Security finds logins and puts passwords that it hashed anew: our tables, by our units of work."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(SignedInUser, RoleMixin)
        self.engine = engine

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> SignedInUser | None:
        """The login with this user name or address."""
        del case_insensitive  # ours are always compared without case
        with read_transaction(self.engine) as connection:
            known = logins.find(connection, str(next(iter(kwargs.values()))))
        return SignedInUser(known) if known else None

    def put(self, model: Any) -> Any:
        """Keep a password that was hashed anew, because the costs have been raised since."""
        with write_transaction(self.engine) as connection:
            logins.update_hash(connection, model.login_id, model.password)
        return model


_ANY_CASE = {"case_insensitive": True}


def install(app: Flask) -> None:
    """Let people sign in to this application; sessions and rights are looked up anew for each request."""
    engine: Engine = app.extensions["engine"]
    app.config.update(
        SECURITY_PASSWORD_HASH=passwords.SCHEMES[0],
        SECURITY_PASSWORD_SCHEMES=passwords.SCHEMES,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=passwords.COSTS,
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_USERNAME_MIN_LENGTH=2,
        SECURITY_USER_IDENTITY_ATTRIBUTES=[{"user_name": _ANY_CASE}, {"email": _ANY_CASE}],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        PERMANENT_SESSION_LIFETIME=sessions.OWN_DEVICE.absolute,
    )
    Security(app, LoginStore(engine), register_blueprint=False)
    app.extensions["security"].login_manager.user_loader(lambda reference: _load(engine, reference))


def _load(engine: Engine, reference: str) -> SignedInUser | None:
    with open_connection() as connection:
        found = sessions.find(connection, reference)
    if found and found.to_be_noted():
        with write_transaction(engine) as connection:
            sessions.mark_seen(connection, found.session_id)
    return SignedInUser(found, reference) if found else None


def verify_password(known: LoginRecord | None, password: str) -> bool:
    """Whether this is the login's password; it takes as long when there is no such login."""
    usable = known is not None and known.active and known.password is not None
    user = SignedInUser(known if known is not None and usable else _NOBODY)
    user.password = user.password or passwords.unmatched_hash()
    return bool(verify_and_update_password(passwords.normalize(password), user)) and usable


_NOBODY = LoginRecord(login_id=0, user_name="", email=None, password=None, active=False, fs_uniquifier="")


def sign_in(engine: Engine, known: LoginRecord, *, kept: bool, device: str) -> None:
    """Sign a login in on this device, with a new session and a new cookie."""
    with write_transaction(engine) as connection:
        reference = sessions.begin(connection, known.login_id, kept=kept, device=device)
    _forget_cookie()
    session.permanent = kept
    login_user(SignedInUser(known, reference), remember=False)
    log.info("signed in: login %s", known.login_id)


def sign_out(engine: Engine) -> None:
    """Sign this device out."""
    here = current_session()
    if here is not None:
        with write_transaction(engine) as connection:
            sessions.end(connection, here.session_id, here.login_id)
    logout_user()
    _forget_cookie()


def _forget_cookie() -> None:
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF keeps the old one for the rest of the request


def current_session() -> sessions.Session | None:
    """The session of this request; None for whoever is not signed in."""
    found = getattr(current_user, "session", None)
    return found if isinstance(found, sessions.Session) else None


def session_reference() -> str:
    """The reference of this request's session, for secrets that only this session can show again."""
    return str(getattr(current_user, "reference", ""))
