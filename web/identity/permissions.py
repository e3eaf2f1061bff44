"""Who may do what: every page says who it is for, and the rights of who asks are read anew for each request.

A page that says nothing is for nobody. Who is not a member of the community named in the address is told that there
is no such page; who lacks the office is told which office it takes.
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
    """Who asks, in the community that the address names, with the rights of today."""

    login_id: int
    party_id: int
    name: str
    roles: frozenset[str]
    slug: str
    community_name: str
    standing: BookStatus = field(default_factory=BookStatus)

    def may(self, *wanted: str) -> bool:
        """Whether the visitor holds one of these roles today."""
        return not self.roles.isdisjoint(wanted)


class EndpointUndeclared(RuntimeError):
    """Every endpoint declares who may use it; this one would be open to nobody."""


class OfficeNeeded(NotAllowed):
    """What an office does is done by whoever holds that office today."""

    slug = "not-allowed"

    def __init__(self, wanted: frozenset[str]) -> None:
        names = [make_message(OFFICE_NAMES[role]) for role in sorted(wanted & OFFICES)]
        *before, last = names
        either = last
        if before:
            listed = reduce(lambda one, other: make_message("%(one)s, %(other)s", one=one, other=other), before)
            either = make_message("%(one)s or %(other)s", one=listed, other=last)
        super().__init__(make_message("This is for whoever holds this office today: %(offices)s.", offices=either))


def allow_anyone(view: View) -> View:
    """Mark a page that anyone may see without signing in."""
    return _marked(view, Rule())


def require_sign_in(view: View) -> View:
    """Mark a page for anyone who is signed in, whatever the community."""
    return _marked(view, Rule(signed_in=True))


def require_member(view: View) -> View:
    """Mark a page for every member of the community in its address."""
    return _marked(view, Rule(True, frozenset({MEMBER})))


def require_role(*wanted: str) -> Callable[[View], View]:
    """Mark a page for members who hold one of these offices today."""
    return lambda view: _marked(view, Rule(True, frozenset(wanted)))


def _marked(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def find_rule(app: Flask, endpoint: str) -> Rule:
    """What an endpoint declares; EndpointUndeclared when it declares nothing."""
    view = app.view_functions[endpoint]
    rule = getattr(view, "access_rule", None) or getattr(getattr(view, "view_class", None), "access_rule", None)
    if not isinstance(rule, Rule):
        raise EndpointUndeclared(endpoint)
    return rule


def install(app: Flask) -> None:
    """Ask before every request who may make it, after the application's own walls have let it through."""
    allow_anyone(app.view_functions["static"])
    app.before_request(check_request)


def check_request() -> ResponseReturnValue | None:
    """Let a request through, or answer it: sign in first, no such page, not your office."""
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
        g.visitor = _visitor(session, str((request.view_args or {})["slug"]))
        if g.visitor.may(*OFFICES) and not session.good_for_office():
            flask_security_adapter.sign_out(get_engine())
            g.visitor = None
            return _ask_to_sign_in()
        if not g.visitor.may(*rule.roles):
            raise OfficeNeeded(rule.roles)
    return None


def set_signed_out_response(app: Flask, answer: Callable[[], ResponseReturnValue]) -> None:
    """Say how to answer whoever must sign in before a page can be shown, or a form taken."""
    app.extensions["when_signed_out"] = answer


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        raise Unauthorized
    answer: Callable[[], ResponseReturnValue] = current_app.extensions["when_signed_out"]
    return answer()


def _visitor(session: sessions.Session, slug: str) -> CurrentMember:
    here = next((one for one in session.memberships if one.slug == slug), None)
    if here is None:
        abort(404)
    with open_books(slug) as books:
        return _in_community(books, session.login_id, here.party_id)


def _in_community(books: ReadUnit, login_id: int, party_id: int) -> CurrentMember:
    held = roles.roles_held(books, party_id, communities.today(books))
    if MEMBER not in held:
        abort(404)
    settings = communities.settings(books)
    g.community_language = settings.language
    return CurrentMember(
        login_id=login_id,
        party_id=party_id,
        name=members.get(books, party_id).name,
        roles=held,
        slug=books.slug,
        community_name=settings.name,
        standing=books.status or BookStatus(),
    )


def may_read_all() -> bool:
    """Whether who asks keeps or checks the books today, and so reads all of them."""
    return current_member().may(TREASURER, CHECKER)


def check_read_number(at: int | None) -> int | None:
    """The number at which someone asks to read: for members the last one only.

    From two readings of the same month, before and after an entry, anyone could subtract whom it helped by how much.
    """
    if at is not None and not may_read_all():
        raise OfficeNeeded(frozenset({TREASURER, CHECKER}))
    return at


def current_visitor() -> CurrentMember | None:
    """Who asks, in the community of this page; None on pages outside any community."""
    found = g.get("visitor")
    return found if isinstance(found, CurrentMember) else None


def current_member() -> CurrentMember:
    """Who asks, on a page that only members see."""
    found = current_visitor()
    if found is None:
        raise LookupError("this page belongs to no community")
    return found
