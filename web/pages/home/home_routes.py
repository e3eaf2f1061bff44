"""Home: one's balance in words, what waits, what happened last, and the way to log hours."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.core.messages import N_
from ledger.core.periods import Span
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import member_activity, statements
from ledger.limits.limit_status import get_limit_status
from ledger.registers import communities
from ledger.registers.cache import cached_by_hash
from ledger.workflow import pending
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import current_language, gettext
from web.identity import permissions
from web.pages.confirmations import pending_view
from web.pages.confirmations.claims_routes import is_own, remembered_since
from web.pages.hours import suggestions_view
from web.shared import activity_text, limits_text
from web.shared.components import Link, Row
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("home", __name__, url_prefix="/c/<slug>")
PLACES = (NavItem(label=N_("Home"), endpoint="home.show", also_in="office", on_top=True, order=1),)
DESK = "desk.show"
LATELY, AT_ONCE = 5, 3


@bp.get("/")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """Where a member stands."""
    visitor = permissions.current_member()
    with open_books(slug) as books:
        today, labels = communities.today(books), Labels.of(books)
        summary = member_activity.summarize(books, visitor.party_id, Span(today, today))
        waits = _waits(books, labels)
        again, lately = _lists(books, summary.last_link, today, labels)
        stands = get_limit_status(books, visitor.party_id)
    sums = summary.hours
    stick = activity_text.hours_tally(sums, url_for("statement.show", slug=slug))
    return render_template(
        "home/home.html",
        slug=slug,
        side=formats.day_in_full(today),
        sums=sums,
        stick=stick,
        notch=activity_text.notch_text(stick),
        balance=formats.hours_in_words(sums.balance),
        lead=activity_text.balance_text(sums.balance),
        room=limits_text.room_texts(stands),
        waits=waits,
        again=again,
        lately=lately,
        desk=_desk(slug),
    )


def _lists(books: ReadUnit, last_link: bytes, today: dt.date, labels: Labels) -> tuple[list[Row], list[Row]]:
    """What can be logged again, and what happened last; kept until an entry moves the hours, or a name changes."""
    me, slug = permissions.current_member().party_id, books.slug

    def read() -> tuple[list[Row], list[Row]]:
        before = suggestions_view.find(books, me, today, last_link)[:AT_ONCE]
        lines = statements.latest_lines(books, me, LATELY)
        return (
            [one.row(me, labels, slug, today) for one in before],
            [activity_text.activity_row(line, labels, slug, today) for line in reversed(lines)],
        )

    name = ("home", me, today, current_language().code, request.script_root)
    return cached_by_hash(books, last_link + books.last_act, name, read)


def _waits(books: ReadUnit, labels: Labels) -> list[Row]:
    """What waits for oneself, then what one wrote down and others have not answered, or not with a yes."""
    me, today = permissions.current_member().party_id, communities.today(books)
    open_claims, refused = pending.waiting_and_refused(books, remembered_since(today), formats.format_message)
    mine = [claim for claim in open_claims if claim.waits_for_person(me)]
    others = [claim for claim in [*open_claims, *refused] if is_own(claim, me)]
    rows = [pending_view.row(claim, me, labels, books.slug, today, pending_view.to_answer()) for claim in mine]
    return rows + [
        pending_view.row(claim, me, labels, books.slug, today, pending_view.of_others(claim, labels))
        for claim in others
    ]


def _desk(slug: str) -> Link | None:
    """The way to the desk of whoever holds an office."""
    if DESK not in current_app.view_functions or not permissions.current_member().may(
        permissions.TREASURER, permissions.ORGANISER
    ):
        return None
    return Link(label=gettext("Your desk: what the community needs from you"), href=url_for(DESK, slug=slug))
