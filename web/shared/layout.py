"""What stands around every page: the community's name, places to go, who is here, languages, a person who helps.

A blueprint module lists its pages as `PLACES`; the shell shows those that the visitor may open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for

from ledger.core.messages import N_
from ledger.database.book_status import MOVED, MOVING, READ_ONLY, BookStatus
from web.i18n import translation
from web.i18n.locale_negotiation import LANGUAGE_ARGUMENT, available_languages
from web.shared.components import Link
from web.shared.stylesheet import build_stylesheet

Area: TypeAlias = Literal["member", "office"]

SIGN_OUT = "sign_in.sign_out"
NOTICES = {
    READ_ONLY: N_("These books can be read, but nothing can be written down until they have been checked."),
    MOVING: N_("These books are moving to another place just now. Nothing can be written down meanwhile."),
    MOVED: N_("These books are kept in another place now. What stands here is what was there when they moved."),
}
"""What every page says while the books cannot be written in."""
HELP = N_("Ask an organiser of your community. They can write things down for you, too.")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A page that people go to by name.

    `label` is a message id; `endpoint` takes the community's `slug` alone; `roles` are the offices that may open it.
    The four or five pages of a room with `on_top` stand in the bar above, in their `order`; `also` names another
    room whose bar leads there too.
    """

    label: str
    endpoint: str
    room: Area = "member"
    also: Area | None = None
    roles: frozenset[str] = frozenset({"member"})
    on_top: bool = False
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    """A language to choose, by its own name."""

    code: str
    label: str
    href: str
    direction: str
    is_current: bool


class Visitor(Protocol):
    """Who is looking at the page, as far as the shell must know: `g.visitor`, set by whoever lets them in."""

    @property
    def name(self) -> str:
        """What people here call them."""

    @property
    def roles(self) -> frozenset[str]:
        """The offices they hold today, `member` among them."""

    @property
    def slug(self) -> str:
        """The community's short name."""

    @property
    def community_name(self) -> str:
        """The community's name as it stands on every page."""

    @property
    def book_status(self) -> BookStatus:
        """Whether its books can be written in here."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The frame of one page, worded."""

    stylesheet: str
    home: str
    community: str = ""
    person: str = ""
    places: tuple[Link, ...] = ()
    contents: tuple[Link, ...] = ()
    offices: tuple[Link, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    help: str = ""
    checked: str = ""
    notice: str = ""
    sign_out: str = ""


def add_places(app: Flask, places: Iterable[NavItem]) -> None:
    """Take a blueprint's pages into the contents of every page."""
    known: list[NavItem] = app.extensions.setdefault("places", [])
    known.extend(places)
    known.sort(key=lambda place: place.order)


def build_layout() -> Layout:
    """The frame of the page that is being made."""
    visitor: Visitor | None = g.get("visitor")
    plain = Layout(
        stylesheet=stylesheet_url(),
        home=f"{request.script_root}/",
        community=str(g.get("door", "")),  # whose front door it is, for those who are not signed in
        languages=_language_links(),
        help=_help(),
    )
    if visitor is None:
        return plain
    navigation = _navigation(visitor)
    return replace(
        plain,
        places=navigation.places,
        contents=navigation.contents,
        offices=navigation.offices,
        home=f"{request.script_root}/c/{visitor.slug}/",
        community=visitor.community_name,
        person=visitor.name,
        notice=translation.gettext(NOTICES[visitor.book_status.state]) if not visitor.book_status.is_open else "",
        sign_out=url_for(SIGN_OUT) if SIGN_OUT in current_app.view_functions else "",
    )


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """The links of one page to others: in the bar above, in the contents below, and those for offices."""

    places: tuple[Link, ...]
    contents: tuple[Link, ...]
    offices: tuple[Link, ...]


def _navigation(visitor: Visitor) -> Navigation:
    """The links to other pages, kept for each place, office and language: building an address takes a while."""
    places: list[NavItem] = [one for one in current_app.extensions.get("places", ()) if one.roles & visitor.roles]
    here = _place_here(places, visitor.slug)
    language = translation.current_language().code
    key = (request.script_root, visitor.slug, visitor.roles, language, here)
    kept: dict[object, Navigation] = current_app.extensions.setdefault("navigation", {})
    if key not in kept:
        kept[key] = _make_navigation(visitor, places, here)
    return kept[key]


def _make_navigation(visitor: Visitor, places: list[NavItem], here: NavItem | None) -> Navigation:
    open_to_all = {place.endpoint for place in places if place.room == "member"}
    room = here.room if here else "member"
    offices = [place for place in places if place.room == "office" and place.endpoint not in open_to_all]
    return Navigation(
        places=_links(visitor, here, (p for p in places if p.on_top and room in (p.room, p.also))),
        contents=_links(visitor, here, (p for p in places if p.room == "member")),
        offices=_links(visitor, here, offices),
    )


def stylesheet_url() -> str:
    """The address of the stylesheet, new whenever the stylesheet is."""
    return url_for("look.style", v=build_stylesheet().digest)


def _help() -> str:
    return str(g.get("help") or translation.gettext(HELP))


def _place_here(places: Iterable[NavItem], slug: str) -> NavItem | None:
    """The place that the page is, or belongs to: its blueprint's first, or else the one that its address lies under."""
    here = request.endpoint or ""
    near = [place for place in places if _blueprint(place.endpoint) == _blueprint(here)] or _above(places, slug)
    return next((place for place in near if place.endpoint == here), near[0] if near else None)


def _above(places: Iterable[NavItem], slug: str) -> list[NavItem]:
    """The places under whose address the page lies, the nearest first."""
    found = {f"{url_for(place.endpoint, slug=slug)}/": place for place in places}
    return [found[start] for start in sorted(found, key=len, reverse=True) if request.path.startswith(start)]


def _blueprint(endpoint: str) -> str:
    return endpoint.rpartition(".")[0]


def _links(visitor: Visitor, here: NavItem | None, places: Iterable[NavItem]) -> tuple[Link, ...]:
    return tuple(
        Link(
            label=translation.gettext(place.label),
            href=url_for(place.endpoint, slug=visitor.slug),
            is_current=place is here,
        )
        for place in places
    )


def _language_links() -> tuple[LanguageLink, ...]:
    return tuple(
        _language_link(translation.language(code))
        for code in available_languages(workshop=current_app.extensions["settings"].workshop)
    )


def _language_link(language: translation.Language) -> LanguageLink:
    return LanguageLink(
        code=language.code,
        label=language.name,
        href=f"?{urlencode({**request.args, LANGUAGE_ARGUMENT: language.code})}",
        direction=language.direction,
        is_current=language == translation.current_language(),
    )
