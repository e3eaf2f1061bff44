"""Checking a printed sheet: its number and mark, held against the books of today."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.chain import anchors
from ledger.core.messages import N_
from web.database import open_books
from web.identity import permissions
from web.pages.reports.verify_sheet_forms import CheckSchema
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("check", __name__, url_prefix="/c/<slug>/check")
PLACES = (NavItem(label=N_("Check a printed sheet"), endpoint="check.show", order=75),)


@bp.get("")
@permissions.require_member
def show(slug: str) -> ResponseReturnValue:
    """The page that the square on a sheet leads to; with a number and a mark in the address it says what holds."""
    form, compared, status = Form.filled(request.args), None, 200
    if request.args.keys() & {"number", "mark"}:
        try:
            kept = CheckSchema().load(form_values(request.args))
            with open_books(slug) as books:
                compared = anchors.compare_anchor(books, kept["number"], kept["mark"])
        except ValidationError as wrong:
            form, status = Form.filled(request.args, wrong.messages_dict), 422
    with open_books(slug) as books:
        head = books.head
    return make_response(
        render_template("reports/verify_sheet.html", slug=slug, form=form, compared=compared, head=head), status
    )
