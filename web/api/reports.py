"""Reports as JSON: the same figures, tables and sentences that the printed sheet shows."""

from __future__ import annotations

import json
from typing import Any

import marshmallow as ma
from flask import current_app

from ledger.core.periods import Month
from reports.kinds import Parameters, all_reports, find_report
from reports.report_builder import build_report
from web.api.blueprint import Operations
from web.database import open_books
from web.i18n.translation import gettext
from web.identity import permissions
from web.shared.fields import StrictSchema

operations = Operations("reports", "Reports for the assembly.")
api = operations.blueprint


class ReportQuerySchema(StrictSchema):
    """The month of a report, and the entry number at which the books are read."""

    period = ma.fields.String(
        required=True,
        validate=ma.validate.Regexp(r"^[12]\d{3}-(0[1-9]|1[0-2])$", error="Write the month as 2026-03."),
        metadata={"description": "The month, YYYY-MM"},
    )
    at = ma.fields.Integer(
        load_default=None,
        validate=ma.validate.Range(1, 2**53),
        metadata={"description": "Read as the books stood at it"},
    )


class ReportSchema(ma.Schema):
    """A report by name."""

    slug = ma.fields.String(required=True)
    title = ma.fields.String(required=True)


class ReportsSchema(ma.Schema):
    """The reports that there are."""

    reports = ma.fields.List(ma.fields.Nested(ReportSchema), required=True)


class FiguresSchema(ma.Schema):
    """A report's figures, tables and sentences; values are whole minor units or exact fractions in text."""

    figures = ma.fields.List(ma.fields.Dict(), required=True)
    tables = ma.fields.Dict(required=True)
    sentences = ma.fields.Dict(required=True)


@operations.get("/communities/<slug>/reports", ReportsSchema)
@permissions.require_member
def list_reports(slug: str) -> dict[str, Any]:  # noqa: ARG001 (the address names the community)
    """The reports by name."""
    return {"reports": [{"slug": name, "title": gettext(report.title)} for name, report in all_reports().items()]}


@operations.get("/communities/<slug>/reports/<kind>", FiguresSchema, ReportQuerySchema)
@permissions.require_member
def show_report(query: dict[str, Any], slug: str, kind: str) -> dict[str, Any]:
    """One report's figures as `hourstead report --json` prints them; to members without what stands to each name."""
    find_report(kind)
    with open_books(slug, permissions.check_read_number(query["at"])) as books:
        report = build_report(
            books, kind, Parameters(Month.parse(query["period"])), host=current_app.extensions["settings"].public_url
        )
    data: dict[str, Any] = json.loads(report.as_json(with_people=permissions.may_read_all()))
    return data
