"""Budgets: plan and actual by month and to date, why lines are off, and the plan itself, typed in or pasted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.core.periods import Month, financial_year, year_to_date
from ledger.database.unit_of_work import ReadUnit, write_books
from ledger.registers import communities
from ledger.registers.plan_records import BudgetNote
from ledger.workflow import budgets
from reports.data.dataset import Dataset
from reports.data.load_dataset import recent_dataset
from reports.measures.disclosure_control import member_view
from reports.tables.variance import variance_notes
from web.database import get_engine, open_books
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.planning import budgets_view as view
from web.pages.planning.budget_sheet_view import sheet
from web.pages.planning.budgets_forms import ApproveSchema, LineSchema, NoteSchema, ShownSchema, lines_from
from web.pages.reports.reports_routes import month_named, month_to_show
from web.pages.reports.reports_routes import months as months_to_choose
from web.shared.components import Fact, Option
from web.shared.form_state import Form, form_values, refused_form
from web.shared.labels import Labels
from web.shared.layout import NavItem

bp = Blueprint("budgets", __name__, url_prefix="/c/<slug>/budgets")
PLACES = (
    NavItem(label=N_("Budget"), endpoint="budgets.show", order=60),
    NavItem(
        label=N_("Budget"),
        endpoint="budgets.show",
        area="office",
        roles=frozenset({"treasurer", "checker", "organiser"}),
        on_top=True,
        order=40,
    ),
)


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """Plan and actual, for a month or the year to date, by programme, account or fund."""
    with open_books(slug) as books:
        choices = months_to_choose(books)
        newest = month_to_show(books)
        form, shown = _shown(newest)
        data, asked = _asked(books, shown, newest)
    year = financial_year(asked.month, data.community.year_starts_month).first.year
    html = render_template(
        "planning/budgets.html",
        slug=slug,
        form=form,
        page=view.page(data, asked),
        asked=asked,
        months=choices,
        year=year,
        may_plan=asked.may_note,
        **_ways(),
    )
    return make_response(html, 422 if form.errors else 200)


@bp.get("/figures.csv")
@permissions.require_member
def take(slug: str) -> ResponseReturnValue:
    """The figures of the page as a spreadsheet."""
    with open_books(slug) as books:
        newest = month_to_show(books)
        form, shown = _shown(newest)
        if form.errors:
            asked_for = {name: request.args[name] for name in ("month", "span", "by") if name in request.args}
            return redirect(url_for("budgets.show", slug=slug, **asked_for), 303)  # type: ignore[arg-type]
        data, asked = _asked(books, shown, newest)
    answer = Response(sheet(data, asked), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-budget-{asked.month}.csv"'
    return answer


def _asked(books: ReadUnit, shown: dict[str, Any], newest: Month) -> tuple[Dataset, view.Asked]:
    """What the page compares, and who looks at it."""
    month: Month = shown.get("month") or newest
    data = member_view(recent_dataset(books, month), month.last)
    asked = view.Asked(
        slug=books.slug,
        month=month,
        span=month.span if shown["span"] == "month" else year_to_date(month, data.community.year_starts_month),
        by=shown["by"],
        today=communities.today(books),
        may_note=permissions.current_member().may("treasurer"),
        may_open=permissions.may_read_all(),
    )
    return data, asked


def _ways() -> dict[str, list[Option]]:
    spans = [Option(value="ytd", label=gettext("the year to date")), Option(value="month", label=gettext("the month"))]
    cuts = (("programme", N_("by programme")), ("account", N_("by account")), ("fund", N_("by fund")))
    return {"spans": spans, "cuts": [Option(value=value, label=gettext(label)) for value, label in cuts]}


def _shown(newest: Month) -> tuple[Form, dict[str, Any]]:
    try:
        shown = ShownSchema().load(form_values(request.args))
    except ValidationError as wrong:
        return Form.filled(request.args, wrong.messages_dict), {"span": "ytd", "by": "programme"}
    month = str(shown.get("month") or newest)
    return Form.fresh(month=month, span=shown["span"], by=shown["by"]), shown


@bp.get("/why/<month>")
@permissions.require_role("treasurer")
def ask_why(slug: str, month: str) -> ResponseReturnValue:
    """The form that says why a programme is off its plan."""
    with open_books(slug) as books:
        found = variance_notes(recent_dataset(books, month_named(month)), month_named(month).span).get(_programme())
    form = Form.fresh(kind=found.kind, text=found.text) if found else Form.fresh()
    return _why_page(slug, month, form)


@bp.post("/why/<month>")
@permissions.require_role("treasurer")
def say_why(slug: str, month: str) -> ResponseReturnValue:
    """Keep the reason; it prints under the month's budget review."""
    try:
        sent = NoteSchema().load(form_values(request.form))
        note = BudgetNote(period=str(month_named(month)), programme=_programme(), **sent)
        with write_books(get_engine(), slug) as books:
            budgets.note(books, note, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _why_page(slug, month, refused_form(wrong), 422)
    return redirect(url_for("budgets.show", slug=slug, month=month), 303)


def _programme() -> str | None:
    return request.args.get("programme") or None


def _why_page(slug: str, month: str, form: Form, status: int = 200) -> ResponseReturnValue:
    with open_books(slug) as books:
        name = Labels.of(books).programme(_programme()) or gettext("Shared costs")
    named = formats.month(month_named(month).first)
    html = render_template("planning/budgets_note.html", slug=slug, form=form, name=name, month=named)
    return make_response(html, status)


@bp.get("/plan/<int:year>")
@permissions.require_member
def show_plan(slug: str, year: int) -> ResponseReturnValue:
    """The plan of a year: its lines, and for the treasurer ways to change a draft."""
    return _plan_page(slug, year, Form.fresh())


@bp.post("/plan/<int:year>/begin")
@permissions.require_role("treasurer")
def begin(slug: str, year: int) -> ResponseReturnValue:
    """Begin a draft: the first version, or a new one over the lines of the one before."""
    with write_books(get_engine(), slug) as books:
        budgets.draft(books, year, entered_by=permissions.current_member().party_id)
    return redirect(url_for("budgets.show_plan", slug=slug, year=year), 303)


@bp.post("/plan/<int:year>/<int:version>/line")
@permissions.require_role("treasurer")
def add_line(slug: str, year: int, version: int) -> ResponseReturnValue:
    """Set one line of a draft."""
    try:
        line = _line_schema(slug, year).load(form_values(request.form))
        with write_books(get_engine(), slug) as books:
            budgets.enter(books, year, version, [line], entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _plan_page(slug, year, refused_form(wrong), 422)
    return redirect(url_for("budgets.show_plan", slug=slug, year=year), 303)


@bp.post("/plan/<int:year>/<int:version>/lines")
@permissions.require_role("treasurer")
def add_lines(slug: str, year: int, version: int) -> ResponseReturnValue:
    """Set the lines of a pasted table or of a file, all or none."""
    try:
        lines = lines_from(_pasted(), _units(slug))
        with write_books(get_engine(), slug) as books:
            budgets.enter(books, year, version, lines, entered_by=permissions.current_member().party_id)
    except (ValidationError, LedgerError) as wrong:
        return _plan_page(slug, year, refused_form(wrong), 422)
    return redirect(url_for("budgets.show_plan", slug=slug, year=year), 303)


def _pasted() -> str:
    file = request.files.get("file")
    return file.read().decode("utf-8-sig", "replace") if file and file.filename else request.form.get("table", "")


@bp.post("/plan/<int:year>/<int:version>/approve")
@permissions.require_role("treasurer")
def approve(slug: str, year: int, version: int) -> ResponseReturnValue:
    """Look at the whole plan once more, then put it in force, under the decision that it rests on."""
    try:
        sent = ApproveSchema().load(form_values(request.form))
        if sent["do"] == "change":
            return _plan_page(slug, year, Form.filled(request.form))
        if sent["do"] != "save":
            return _approval_page(slug, year, version, sent["decision"])
        with write_books(get_engine(), slug) as books:
            today = communities.today(books)
            budgets.approve(
                books, year, version, sent["decision"], today, entered_by=permissions.current_member().party_id
            )
    except (ValidationError, LedgerError) as wrong:
        return _plan_page(slug, year, refused_form(wrong), 422)
    return redirect(url_for("budgets.show_plan", slug=slug, year=year), 303)


def _approval_page(slug: str, year: int, version: int, decision: str | None) -> ResponseReturnValue:
    with open_books(slug) as books:
        budget = budgets.check_approval(books, year, version, decision)
        first = Month(year, communities.settings(books).first_month)
        table = view.plan_table(budget, first, *_names(books))
    facts = [Fact(term=gettext("Decision"), detail=decision or gettext("None named"))]
    form = Form.filled(request.form)
    return make_response(
        render_template(
            "planning/budgets_approve.html", slug=slug, year=year, version=version, form=form, table=table, facts=facts
        )
    )


def _units(slug: str) -> dict[str, str]:
    with open_books(slug) as books:
        return {code: account.unit for code, account in Labels.of(books).accounts.items()}


def _line_schema(slug: str, year: int) -> LineSchema:
    with open_books(slug) as books:
        units = {code: account.unit for code, account in Labels.of(books).accounts.items()}
        return LineSchema(units, budgets.months_before(books, year))


def _plan_page(slug: str, year: int, form: Form, status: int = 200) -> ResponseReturnValue:
    if not 1900 <= year <= 2999:
        abort(404)
    with open_books(slug) as books:
        newest, force = budgets.newest(books, year), budgets.in_force(books, year)
        labels, names = Labels.of(books), _names(books)
        first, before = Month(year, communities.settings(books).first_month), budgets.months_before(books, year)
    shown = newest or force
    html = render_template(
        "planning/budgets_plan.html",
        slug=slug,
        year=year,
        form=form,
        budget=shown,
        table=view.plan_table(shown, first, *names) if shown and shown.lines else None,
        hint=view.amounts_hint(first, before),
        may_plan=permissions.current_member().may("treasurer"),
        charts=labels.planned_options(),
        funds=labels.planned_fund_options(),
        programmes=[Option(value="", label=gettext("None: shared")), *labels.programme_options()[1:]],
    )
    return make_response(html, status)


def _names(books: ReadUnit) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    labels = Labels.of(books)
    return (
        {code: labels.chart(code) for code in labels.accounts},
        {code: labels.fund(code) for code in labels.funds},
        {code: labels.programme(code) for code in labels.programmes},
    )
