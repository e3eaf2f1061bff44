"""Logging hours: as last time in three taps, or something else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import queries
from ledger.kinds.base import Kind
from ledger.kinds.time.hours import Hours
from ledger.registers import communities
from ledger.workflow.record import RecordResult
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.hours import suggestions_view
from web.pages.hours.hours_forms import ELSE, AgainSchema, HelpSchema
from web.shared import submit
from web.shared.choices import day_options, people_options, programme_options
from web.shared.components import Option
from web.shared.form_state import OWN_SUFFIX, Form, form_values
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("hours", __name__, url_prefix="/c/<slug>/hours")
PLACES = (
    NavItem(label=N_("Log hours"), endpoint="hours.show", on_top=True, order=2),
    NavItem(label=N_("Work for the community"), endpoint="work.ask", order=12),
)
DURATIONS = (15, 30, 60, 90, 120, 180)
NAMES = {"minutes": "duration", "receiver": "who", "helpers": "who"}
CARRIED = ("duration", "day")


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """What, how long, save; who never logged anything begins with the longer form."""
    with open_books(slug) as books:
        today = communities.today(books)
        known = suggestions_view.find(books, permissions.current_member().party_id, today)
    if not known:
        return redirect(url_for("hours.ask_other", slug=slug), 303)
    return _page(slug, Form.fresh(day=today.isoformat(), what=request.args.get("what", "")))


@bp.post("")
@permissions.require_member
def save(slug: str) -> ResponseReturnValue:
    """Log the same as last time; something else goes on with what was answered so far."""
    if request.form.get("what") == ELSE:
        return redirect(url_for("hours.ask_other", slug=slug, **_carried()), 303)  # type: ignore[arg-type]
    try:
        kind = _again(slug)
        recorded = submit.record_entry(slug, kind)
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, *submit.refused_form_and_status(wrong, NAMES | {"receiver": "what", "helpers": "what"}))
    return to_receipt(slug, recorded)


def _carried() -> dict[str, str]:
    names = [*CARRIED, *(name + OWN_SUFFIX for name in CARRIED)]
    return {name: request.form[name] for name in names if request.form.get(name)}


def _again(slug: str) -> Kind:
    """What the form asks to log, as it was the last time."""
    me = permissions.current_member().party_id
    with open_books(slug) as books:
        sent = AgainSchema(communities.today(books)).load(form_values(request.form))
        number = sent["what"]
        one = suggestions_view.of_entry(queries.entry(books, int(number)), me) if number.isdecimal() else None
    if one is None:
        raise ValidationError({"what": [gettext("Choose what it was")]})
    return one.kind(sent["duration"], sent["day"])


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    me = permissions.current_member().party_id
    with open_books(slug) as books:
        today, labels = communities.today(books), Labels.of(books)
        known = suggestions_view.find(books, me, today)
    hint = gettext("You say who and what on the next page")
    options = [one.option(me, labels, today) for one in known]
    options.append(Option(value=ELSE, label=gettext("Something else"), hint=hint))
    html = render_template(
        "hours/log_hours.html", slug=slug, form=form, options=options, durations=DURATIONS, days=day_options(today)
    )
    return make_response(html, status)


def to_receipt(slug: str, recorded: RecordResult) -> ResponseReturnValue:
    """Go to the receipt of what was done."""
    if recorded.posted:
        return redirect(url_for("receipts.entry", slug=slug, number=recorded.posted.entry_id), 303)
    return redirect(url_for("receipts.claim", slug=slug, number=recorded.agreement_id), 303)


@bp.get("/other")
@permissions.require_member
def ask_other(slug: str) -> ResponseReturnValue:
    """The longer form: who, which side, what, how long, when."""
    with open_books(slug) as books:
        today = communities.today(books)
    carried = {name: value for name, value in request.args.items() if name.removesuffix(OWN_SUFFIX) in CARRIED}
    return _other_page(slug, Form.fresh(**({"day": today.isoformat()} | carried)))


@bp.post("/other")
@permissions.require_member
def save_other(slug: str) -> ResponseReturnValue:
    """Log help between two people; organisers and treasurers for others, too."""
    try:
        with open_books(slug) as books:
            sent = HelpSchema(communities.today(books)).load(form_values(request.form))
        recorded = submit.record_entry(slug, _help(sent), on_behalf_of(sent))
    except (ValidationError, LedgerError) as wrong:
        return _other_page(slug, *submit.refused_form_and_status(wrong, NAMES))
    return to_receipt(slug, recorded)


def on_behalf_of(sent: dict[str, Any]) -> int | None:
    """For whom it is written down, where that is somebody else."""
    person: int | None = sent.get("person")
    return None if person == permissions.current_member().party_id else person


def _help(sent: dict[str, Any]) -> Hours:
    person, who = sent.get("person") or permissions.current_member().party_id, sent["who"]
    helper, receiver = (person, who) if sent["side"] == "gave" else (who, person)
    return Hours(
        helpers=(helper,),
        receiver=receiver,
        minutes=sent["duration"],
        day=sent["day"],
        what=sent.get("what"),
        programme=sent.get("programme"),
    )


def _other_page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        html = render_template("hours/log_hours_for_other.html", slug=slug, form=form, **choices(books))
    return make_response(html, status)


def choices(books: UnitOfWork) -> dict[str, object]:
    """What forms about hours offer to choose from."""
    today, visitor = communities.today(books), permissions.current_member()
    others = people_options(books, today, but=visitor.party_id)
    helps_others = visitor.may(permissions.ORGANISER, permissions.TREASURER)
    return {
        "people": others,
        "everyone": people_options(books, today),
        "persons": [Option(value="", label=gettext("Myself")), *others] if helps_others else [],
        "programmes": programme_options(books),
        "durations": DURATIONS,
        "days": day_options(today),
        "today": formats.day_in_full(today),
    }
