"""The first hour: a set-up link opens a few pages that become a community; each page can be left and come back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import write_transaction
from ledger.registers import communities
from ledger.registers.records import CommunitySettings
from web.database import get_engine, open_books, open_connection
from web.i18n.translation import gettext
from web.identity import links, logins, permissions
from web.identity.authentication import LinkGone
from web.identity.links import Link
from web.identity.onboarding import Basics, Opening, Plan, first_day_of_year, set_up_community
from web.pages.setup import onboarding_view
from web.pages.setup.setup_forms import amount_fields, read_basics, read_opening, read_people
from web.pages.sign_in.one_time_links_routes import gone, open_link, opened
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("setup", __name__)
bp.register_error_handler(LinkGone, gone)

PLACES = (
    NavItem(
        label=N_("First steps"),
        endpoint="setup.welcome",
        area="office",
        roles=frozenset({permissions.ORGANISER}),
        order=90,
    ),
)
PARTS = ("community", "people", "opening")


@bp.get("/setup/<token>")
@permissions.allow_anyone
def follow(token: str) -> ResponseReturnValue:
    """Open a set-up link; it stays good until a user name and password are chosen at its end."""
    with open_connection() as connection:
        link = links.find(connection, token)
    if link is None or link.purpose != links.SET_UP:
        return gone()
    return open_link(link)


@bp.get("/setup/begin")
@permissions.allow_anyone
def begin() -> ResponseReturnValue:
    """The first page that is not filled in yet."""
    return redirect(url_for("setup.check"), 303)


@bp.get("/setup/community")
@permissions.allow_anyone
def community() -> ResponseReturnValue:
    """What the community is called and counts in."""
    return _page("community", _link())


@bp.post("/setup/community")
@permissions.allow_anyone
def take_community() -> ResponseReturnValue:
    """Keep the first page."""
    return _take("community", lambda _link: read_basics(form_values(request.form), _is_taken))


@bp.get("/setup/people")
@permissions.allow_anyone
def people() -> ResponseReturnValue:
    """Who is in the community."""
    return _page("people", _link())


@bp.post("/setup/people")
@permissions.allow_anyone
def take_people() -> ResponseReturnValue:
    """Keep the second page."""
    return _take("people", lambda _link: read_people(form_values(request.form)))


@bp.get("/setup/opening")
@permissions.allow_anyone
def opening() -> ResponseReturnValue:
    """What was there on the first day."""
    return _page("opening", _link())


@bp.post("/setup/opening")
@permissions.allow_anyone
def take_opening() -> ResponseReturnValue:
    """Keep the third page."""
    return _take("opening", lambda link: _opening(link, form_values(request.form)))


@bp.get("/setup/check")
@permissions.allow_anyone
def check() -> ResponseReturnValue:
    """Everything at a glance, before anything is made."""
    link = _link()
    missing = _missing(link)
    if missing:
        return redirect(url_for(f"setup.{missing}"), 303)
    return _check_page(link)


@bp.post("/setup/check")
@permissions.allow_anyone
def make() -> ResponseReturnValue:
    """Make the community; then the same link asks how its first person signs in."""
    link = _link()
    if _missing(link):
        return redirect(url_for("setup.check"), 303)
    try:
        set_up_community(get_engine(), link, _plan(link))
    except LinkGone:  # the same form was quicker; what it made goes on where this one does
        return redirect(url_for("links.show"), 303)
    except LedgerError as refusal:
        return _check_page(link, refusal)
    return redirect(url_for("links.show"), 303)


@bp.get("/c/<slug>/welcome")
@permissions.require_role(permissions.ORGANISER)
def welcome(slug: str) -> ResponseReturnValue:
    """What stands now, and what to do next."""
    return render_template("setup/setup_welcome.html", slug=slug)


def _link() -> Link:
    g.help = gettext("Ask whoever gave you the set-up link.")
    link = opened()
    if link.purpose != links.SET_UP:
        raise LinkGone
    if link.party_id is not None:  # made already, by the same form sent twice or by going back
        abort(redirect(url_for("links.show"), 303))
    return link


def _is_taken(slug: str) -> bool:
    with open_connection() as connection:
        return communities.find(connection, slug) is not None


def _take(part: str, read: Callable[[Link], object]) -> ResponseReturnValue:
    """Keep a page as it was written, if all of it is understood, and go on to the next."""
    link = _link()
    try:
        read(link)
    except (ValidationError, FieldsWrong) as wrong:
        errors = wrong.messages_dict if isinstance(wrong, ValidationError) else wrong
        return _page(part, link, Form.filled(request.form, errors), 422)
    with write_transaction(get_engine()) as connection:
        links.store_draft(connection, link.link_id, {**link.draft, part: form_values(request.form)})
    return redirect(url_for("setup.check"), 303)


def _missing(link: Link) -> str | None:
    """The first page that is not filled in, or not understood any more."""
    readers: Mapping[str, Callable[[], object]] = {
        "community": lambda: _basics(link),
        "people": lambda: read_people(link.draft["people"]),
        "opening": lambda: _opening(link, link.draft["opening"]),
    }
    for part in PARTS:
        try:
            readers[part]()
        except (KeyError, ValidationError, FieldsWrong):
            return part
    return None


def _basics(link: Link) -> Basics | None:
    """What the first page says; nothing where the community stands already."""
    return None if link.community_id is not None else read_basics(link.draft["community"], _is_taken)


def _settings(link: Link) -> CommunitySettings:
    """What the community counts in: as it stands, or as the first page says."""
    basics = _basics(link)
    if basics is None:
        with open_connection() as connection:
            slug = logins.find_slug(connection, link.community_id or 0)
        with open_books(slug) as books:
            return communities.settings(books)
    return CommunitySettings(
        name=basics.name,
        currency=basics.currency,
        timezone=basics.timezone,
        language=basics.language,
        paper=basics.paper,
        year_starts=f"{basics.first_month:02d}-01",
    )


def _opening(link: Link, sent: Mapping[str, Any]) -> Opening | None:
    settings = _settings(link)
    return read_opening(sent, settings.currency, settings.timezone)


def _plan(link: Link) -> Plan:
    you, others = read_people(link.draft["people"])
    return Plan(basics=_basics(link), you=you, others=others, opening=_opening(link, link.draft["opening"]))


def _page(part: str, link: Link, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    """One of the pages, as it was written or as it is begun."""
    if part == "community" and link.community_id is not None:
        return redirect(url_for("setup.people"), 303)
    try:
        settings = None if part == "community" else _settings(link)
    except (KeyError, FieldsWrong, ValidationError):
        return redirect(url_for("setup.community"), 303)
    written = link.draft.get(part)
    form = form or Form.fresh(**(written if written is not None else _suggested(part, settings)))
    html = render_template(
        f"setup/setup_{part}.html",
        form=form,
        settings=settings,
        is_new=link.community_id is None,
        amounts=amount_fields(),
        choices=onboarding_view.choices(),
    )
    return make_response(html, status)


def _suggested(part: str, settings: CommunitySettings | None) -> dict[str, str]:
    if part == "community":
        return onboarding_view.suggested()
    if part == "opening" and settings is not None:
        today = dt.datetime.now(ZoneInfo(settings.timezone)).date()
        return {"day": first_day_of_year(today, settings.first_month).isoformat()}
    return {}


def _check_page(link: Link, refusal: LedgerError | None = None) -> ResponseReturnValue:
    facts = onboarding_view.facts(_settings(link), _plan(link), is_new=link.community_id is None)
    form = Form.filled(request.form, {"form": refusal.message}) if refusal else Form.fresh()
    html = render_template("setup/setup_check.html", form=form, facts=facts, community=_settings(link).name)
    return make_response(html, 422 if refusal else 200)
