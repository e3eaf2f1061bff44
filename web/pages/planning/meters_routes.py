"""Resources: what was metered, weighed or counted; typed in, pasted, listed, and struck when it was never read."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import write_books
from ledger.registers import communities
from ledger.registers import meters as resources
from ledger.registers.records import Reading as MeterReading
from web.database import get_engine, open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.planning.meters_forms import KINDS, MeterSchema, ReadingSchema, readings_from
from web.shared.components import Column, Group, Option, Table
from web.shared.form_state import Form, form_values, refused_form
from web.shared.layout import NavItem

bp = Blueprint("resources", __name__, url_prefix="/c/<slug>/resources")
PLACES = (
    NavItem(label=N_("Resources"), endpoint="resources.show", order=75),
    NavItem(
        label=N_("Resources"),
        endpoint="resources.show",
        area="office",
        roles=frozenset({"treasurer", "organiser"}),
        order=60,
    ),
)
METHOD_NAMES = {
    "metered": N_("metered"),
    "weighed": N_("weighed"),
    "estimated": N_("estimated"),
    "stated": N_("stated"),
}
KIND_NAMES = {
    "energy": N_("Electricity"),
    "heat": N_("Heat"),
    "fuel": N_("Fuel"),
    "water": N_("Water"),
    "waste": N_("Waste made"),
    "waste-diverted": N_("Waste reused or composted"),
    "food-grown": N_("Food grown here"),
    "food-bought": N_("Food bought together"),
    "other": N_("Something else"),
}
MOST_SHOWN = 60


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """What was read, newest first, by thing; treasurers and organisers write down more."""
    with open_books(slug) as books:
        today = communities.today(books)
    return _page(slug, Form.fresh(date=today.isoformat()))


@bp.post("/readings")
@permissions.require_role("treasurer", "organiser")
def add(slug: str) -> ResponseReturnValue:
    """Write one reading down; the same thing and day again corrects it."""
    try:
        read = ReadingSchema(_today(slug)).load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            resources.add(books, [read], entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, refused_form(wrong), 422)
    return redirect(url_for("resources.show", slug=slug), 303)


@bp.post("/table")
@permissions.require_role("treasurer", "organiser")
def add_table(slug: str) -> ResponseReturnValue:
    """Write the readings of a table down, all or none."""
    file = request.files.get("file")
    text = file.read().decode("utf-8-sig", "replace") if file and file.filename else request.form.get("table", "")
    try:
        found = readings_from(text, _today(slug))
        with write_books(get_engine(), slug) as books:
            resources.add(books, found, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _page(slug, refused_form(wrong), 422)
    return redirect(url_for("resources.show", slug=slug), 303)


@bp.post("/strike/<meter>/<day>")
@permissions.require_role("treasurer", "organiser")
def strike(slug: str, meter: str, day: str) -> ResponseReturnValue:
    """Strike a reading that was never made; what it said stays on record."""
    try:
        when = dt.date.fromisoformat(day)
    except ValueError:
        abort(404)
    with write_books(get_engine(), slug) as books:
        resources.withdraw(books, meter, when, entered_by=permissions.current_member().party_id)
    return redirect(url_for("resources.show", slug=slug), 303)


@bp.get("/new")
@permissions.require_role("treasurer", "organiser")
def ask_meter(slug: str) -> ResponseReturnValue:
    """The form for something new to read."""
    return _meter_page(slug, Form.fresh())


@bp.post("/new")
@permissions.require_role("treasurer", "organiser")
def add_meter(slug: str) -> ResponseReturnValue:
    """Put something to read on the list."""
    try:
        meter = MeterSchema().load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            resources.add_meter(books, meter, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _meter_page(slug, refused_form(wrong), 422)
    return redirect(url_for("resources.show", slug=slug), 303)


def _today(slug: str) -> dt.date:
    with open_books(slug) as books:
        return communities.today(books)


def _page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        meters, read = resources.meters(books), resources.readings(books)
    tables = [_table(meter.name, [one for one in read if one.meter == code]) for code, meter in meters.items()]
    html = render_template(
        "planning/meters.html",
        slug=slug,
        form=form,
        tables=[table for table in tables if table],
        meters=[Option(value=code, label=f"{meter.name}, {meter.unit}") for code, meter in meters.items()],
        methods=[Option(value=value, label=gettext(name)) for value, name in METHOD_NAMES.items()],
        may_add=permissions.current_member().may("treasurer", "organiser"),
        newest=sorted(read, key=lambda one: (one.date, one.meter), reverse=True)[:1],
    )
    return make_response(html, status)


def _meter_page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    kinds = [Option(value=kind, label=gettext(KIND_NAMES[kind])) for kind in KINDS]
    return make_response(render_template("planning/meter.html", slug=slug, form=form, kinds=kinds), status)


def _table(name: str, read: list[MeterReading]) -> Table | None:
    if not read:
        return None
    columns = [
        Column(label=gettext("Month")),
        Column(label=gettext("Read on")),
        Column(label=gettext("How we know")),
        Column(label=gettext("Quantity"), numeric=True),
    ]
    rows = [
        [
            formats.month(dt.date.fromisoformat(f"{one.month}-01")),
            formats.day_in_full(one.date),
            gettext(METHOD_NAMES.get(one.method, one.method)),
            formats.quantity(int(one.quantity * 1000), one.unit),
        ]
        for one in reversed(read[-MOST_SHOWN:])
    ]
    return Table(caption=name, columns=columns, groups=[Group(rows=rows)])
