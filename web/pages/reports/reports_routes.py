"""Reports: chosen by month, read on screen, printed, or taken away as figures; members read what the assembly reads."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import PeriodUnknown, UnknownEntry
from ledger.core.messages import N_, make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import queries
from ledger.registers import communities
from reports.kinds import Parameters, all_reports
from reports.render.html import page as html
from reports.render.typography.style import PaperName
from reports.report_builder import BuiltReport, build_report
from reports.report_builder import ReportFormat as ReportForm
from web.database import open_books
from web.errors import FaultText
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions
from web.pages.reports.report_localizer_view import speech
from web.pages.reports.reports_forms import ChoiceSchema
from web.settings import Settings
from web.shared.components import Link, Option
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("reports", __name__, url_prefix="/c/<slug>/reports")
PLACES = (
    NavItem(label=N_("Reports"), endpoint="reports.choose", order=70),
    NavItem(
        label=N_("Reports"),
        endpoint="reports.choose",
        area="office",
        roles=frozenset({"treasurer", "checker"}),
        on_top=True,
        order=50,
    ),
)
MIMETYPES = {"pdf": "application/pdf", "csv": "text/csv", "json": "application/json", "html": "text/html"}
FORMS = (
    ("html", N_("On screen")),
    ("pdf-a4", N_("PDF, A4")),
    ("pdf-letter", N_("PDF, Letter")),
    ("csv", N_("Spreadsheet")),
)
MOST_MONTHS = 36
NO_SUCH_NUMBER = FaultText(
    side=N_("Nothing here"),
    heading=N_("The books have no such number."),
    lead=N_(
        "Take a number from the foot of a printed sheet, or leave “at” out of the address to read the books today."
    ),
)


@bp.get("")
@permissions.require_member
def choose(slug: str) -> ResponseReturnValue:
    """The page that makes reports; with a choice in the address it leads to the report."""
    with open_books(slug) as books:
        choices, newest = months(books), month_to_show(books)
    if "report" not in request.args:
        return _choice_page(slug, choices, Form.fresh(month=str(newest), form="html"))
    try:
        chosen = ChoiceSchema().load(form_values(request.args))
    except ValidationError as wrong:
        return _choice_page(slug, choices, Form.filled(request.args, wrong.messages_dict), 422)
    form, _, paper = chosen["form"].partition("-")
    if form == "html":
        return redirect(url_for("reports.show", slug=slug, kind=chosen["report"], month=str(chosen["month"])), 303)
    address = {"slug": slug, "kind": chosen["report"], "month": str(chosen["month"]), "form": form}
    return redirect(url_for("reports.take", **address, paper=paper or None), 303)


def _choice_page(slug: str, choices: list[Option], form: Form, status: int = 200) -> ResponseReturnValue:
    kinds = [
        Option(value=report.slug, label=gettext(report.title), hint=gettext(report.summary))
        for report in all_reports().values()
    ]
    forms = [Option(value=value, label=gettext(label)) for value, label in FORMS]
    html_page = render_template("reports/reports.html", slug=slug, form=form, kinds=kinds, months=choices, forms=forms)
    return make_response(html_page, status)


def months(books: ReadUnit) -> list[Option]:
    """The months that a report can be about: from the newest with an entry, never a later one than today's, back.

    A month that is still running is among them where something is written in it, or nothing anywhere yet.
    """
    now, written = Month.of(communities.today(books)), queries.date_range(books)
    last = now.previous() if written and Month.of(written[1]) < now else now
    start = min(Month.of(written[0]), last) if written else last
    found = [last]
    while found[-1] > start and len(found) < MOST_MONTHS:
        found.append(found[-1].previous())
    return [Option(value=str(month), label=_named(month, now)) for month in found]


def _named(month: Month, now: Month) -> str:
    name = formats.month(month.first)
    return gettext("%(month)s, so far", month=name) if month == now else name


def month_to_show(books: ReadUnit) -> Month:
    """The month that a page begins with: the last that is over, if it has entries; in the first month, that one."""
    now, written = Month.of(communities.today(books)), queries.date_range(books)
    if not written:
        return now
    return max(min(now.previous(), Month.of(written[1])), min(Month.of(written[0]), now))


@bp.get("/<kind>/<month>")
@permissions.require_member
def show(slug: str, kind: str, month: str) -> ResponseReturnValue:
    """A report on screen: the same story as on paper."""
    printed = printed_report(slug, kind, month)
    links = [
        Link(label=gettext(label), href=_address(slug, kind, month, form)) for form, label in FORMS if form != "html"
    ]
    return render_template(
        "reports/report.html",
        title=printed.header_footer.report,
        period=printed.header_footer.period,
        state=printed.header_footer.state,
        read_at=printed.workbook.dataset.head,
        body=html.render_fragment(printed.story),
        links=links,
    )


def _address(slug: str, kind: str, month: str, form: str) -> str:
    name, _, paper = form.partition("-")
    at = request.args.get("at", type=int)
    return url_for("reports.take", slug=slug, kind=kind, month=month, form=name, paper=paper or None, at=at)


@bp.get("/<kind>/<month>.<form>")
@permissions.require_member
def take(slug: str, kind: str, month: str, form: str) -> ResponseReturnValue:
    """A report to keep: PDF, spreadsheet, or figures for a program."""
    if form not in MIMETYPES:
        abort(404)
    printed = printed_report(slug, kind, month)
    asked: ReportForm = form  # type: ignore[assignment]  # one of MIMETYPES
    paper: PaperName | None = "letter" if request.args.get("paper") == "letter" else None
    paper = "a4" if request.args.get("paper") == "a4" else paper
    answer = Response(printed.render(asked, paper, with_people=permissions.may_read_all()), mimetype=MIMETYPES[form])
    name = f"{slug}-{kind}-{month}.{form}"
    answer.headers["Content-Disposition"] = f'{"inline" if form == "pdf" else "attachment"}; filename="{name}"'
    return answer


def printed_report(slug: str, kind: str, month: str) -> BuiltReport:
    """A report read in one snapshot, at the head or at an earlier number (`?at=`)."""
    if kind not in all_reports():
        abort(404)
    settings: Settings = current_app.extensions["settings"]
    at = permissions.check_read_number(_number_asked())
    with open_books(slug, at) as books:
        return build_report(books, kind, Parameters(month_named(month)), speech(), settings.public_url)


def _number_asked() -> int | None:
    """The number in an address; UnknownEntry where it is none."""
    written = request.args.get("at")
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", written):
        raise UnknownEntry(make_message("“%(written)s” is no number.", written=written[:20]))
    return int(written)


@bp.errorhandler(UnknownEntry)
def no_such_number(refusal: UnknownEntry) -> ResponseReturnValue:
    """A number that the books have not reached, or that is none: where to find one."""
    page = render_template(
        "error.html", words=NO_SUCH_NUMBER, reference="", reason=formats.format_message(refusal.message), again=()
    )
    return make_response(page, 400)


def month_named(text: str) -> Month:
    """The month in an address; PeriodUnknown says how one is written."""
    try:
        return Month.parse(text)
    except ValueError as wrong:
        raise PeriodUnknown(make_message("“%(written)s” is no month. Write it as 2026-03.", written=text)) from wrong
