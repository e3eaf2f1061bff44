"""Set-up of Flask-Security for password hashing, sign-in and sign-out; its pages and roles are not used."""

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
    """A login as Flask-Security expects it; within a request also its session."""

    fs_uniquifier: str = ""

    def __init__(self, login: LoginRecord | sessions.Session, session_reference: str = "") -> None:
        self.login_id = login.login_id
        self.fs_uniquifier = login.fs_uniquifier
        self.password = login.password if isinstance(login, LoginRecord) else None
        self.session = login if isinstance(login, sessions.Session) else None
        self.active = True
        self.roles: list[Any] = []
        self.reference = session_reference

    def get_id(self) -> str:
        """The session's reference, which the cookie holds; it is valid as long as the session's row."""
        return self.reference


class LoginStore(UserDatastore):
    """Gives Flask-Security access to our table of logins, through our transactions."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(SignedInUser, RoleMixin)
        self.engine = engine

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> SignedInUser | None:
        """The login with this user name or address."""
        del case_insensitive  # our comparison keys never depend on case
        with read_transaction(self.engine) as connection:
            login = logins.find(connection, str(next(iter(kwargs.values()))))
        return SignedInUser(login) if login else None

    def put(self, model: Any) -> Any:
        """Store a password hashed again at higher costs."""
        with write_transaction(self.engine) as connection:
            logins.update_hash(connection, model.login_id, model.password)
        return model


_ANY_CASE = {"case_insensitive": True}


def install(app: Flask) -> None:
    """Install sign-in; sessions and permissions are read again for each request."""
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
    app.extensions["security"].login_manager.user_loader(
        lambda session_reference: _load_user(engine, session_reference)
    )


def _load_user(engine: Engine, session_reference: str) -> SignedInUser | None:
    with open_connection() as connection:
        session = sessions.find(connection, session_reference)
    if session and session.is_due_to_be_marked():
        with write_transaction(engine) as connection:
            sessions.mark_seen(connection, session.session_id)
    return SignedInUser(session, session_reference) if session else None


def verify_password(login: LoginRecord | None, password: str) -> bool:
    """Whether this is the login's password. Takes the same time without such a login, to not reveal who has one."""
    usable = login is not None and login.active and login.password is not None
    user = SignedInUser(login if login is not None and usable else _NOBODY)
    user.password = user.password or passwords.unmatched_hash()
    return bool(verify_and_update_password(passwords.normalize(password), user)) and usable


_NOBODY = LoginRecord(login_id=0, user_name="", email=None, password=None, active=False, fs_uniquifier="")


def sign_in(engine: Engine, login: LoginRecord, *, kept: bool, device: str) -> None:
    """Sign a login in on this device, with a new session and cookie."""
    with write_transaction(engine) as connection:
        session_reference = sessions.begin(connection, login.login_id, kept=kept, device=device)
    _clear_cookie()
    session.permanent = kept
    login_user(SignedInUser(login, session_reference), remember=False)
    log.info("signed in: login %s", login.login_id)


def sign_out(engine: Engine) -> None:
    """End the session of this device."""
    current = current_session()
    if current is not None:
        with write_transaction(engine) as connection:
            sessions.end(connection, current.session_id, current.login_id)
    logout_user()
    _clear_cookie()


def _clear_cookie() -> None:
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF would use the old token for the rest of the request


def current_session() -> sessions.Session | None:
    """The session of this request; None if nobody is signed in."""
    current = getattr(current_user, "session", None)
    return current if isinstance(current, sessions.Session) else None


def session_reference() -> str:
    """The reference of this request's session; secrets derived from it can be shown again in this session only."""
    return str(getattr(current_user, "reference", ""))
