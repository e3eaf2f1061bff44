"""Permissions: every endpoint declares who may use it, and the visitor's roles are read again for each request.

An endpoint without a declaration is an error. A visitor who is not a member of the community in the address gets 404,
so that nobody learns what exists; a member without the office gets 403 with the offices it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Unauthorized

from ledger.core.errors import NotAllowed
from ledger.core.messages import N_, make_message
from ledger.database.book_status import BookStatus
from ledger.database.unit_of_work import ReadUnit
from ledger.registers import communities, members, roles
from web.database import get_engine, open_books
from web.identity import flask_security_adapter, sessions

MEMBER, ORGANISER, TREASURER, CHECKER = roles.ROLES_WITH_RIGHTS
OFFICE_NAMES = {ORGANISER: N_("organiser"), TREASURER: N_("treasurer"), CHECKER: N_("checker")}
OFFICES = frozenset(OFFICE_NAMES)

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who may use a page: anyone, anyone signed in, or the members of its community who hold one of these roles."""

    signed_in: bool = False
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CurrentMember:
    """The signed-in member in the community of the address, with the roles of today."""

    login_id: int
    party_id: int
    name: str
    roles: frozenset[str]
    slug: str
    community_name: str
    book_status: BookStatus = field(default_factory=BookStatus)

    def may(self, *accepted: str) -> bool:
        """Whether the member holds one of these roles today."""
        return not self.roles.isdisjoint(accepted)


class EndpointUndeclared(RuntimeError):
    """An endpoint does not declare who may use it."""


class OfficeNeeded(NotAllowed):
    """An action is allowed only to certain roles, or to the owner of the account.

    The page is for holders of an office that the member does not hold today.
    """

    slug = "not-allowed"

    def __init__(self, accepted: frozenset[str]) -> None:
        names = [make_message(OFFICE_NAMES[role]) for role in sorted(accepted & OFFICES)]
        *before, last = names
        offices = last
        if before:
            listed = reduce(lambda one, other: make_message("%(one)s, %(other)s", one=one, other=other), before)
            offices = make_message("%(one)s or %(other)s", one=listed, other=last)
        super().__init__(make_message("This is for whoever holds this office today: %(offices)s.", offices=offices))


def allow_anyone(view: View) -> View:
    """Declare an endpoint for anyone, signed in or not."""
    return _set_rule(view, Rule())


def require_sign_in(view: View) -> View:
    """Declare an endpoint for anyone who is signed in, whatever the community."""
    return _set_rule(view, Rule(signed_in=True))


def require_member(view: View) -> View:
    """Declare an endpoint for every member of the community in its address."""
    return _set_rule(view, Rule(True, frozenset({MEMBER})))


def require_role(*accepted: str) -> Callable[[View], View]:
    """Declare an endpoint for members who hold one of these roles today."""
    return lambda view: _set_rule(view, Rule(True, frozenset(accepted)))


def _set_rule(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def find_rule(app: Flask, endpoint: str) -> Rule:
    """The rule that an endpoint declares; EndpointUndeclared if it declares none."""
    view = app.view_functions[endpoint]
    rule = getattr(view, "access_rule", None) or getattr(getattr(view, "view_class", None), "access_rule", None)
    if not isinstance(rule, Rule):
        raise EndpointUndeclared(endpoint)
    return rule


def install(app: Flask) -> None:
    """Check permissions before every request, after the request guards."""
    allow_anyone(app.view_functions["static"])
    app.before_request(check_request)


def check_request() -> ResponseReturnValue | None:
    """Check the rule of the endpoint: None to continue, or the sign-in page; 404 or OfficeNeeded if refused."""
    g.visitor = None
    if request.endpoint is None:
        return None
    rule = find_rule(current_app, request.endpoint)
    if not rule.signed_in:
        return None
    session = flask_security_adapter.current_session()
    if session is None:
        return _ask_to_sign_in()
    if rule.roles:
        g.visitor = _read_visitor(session, str((request.view_args or {})["slug"]))
        if g.visitor.may(*OFFICES) and not session.is_good_for_office():
            flask_security_adapter.sign_out(get_engine())
            g.visitor = None
            return _ask_to_sign_in()
        if not g.visitor.may(*rule.roles):
            raise OfficeNeeded(rule.roles)
    return None


def set_signed_out_response(app: Flask, respond: Callable[[], ResponseReturnValue]) -> None:
    """Set the response to a request that needs a sign-in first."""
    app.extensions["signed_out_response"] = respond


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        raise Unauthorized
    respond: Callable[[], ResponseReturnValue] = current_app.extensions["signed_out_response"]
    return respond()


def _read_visitor(session: sessions.Session, slug: str) -> CurrentMember:
    membership = next((known for known in session.memberships if known.slug == slug), None)
    if membership is None:
        abort(404)
    with open_books(slug) as books:
        return _read_member(books, session.login_id, membership.party_id)


def _read_member(books: ReadUnit, login_id: int, party_id: int) -> CurrentMember:
    held_roles = roles.roles_held(books, party_id, communities.today(books))
    if MEMBER not in held_roles:
        abort(404)
    settings = communities.settings(books)
    g.community_language = settings.language
    return CurrentMember(
        login_id=login_id,
        party_id=party_id,
        name=members.get(books, party_id).name,
        roles=held_roles,
        slug=books.slug,
        community_name=settings.name,
        book_status=books.status or BookStatus(),
    )


def may_read_all() -> bool:
    """Whether the member is treasurer or checker today, and so may read the whole books."""
    return current_member().may(TREASURER, CHECKER)


def check_read_number(at: int | None) -> int | None:
    """The entry number at which to read the books; OfficeNeeded for a member who asks for a past one.

    The difference of a month's report before and after an entry would reveal that entry.
    """
    if at is not None and not may_read_all():
        raise OfficeNeeded(frozenset({TREASURER, CHECKER}))
    return at


def current_member() -> CurrentMember:
    """The member who makes the request, on a page for members."""
    visitor = g.get("visitor")
    if not isinstance(visitor, CurrentMember):
        raise LookupError("this page belongs to no community")
    return visitor
