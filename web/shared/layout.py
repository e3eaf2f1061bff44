"""The layout around every page: the community's name, navigation, the visitor, languages and help.

A blueprint module lists its navigation items as `PLACES`; the layout shows those that the visitor may open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for

from ledger.core.messages import N_
from ledger.database.book_status import MOVED, MOVING, READ_ONLY, BookStatus
from ledger.registers.cache import RecentValues
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
"""The notice on every page while the books are read-only, by their status."""
HELP = N_("Ask an organiser of your community. They can write things down for you, too.")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A page in the navigation.

    `label` is a message id; `endpoint` takes only the community's `slug`; `roles` are those that may open it. The items
    of an `area` with `on_top` are in its top bar, sorted by `order`; `also_in` is another area with the item in
    its top bar.
    """

    label: str
    endpoint: str
    area: Area = "member"
    also_in: Area | None = None
    roles: frozenset[str] = frozenset({"member"})
    on_top: bool = False
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    """A link to the page in another language, by the language's own name."""

    code: str
    label: str
    href: str
    direction: str
    is_current: bool


class Visitor(Protocol):
    """The visitor as far as the layout needs it: `g.visitor`, which the permission check sets."""

    @property
    def name(self) -> str:
        """The member's name."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles they hold today, `member` among them."""

    @property
    def slug(self) -> str:
        """The community's slug."""

    @property
    def community_name(self) -> str:
        """The community's name."""

    @property
    def book_status(self) -> BookStatus:
        """The status of its books: open or read-only."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The data of the layout template (`shell` in templates), in the reader's language."""

    stylesheet: str
    home: str
    community: str = ""
    person: str = ""
    places: tuple[Link, ...] = ()
    contents: tuple[Link, ...] = ()
    offices: tuple[Link, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    help: str = ""
    notice: str = ""
    sign_out: str = ""


def add_places(app: Flask, places: Iterable[NavItem]) -> None:
    """Add a blueprint's items to the navigation, by order and then by endpoint: never by the name of a file."""
    registered: list[NavItem] = app.extensions.setdefault("places", [])
    registered.extend(places)
    registered.sort(key=lambda place: (place.order, place.endpoint))


def build_layout() -> Layout:
    """The layout of the current request's page."""
    visitor: Visitor | None = g.get("visitor")
    base = Layout(
        stylesheet=stylesheet_url(),
        home=f"{request.script_root}/",
        community=str(g.get("door", "")),  # set by pages that name a community before sign-in
        languages=_language_links(),
        help=_help_text(),
    )
    if visitor is None:
        return base
    navigation = _get_navigation(visitor)
    return replace(
        base,
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
    """The navigation of a page: the links in its top bar, in the contents below, and those of offices."""

    places: tuple[Link, ...]
    contents: tuple[Link, ...]
    offices: tuple[Link, ...]


def _get_navigation(visitor: Visitor) -> Navigation:
    """The navigation for the current item, the visitor's roles and the language; cached, because url_for is slow."""
    places: list[NavItem] = [place for place in current_app.extensions.get("places", ()) if place.roles & visitor.roles]
    current = _find_current_place(places, visitor.slug)
    language = translation.current_language().code
    key = (request.script_root, visitor.slug, visitor.roles, language, current)
    cache: RecentValues[Navigation] = current_app.extensions.setdefault("navigation", RecentValues(1024))
    navigation = cache.get(key)
    if navigation is None:
        navigation = _make_navigation(visitor, places, current)
        cache.put(key, navigation)
    return navigation


def _make_navigation(visitor: Visitor, places: list[NavItem], current: NavItem | None) -> Navigation:
    open_to_all = {place.endpoint for place in places if place.area == "member"}
    area = current.area if current else "member"
    offices = [place for place in places if place.area == "office" and place.endpoint not in open_to_all]
    return Navigation(
        places=_links(
            visitor, current, (place for place in places if place.on_top and area in (place.area, place.also_in))
        ),
        contents=_links(visitor, current, (place for place in places if place.area == "member")),
        offices=_links(visitor, current, offices),
    )


def stylesheet_url() -> str:
    """The address of the stylesheet; its digest makes the address change with its content."""
    return url_for("look.style", v=build_stylesheet().digest)


def _help_text() -> str:
    return str(g.get("help") or translation.gettext(HELP))


def _find_current_place(places: Iterable[NavItem], slug: str) -> NavItem | None:
    """The item of the current page: itself, else the first of its blueprint, else the nearest one above its address."""
    endpoint = request.endpoint or ""
    candidates = [
        place for place in places if _blueprint_name(place.endpoint) == _blueprint_name(endpoint)
    ] or _places_above(places, slug)
    return next((place for place in candidates if place.endpoint == endpoint), candidates[0] if candidates else None)


def _places_above(places: Iterable[NavItem], slug: str) -> list[NavItem]:
    """The items whose address is a parent of the page's address, the nearest first."""
    by_address = {f"{url_for(place.endpoint, slug=slug)}/": place for place in places}
    return [
        by_address[address] for address in sorted(by_address, key=len, reverse=True) if request.path.startswith(address)
    ]


def _blueprint_name(endpoint: str) -> str:
    return endpoint.rpartition(".")[0]


def _links(visitor: Visitor, current: NavItem | None, places: Iterable[NavItem]) -> tuple[Link, ...]:
    return tuple(
        Link(
            label=translation.gettext(place.label),
            href=url_for(place.endpoint, slug=visitor.slug),
            is_current=place is current,
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
