"""Home: one's balance in words, what waits, what happened last, and the way to log hours."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.core.messages import N_
from ledger.database.unit_of_work import Reading, reading
from ledger.limits.limit_status import standing
from ledger.registers import communities
from ledger.workflow import record
from web import access, formats
from web.database import engine
from web.i18n import gettext
from web.parts import Link, Row
from web.routes.claims import declined
from web.shell import Place
from web.views import again, limits, told, waiting
from web.views.labels import Labels

bp = Blueprint("home", __name__, url_prefix="/c/<slug>")
PLACES = (Place(label=N_("Home"), endpoint="home.show", also="office", on_top=True, order=1),)
DESK = "desk.show"
LATELY, AT_ONCE = 5, 3


@bp.get("/")
@access.member
def show(slug: str) -> ResponseReturnValue:
    """Where a member stands."""
    visitor = access.current()
    with reading(engine(), slug) as books:
        today, labels = communities.today(books), Labels.of(books)
        hours = told.all_hours(books, visitor.party_id, today)
        waits = _waits(books, labels)
        before = again.found(books, visitor.party_id, today)[:AT_ONCE]
        stands = standing(books, visitor.party_id)
    found = told.sums(hours.lines)
    return render_template(
        "home/show.html",
        slug=slug,
        side=formats.day_in_full(today),
        sums=found,
        stick=told.stick(found, url_for("statement.show", slug=slug)),
        notch=told.notch(told.stick(found)),
        balance=formats.hours_in_words(found.balance),
        lead=told.balance_in_words(found.balance),
        room=limits.room(stands),
        waits=waits,
        again=[one.row(visitor.party_id, labels, slug, today) for one in before],
        lately=[told.row(line, labels, slug, today) for line in reversed(hours.lines[-LATELY:])],
        desk=_desk(slug),
    )


def _waits(books: Reading, labels: Labels) -> list[Row]:
    """What waits for oneself, then what one wrote down and others have not answered, or not with a yes."""
    me, today = access.current().party_id, communities.today(books)
    found = record.waiting(books, formats.say)
    mine = [claim for claim in found if claim.waits_for_person(me)]
    own = [claim for claim in found if me in (claim.actors.entered_by, claim.actors.on_behalf_of)]
    rows = [waiting.row(claim, me, labels, books.slug, today, waiting.to_answer()) for claim in mine]
    others = [*own, *declined(books, me, today)]
    return rows + [
        waiting.row(claim, me, labels, books.slug, today, waiting.of_others(claim, labels)) for claim in others
    ]


def _desk(slug: str) -> Link | None:
    """The way to the desk of whoever holds an office."""
    if DESK not in current_app.view_functions or not access.current().may(access.TREASURER, access.ORGANISER):
        return None
    return Link(label=gettext("Your desk: what the community needs from you"), href=url_for(DESK, slug=slug))
