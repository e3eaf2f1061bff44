"""Accounts: the trial balance on any day, and one account with what moved it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import AccountKey
from ledger.core.messages import N_
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import account_history, accounts, balances
from ledger.journal.account_history import Cursor
from ledger.journal.balances import BalanceRow
from ledger.limits.pending_effects import pending_changes
from ledger.models import account
from ledger.registers import communities
from ledger.registers.records import Account
from web import parsing
from web.database import open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.entries import account_history_view
from web.pages.entries import accounts_view as view
from web.shared.form_state import Form
from web.shared.labels import Labels
from web.shared.layout import NavItem
from web.shared.posting_table import AccountView

bp = Blueprint("accounts", __name__, url_prefix="/c/<slug>/accounts")
PLACES = (
    NavItem(
        label=N_("Accounts"),
        endpoint="accounts.show_all",
        area="office",
        roles=frozenset({"treasurer", "checker"}),
        on_top=True,
        order=30,
    ),
)


@bp.get("")
@permissions.require_role("treasurer", "checker")
def show_all(slug: str) -> ResponseReturnValue:
    """The trial balance of one unit, of all funds or one, today or at the end of an earlier day."""
    with open_books(slug) as books:
        settings, today = communities.settings(books), communities.today(books)
        units = (settings.currency, MINUTES, BARTER_VALUE)
        form = Form.filled(request.args, _wrong(today, units))
        wanted = _wanted(form, settings.currency, today)
        rows, labels = balances.trial_balance(books, wanted.on), Labels.of(books)
    table = view.trial_balance(rows, wanted, labels, slug)
    side = formats.day_in_full(wanted.on or today)
    options = {"units": view.unit_options(units), "funds": labels.fund_options()}
    html = render_template("entries/trial_balance.html", form=form, table=table, side=side, **options)
    return make_response(html, 422 if form.errors else 200)


def _wrong(today: dt.date, units: tuple[str, ...]) -> dict[str, list[str]]:
    if request.args.get("unit", "") not in ("", *units):
        return {"unit": [gettext("Choose one from the list.")]}
    try:
        if request.args.get("at"):
            parsing.parse_day(request.args["at"], today)
    except parsing.ParseError as unclear:
        return {"at": [formats.format_message(unclear.message)]}
    return {}


def _wanted(form: Form, currency: str, today: dt.date) -> view.Wanted:
    at = form.value("at")
    on = parsing.parse_day(at, today) if at and not form.errors else None
    unit = "" if form.error("unit") else form.value("unit")
    return view.Wanted(unit=unit or currency, fund=form.value("fund"), on=on)


@bp.get("/<chart>/<fund>")
@permissions.require_role("treasurer", "checker")
def show(slug: str, chart: str, fund: str) -> ResponseReturnValue:
    """One account in one fund, now or at the end of a day: its balance, and what moved it, or whose it is."""
    with open_books(slug) as books:
        labels, today = Labels.of(books), communities.today(books)
        owners, owner = accounts.account_owners(books, chart, fund), request.args.get("owner", type=int)
        if chart not in labels.accounts or (owner is not None and owner not in owners):
            abort(404)
        line, on = labels.accounts[chart], _day_asked(today)
        leaf = AccountKey(chart, line.unit, fund, owner or 0)
        rows = [row for row in balances.trial_balance(books, on) if (row.leaf.chart, row.leaf.fund) == (chart, fund)]
        rows = [row for row in rows if owner in (None, row.leaf.owner)]
        waits = {} if on else pending_changes(books, account.c.chart == chart, account.c.fund == fund)
        waits = {one: moves for one, moves in waits.items() if owner in (None, one.owner)}
        shown = AccountView(slug=slug, leaf=leaf, on=on, is_shared=any(owners))
        whole = owner is None and shown.is_shared
        parts = {"owners": view.owners(owners, rows, labels, shown)} if whole else _history(books, shown, line)
    html = render_template(
        "entries/account.html",
        name=labels.account(leaf),
        fund=labels.fund(fund),
        everyone="" if whole else shown.all_owners_link(),
        day=formats.day_in_full(on) if on else "",
        balance=_balance(sum(row.balance for row in rows), line.unit),
        waits=_with_waiting(rows, waits, line.unit),
        **parts,
    )
    return make_response(html)


def _history(books: ReadUnit, shown: AccountView, line: Account) -> dict[str, Any]:
    """A page of what moved the account; the day asked for, or the place that a link carries, says where it begins."""
    before, after = _cursor("before"), _cursor("after")
    if after is not None:
        before = account_history.start_of_newer_page(books, shown.leaf, after)
    top = Cursor.after(shown.on) if shown.on else None
    page = account_history.history(books, shown.leaf, min(before, top) if before and top else before or top)
    older, newer = account_history_view.pages(page, shown)
    newer = newer if before else None
    return {
        "moves": account_history_view.moves(page, shown, line) if page.moves else None,
        "older": older,
        "newer": newer,
    }


def _cursor(name: str) -> Cursor | None:
    try:
        return Cursor.parse(request.args.get(name, ""))
    except ValueError:  # a link is followed, not typed: one that is damaged leads to the first page
        return None


def _day_asked(today: dt.date) -> dt.date | None:
    try:
        return parsing.parse_day(request.args["at"], today) if request.args.get("at") else None
    except parsing.ParseError:
        return None


def _with_waiting(rows: list[BalanceRow], waits: dict[AccountKey, int], unit: str) -> str:
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
