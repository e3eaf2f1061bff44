"""Budgets on forms: what to compare, a line of a plan, lines from a table, why a line is off: text in, values out."""

from __future__ import annotations

import csv
import io
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, Message, make_message
from ledger.registers.plan_records import BudgetLine
from ledger.workflow import budgets
from web import parsing
from web.pages.reports.reports_forms import month_of
from web.shared.fields import StrictSchema, required_text

MOST_LINES = 500
HEADS = ("fund", "programme", "account")


class ShownSchema(StrictSchema):
    """Which month, to date or alone, cut how."""

    month = fields.String()
    span = fields.String(load_default="ytd", validate=validate.OneOf(("ytd", "month"), error=N_("Choose one")))
    by = fields.String(
        load_default="programme", validate=validate.OneOf(("programme", "account", "fund"), error=N_("Choose one"))
    )
    lang = fields.String()

    @post_load
    def read_month(self, sent: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The month as a month, where one is named."""
        return sent | ({"month": month_of(sent["month"])} if "month" in sent else {})


class NoteSchema(StrictSchema):
    """Why a programme is off its plan."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(("timing", "real"), error=N_("Choose timing or real")),
        error_messages={"required": N_("Choose timing or real")},
    )
    text = required_text(N_("Say why, in one sentence"))


class ApproveSchema(StrictSchema):
    """The decision that a plan rests on; what the button said."""

    decision = fields.String(load_default=None)
    do = fields.String(load_default="")


class LineSchema(StrictSchema):
    """One line of a plan: where it belongs, and an amount for the year or for each month.

    `before` months of the year lie before the books begin.
    """

    account = required_text(N_("Choose an account"))
    fund = required_text(N_("Choose a fund"))
    programme = fields.String(load_default=None)
    amounts = required_text(N_("Write one amount for the year, or twelve"))

    def __init__(self, units: dict[str, str], before: int = 0) -> None:
        super().__init__()
        self.units = units
        self.before = before

    @post_load
    def read_line(self, sent: dict[str, Any], **_: Any) -> BudgetLine:
        """The line with its twelve months; one amount is spread evenly over those of the books."""
        unit = self.units.get(sent["account"], "")
        try:
            months = months_from(sent.pop("amounts").replace(";", " ").split(), unit, self.before)
        except parsing.ParseError as unclear:
            raise ValidationError({"amounts": [unclear.message]}) from unclear
        return BudgetLine(unit=unit, months=months, **sent)


def months_from(written: list[str], unit: str, before: int = 0) -> tuple[int, ...]:
    """Twelve amounts in minor units from twelve texts, or from one for the year; nought `before` the books begin."""
    if len(written) not in (1, budgets.MONTHS_OF_YEAR):
        raise parsing.ParseError(make_message("Write one amount for the year, or twelve with spaces between."))
    amounts = [_amount(text, unit) for text in written]
    return budgets.spread(amounts[0], before) if len(amounts) == 1 else tuple(amounts)


def _amount(text: str, unit: str) -> int:
    return parsing.parse_duration(text) if unit == MINUTES and text.strip("0") else parsing.parse_amount(text, unit)


def lines_from(text: str, units: dict[str, str]) -> list[BudgetLine]:
    """The lines of a pasted table: fund, programme, account, then twelve months; ValidationError names each line."""
    rows = [row for row in csv.reader(io.StringIO(text.strip()), dialect=_dialect(text)) if any(map(str.strip, row))]
    if not rows or len(rows) > MOST_LINES:
        raise ValidationError({"table": [make_message("Paste between 1 and %(most)s lines.", most=MOST_LINES)]})
    named = enumerate(rows, 1)
    body = [(n, row) for n, row in named if not (n == 1 and row[0].strip().casefold() == HEADS[0])]
    found, wrong = [], []
    for number, row in body:
        try:
            found.append(_line(row, units))
        except parsing.ParseError as unclear:
            wrong.append(_numbered(number, unclear.message))
    if wrong:
        raise ValidationError({"table": wrong})
    return found


def _numbered(number: int, message: Message) -> Message:
    return make_message("Line %(number)s: %(why)s", number=number, why=message)


def _line(row: list[str], units: dict[str, str]) -> BudgetLine:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(HEADS) + budgets.MONTHS_OF_YEAR:
        raise parsing.ParseError(make_message("It needs a fund, a programme, an account and twelve amounts."))
    fund, programme, account = cells[:3]
    months = months_from(cells[3:], units.get(account, ""))
    return BudgetLine(
        fund=fund, programme=programme or None, account=account, unit=units.get(account, ""), months=months
    )


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.strip().splitlines()[0] if text.strip() else ""
    separator = max("\t;,", key=first.count)
    return csv.excel_tab if separator == "\t" else _Semicolons if separator == ";" else csv.excel


class _Semicolons(csv.excel):
    """Tables from places where the comma parts decimals."""

    delimiter = ";"
