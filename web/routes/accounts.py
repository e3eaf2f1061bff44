"""Accounts: the trial balance on any day, and one account with what moved it."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger import balances, communities, journal
from ledger.amounts import BARTER_VALUE, MINUTES
from ledger.balances import BalanceRow
from ledger.db import reading
from ledger.drafts import Leaf
from ledger.held import waiting_moves
from ledger.journal import EntryFilter
from ledger.messages import N_
from ledger.models import account
from web import access, formats, parsing
from web.forms import Form
from web.i18n import gettext
from web.parts import Link
from web.routes.sign_in import engine
from web.shell import Place
from web.views import accounts as view
from web.views.entries import row as entry_row
from web.views.labels import Labels

bp = Blueprint("accounts", __name__, url_prefix="/c/<slug>/accounts")
PLACES = (
    Place(
        label=N_("Accounts"),
        endpoint="accounts.show_all",
        room="office",
        roles=frozenset({"treasurer", "checker"}),
        on_top=True,
        order=30,
    ),
)
A_PAGE = 30


@bp.get("")
@access.allow("treasurer", "checker")
def show_all(slug: str) -> ResponseReturnValue:
    """The trial balance of one unit, of all funds or one, today or at the end of an earlier day."""
    with reading(engine(), slug) as books:
        settings, today = communities.settings(books), communities.today(books)
        units = (settings.currency, MINUTES, BARTER_VALUE)
        form = Form.filled(request.args, _wrong(today, units))
        wanted = _wanted(form, settings.currency, today)
        rows, labels = balances.trial_balance(books, wanted.on), Labels.of(books)
    table = view.trial_balance(rows, wanted, labels, slug)
    side = formats.day_in_full(wanted.on or today)
    options = {"units": view.unit_options(units), "funds": labels.fund_options()}
    html = render_template("accounts/trial_balance.html", form=form, table=table, side=side, **options)
    return make_response(html, 422 if form.errors else 200)


def _wrong(today: dt.date, units: tuple[str, ...]) -> dict[str, list[str]]:
    if request.args.get("unit", "") not in ("", *units):
        return {"unit": [gettext("Choose one from the list.")]}
    try:
        if request.args.get("at"):
            parsing.day(request.args["at"], today)
    except parsing.NotUnderstood as unclear:
        return {"at": [formats.say(unclear.message)]}
    return {}


def _wanted(form: Form, currency: str, today: dt.date) -> view.Wanted:
    at = form.value("at")
    on = parsing.day(at, today) if at and not form.errors else None
    unit = "" if form.error("unit") else form.value("unit")
    return view.Wanted(unit=unit or currency, fund=form.value("fund"), on=on)


@bp.get("/<chart>/<fund>")
@access.allow("treasurer", "checker")
def show(slug: str, chart: str, fund: str) -> ResponseReturnValue:
    """One account in one fund: its balance, whose it is, and its entries."""
    with reading(engine(), slug) as books:
        labels, today = Labels.of(books), communities.today(books)
        if chart not in labels.accounts:
            abort(404)
        rows = [row for row in balances.trial_balance(books) if (row.leaf.chart, row.leaf.fund) == (chart, fund)]
        before = request.args.get("before", type=int)
        found = journal.entries(books, EntryFilter(chart=chart, fund=fund), before=before, limit=A_PAGE)
        lines = [entry_row(entry, access.current(), today) for entry in found.entries]
        waits = waiting_moves(books, account.c.chart == chart, account.c.fund == fund)
    html = render_template(
        "accounts/account.html",
        name=labels.chart(chart),
        fund=labels.fund(fund),
        balance=_balance(sum(row.balance for row in rows), labels.accounts[chart].unit),
        waits=_with_waiting(rows, waits, labels.accounts[chart].unit),
        owners=view.owners(rows, labels, labels.accounts[chart].unit),
        rows=lines,
        next=_next(slug, chart, fund, found),
    )
    return make_response(html)


def _with_waiting(rows: list[BalanceRow], waits: dict[Leaf, int], unit: str) -> str:
    """What would stand there if all that waits were confirmed; nothing where nothing waits."""
    if not waits:
        return ""
    total = sum(row.balance for row in rows) + sum(waits.values())
    return gettext("With what waits: %(balance)s", balance=_balance(total, unit))


def _balance(total: int, unit: str) -> str:
    figure = formats.amount_with_unit(abs(total), unit)
    if not total:
        return gettext("This account is at nought.")
    return gettext("Debit %(figure)s.", figure=figure) if total > 0 else gettext("Credit %(figure)s.", figure=figure)


def _next(slug: str, chart: str, fund: str, found: journal.Page) -> Link | None:
    if found.before is None:
        return None
    href = url_for("accounts.show", slug=slug, chart=chart, fund=fund, before=found.before)
    return Link(label=gettext("Earlier entries"), href=href)
