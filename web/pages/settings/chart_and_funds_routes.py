"""The community's lists: programmes, funds and accounts, as everyone reads them, and forms that add to them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import write_books
from ledger.registers import chart
from ledger.registers.records import Fund
from web.database import get_engine, open_books
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.settings.chart_and_funds_forms import (
    DESIGNATED,
    LONGEST_NAME,
    RESTRICTED,
    AccountSchema,
    FundSchema,
    ProgrammeSchema,
)
from web.shared.components import Column, Option, Table, TextOrCell, single_group
from web.shared.form_state import Form, form_values, refused_form
from web.shared.labels import PURPOSES, Labels
from web.shared.layout import NavItem

bp = Blueprint("lists", __name__, url_prefix="/c/<slug>/lists")
PLACES = (
    NavItem(
        label=N_("Programmes and funds"),
        endpoint="lists.show",
        area="office",
        roles=frozenset({"treasurer", "organiser"}),
        order=75,
    ),
)
SORT_NAMES = {
    "bank": N_("A bank account or cash box"),
    "owned": N_("Something else that we own or are owed"),
    "owed": N_("Something that we owe"),
    "income": N_("Income"),
    "cost": N_("A cost"),
    "usual-cost": N_("A usual cost, which goes on in a bad month"),
}
DONE = {
    "added": N_("It is on the list: “%(name)s”."),
    "there": N_("“%(name)s” stands on the list already. Nothing was changed."),
}
BOUND = {
    DESIGNATED: (N_("Our assembly"), N_("The assembly can decide anew.")),
    RESTRICTED: (N_("Whoever gave the money"), N_("It stays for that, whatever we decide.")),
}


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """Every programme and fund by name, and where the accounts are."""
    with open_books(slug) as books:
        labels = Labels.of(books)
    programmes: list[list[TextOrCell]] = [
        [labels.programme(code), code, gettext("private") if one.private else ""]
        for code, one in labels.programmes.items()
    ]
    funds: list[list[TextOrCell]] = [[labels.fund(code), code, _purpose(one)] for code, one in labels.funds.items()]
    return render_template(
        "settings/chart_and_funds.html",
        slug=slug,
        programmes=_table(N_("What hours and money are for"), programmes, N_("Shown")) if programmes else None,
        funds=_table(N_("Pots with a purpose"), funds, N_("For")),
        accounts=len(labels.accounts),
        may_add=permissions.current_member().may("treasurer", "organiser"),
        may_count=permissions.current_member().may("treasurer"),
        done=_done(request.args.get("name", "")),
    )


def _done(name: str) -> str:
    """What became of a form that was sent just now."""
    words = DONE.get(request.args.get("done", ""))
    return gettext(words, name=name[:LONGEST_NAME]) if words and name else ""


def _purpose(fund: Fund) -> str:
    return fund.purpose or gettext(PURPOSES.get(fund.class_, ""))


def _table(caption: str, lines: list[list[TextOrCell]], last: str) -> Table:
    columns = [Column(label=gettext(label)) for label in (N_("Name"), N_("Code"), last)]
    return Table(caption=gettext(caption), columns=columns, groups=single_group(lines))


@bp.get("/programme")
@permissions.require_role("treasurer", "organiser")
def ask_programme(slug: str) -> ResponseReturnValue:
    """The form for a programme."""
    return _form(slug, "programme", Form.fresh())


@bp.post("/programme")
@permissions.require_role("treasurer", "organiser")
def add_programme(slug: str) -> ResponseReturnValue:
    """Put a programme on the list."""
    return _add(slug, "programme", ProgrammeSchema(), chart.add_programme)


@bp.get("/fund")
@permissions.require_role("treasurer", "organiser")
def ask_fund(slug: str) -> ResponseReturnValue:
    """The form for a fund."""
    return _form(slug, "fund", Form.fresh(sort=DESIGNATED))


@bp.post("/fund")
@permissions.require_role("treasurer", "organiser")
def add_fund(slug: str) -> ResponseReturnValue:
    """Open a fund."""
    return _add(slug, "fund", FundSchema(), chart.add_fund)


@bp.get("/account")
@permissions.require_role("treasurer")
def ask_account(slug: str) -> ResponseReturnValue:
    """The form for an account."""
    return _form(slug, "account", Form.fresh())


@bp.post("/account")
@permissions.require_role("treasurer")
def add_account(slug: str) -> ResponseReturnValue:
    """Add an account to the chart."""
    return _add(slug, "account", AccountSchema(), chart.add_account)


def _add(slug: str, what: str, schema: Schema, write: Callable[..., int | None]) -> ResponseReturnValue:
    try:
        sent = schema.load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            written = write(books, sent, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _form(slug, what, refused_form(wrong), 422)
    done = "there" if written is None else "added"
    return redirect(url_for("lists.show", slug=slug, done=done, name=sent.name), 303)


def _form(slug: str, what: str, form: Form, status: int = 200) -> ResponseReturnValue:
    sorts = [Option(value=sort, label=gettext(label)) for sort, label in SORT_NAMES.items()]
    bound = [Option(value=value, label=gettext(label), hint=gettext(hint)) for value, (label, hint) in BOUND.items()]
    html = render_template(f"settings/chart_and_funds_{what}.html", slug=slug, form=form, sorts=sorts, bound=bound)
    return make_response(html, status)
