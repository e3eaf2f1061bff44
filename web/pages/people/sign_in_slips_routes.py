"""Slips: one-time links on paper, with a picture to scan and a code to type, handed over by an organiser."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ledger.core.errors import UnknownMember
from ledger.core.messages import make_message
from ledger.database.unit_of_work import write_transaction
from ledger.registers import communities, members
from web.database import get_engine, open_books
from web.i18n.formats import day_in_full
from web.i18n.translation import gettext
from web.identity import flask_security_adapter, links, permissions
from web.identity.link_issuing import store_member_link
from web.identity.link_permissions import SlipForOffice, refusal_message
from web.identity.links import RESET, Link

bp = Blueprint("slips", __name__, url_prefix="/c/<slug>/people/slips")


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One person's slip as it is printed."""

    person: str
    is_reset: bool
    address: str
    code: str
    picture: Markup
    until: str


@bp.post("")
@permissions.require_role(permissions.ORGANISER)
def make(slug: str) -> ResponseReturnValue:
    """Make slips for the people chosen; the earlier slips of the same people stop working."""
    sheet, chosen = request.form.get("key", ""), request.form.getlist("party", type=int)
    with open_books(slug) as books:
        here = members.enrolled(books, communities.today(books))
        number = books.community_id
        reasons = [
            refusal_message(books, permissions.current_member().party_id, party) for party in chosen if party in here
        ]
    if not sheet or not chosen or not set(chosen) <= set(here):
        raise UnknownMember(make_message("Choose people who belong to the community today."))
    if refused := [reason for reason in reasons if reason is not None]:
        raise SlipForOffice(refused[0])
    secrets = {
        party: links.sheet_secret(flask_security_adapter.session_reference(), sheet, party)
        for party in dict.fromkeys(chosen)
    }
    hashed = {party: links.hash_secret(secret) for party, secret in secrets.items()}
    with write_transaction(get_engine()) as connection:
        for party, row in hashed.items():
            store_member_link(connection, row, number, party, permissions.current_member().party_id, sheet)
    return redirect(url_for("slips.show", slug=slug, sheet=sheet), 303)


@bp.get("/<sheet>")
@permissions.require_role(permissions.ORGANISER)
def show(slug: str, sheet: str) -> ResponseReturnValue:
    """The slips, ready to print; only in the session that made them, and only those that are still good."""
    with open_books(slug) as books:
        everyone = members.get_all(books)
        found = links.find_by_sheet(books.connection, books.community_id, sheet)
    slips = [_slip(everyone[party].name, link, sheet) for party, link in found.items() if party in everyone]
    ready = sorted((slip for slip in slips if slip is not None), key=lambda slip: slip.person.casefold())
    return render_template(
        "people/sign_in_slips.html",
        slug=slug,
        slips=ready,
        code_address=public_url() + url_for("links.ask_code"),
        only_here=urlsplit(public_url()).hostname in {"127.0.0.1", "localhost", "::1"},
    )


def public_url() -> str:
    """The address that people type, without what comes behind it."""
    return str(current_app.extensions["settings"].public_url)


def _slip(person: str, link: Link, sheet: str) -> Slip | None:
    """The slip, if its secret can be worked out again here; None in another session than its maker's."""
    secret = links.sheet_secret(flask_security_adapter.session_reference(), sheet, link.party_id or 0)
    if links.hash_token(secret.token) != link.token_hash:
        return None
    address = public_url() + url_for("links.follow", token=secret.token)
    return Slip(
        person=person,
        is_reset=link.purpose == RESET,
        address=address,
        code=secret.spaced_code,
        picture=_picture(address, gettext("A picture to scan, which opens the link of this slip")),
        until=day_in_full(link.expires_at.date()),
    )


def _picture(address: str, title: str) -> Markup:
    """The address as a QR picture, dark on white in every scheme, so that cameras read it."""
    drawn = segno.make(address, error="m").svg_inline(
        dark="#000", light="#fff", border=3, title=title, svgclass="qr", omitsize=True
    )
    return Markup(drawn)  # noqa: S704 (drawn by segno from an address of ours)
