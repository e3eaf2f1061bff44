"""One's own statement, a year at a time: hours and swaps, for oneself only, fit for paper."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ledger.core.amounts import BARTER_VALUE
from ledger.core.messages import N_
from ledger.core.periods import Month, Span, financial_year
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import member_activity, statements
from ledger.journal.member_activity import Summary
from ledger.limits.limit_status import get_limit_status
from ledger.registers import communities
from ledger.registers.cache import cached_by_hash
from ledger.workflow import record
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import current_language, gettext
from web.identity import permissions
from web.pages.confirmations import pending_view
from web.pages.home import statement_view as view
from web.shared import activity_text, limits_text
from web.shared.components import Link, Row
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("statement", __name__, url_prefix="/c/<slug>/statement")
PLACES = (NavItem(label=N_("Statement"), endpoint="statement.show", on_top=True, order=9),)


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """A year of one's hours and swaps; this year, or the one asked for."""
    visitor = permissions.current_member()
    with open_books(slug) as books:
        today, labels = communities.today(books), Labels.of(books)
        span, this_year = _years(books, today)
        summary = member_activity.summarize(books, visitor.party_id, span)
        reader = view.Reader(party_id=visitor.party_id, slug=slug, labels=labels, today=today)
        hours = _hours(books, summary, span, reader)
        swaps = [] if summary.open_value is None else member_activity.swaps(books, visitor.party_id, span)
        waits, stands = _waiting_swaps(books, labels), get_limit_status(books, visitor.party_id)
    whole, open_value = summary.hours, summary.open_value or 0
    earlier = Month.of(span.first).back(12) if summary.has_earlier else None
    later = Month.of(span.last).next() if span.first < this_year.first else None
    stick = activity_text.hours_tally(whole)
    return render_template(
        "home/statement.html",
        slug=slug,
        side=formats.span(span.first, span.last),
        lead=view.lead(whole),
        stick=stick,
        room=limits_text.room_texts(stands),
        notch=activity_text.notch_text(stick),
        sums=whole,
        hours=hours,
        swaps=view.swaps(swaps, reader, span) if swaps else None,
        open_value=formats.amount(abs(open_value), BARTER_VALUE) if open_value else "",
        gave_more=open_value < 0,
        waits=waits,
        earlier=_link(slug, earlier),
        later=_link(slug, later),
        seq=books.head.seq,
        today=formats.day_in_full(today),
    )


def _hours(books: ReadUnit, summary: Summary, span: Span, reader: view.Reader) -> Markup:
    """The table of a year's hours, empty for none; kept until an entry moves the hours, or a name changes."""

    def read() -> Markup:
        closing = summary.hours.balance - summary.later
        year = statements.get_statement(books, reader.party_id, span, closing=closing)
        table = get_template_attribute("macros/tables.html", "table")
        return Markup(table(view.hours(year, reader))) if year.lines else Markup("")  # noqa: S704 (a template escaped it)

    name = ("statement", reader.party_id, span, reader.today, current_language().code, request.script_root)
    return cached_by_hash(books, summary.last_link + books.last_act, name, read)


def _years(books: ReadUnit, today: dt.date) -> tuple[Span, Span]:
    """The financial year that is shown, and the one of today."""
    first_month, this_month = communities.settings(books).first_month, Month.of(today)
    return financial_year(_asked() or this_month, first_month), financial_year(this_month, first_month)


def _asked() -> Month | None:
    """The month whose year is asked for, written 202601."""
    year, month = divmod(request.args.get("from", 0, type=int), 100)
    return Month(year, month) if 1 <= month <= 12 and 1900 < year < 9000 else None


def _link(slug: str, first: Month | None) -> Link | None:
    if first is None:
        return None
    href = url_for("statement.show", slug=slug, **{"from": first.id})  # type: ignore[arg-type]
    return Link(label=gettext("The year from %(month)s", month=formats.month(first.first)), href=href)


def _waiting_swaps(books: ReadUnit, labels: Labels) -> list[Row]:
    me, today = permissions.current_member().party_id, communities.today(books)
    found = [
        claim
        for claim in record.waiting(books, formats.format_message)
        if claim.course.kind == "barter-trade" and claim.kind is not None and me in claim.kind.people()
    ]
    return [
        pending_view.row(
            claim,
            me,
            labels,
            books.slug,
            today,
            pending_view.to_answer() if claim.waits_for_person(me) else pending_view.of_others(claim, labels),
        )
        for claim in found
    ]
