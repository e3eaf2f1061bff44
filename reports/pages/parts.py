"""Small pieces that several pages use: the sheet's tables and sentences, months as they head columns."""

from __future__ import annotations

from typing import cast

from ledger.messages import N_, Message
from ledger.periods import Month
from reports.columns import MONTH, YTD
from reports.sheet import Sheet
from reports.speech import Speech


def to_date(sheet: Sheet, table: str) -> object:
    """A table's rows for the year to date."""
    return cast(dict[str, object], sheet.tables[table])[YTD]


def in_month(sheet: Sheet, table: str) -> object:
    """A table's rows for the month."""
    return cast(dict[str, object], sheet.tables[table])[MONTH]


def month_of(sheet: Sheet) -> Month:
    """The month that the report is about."""
    return Month.of(sheet.columns.end)


def months_to_date(sheet: Sheet, speech: Speech) -> str:
    """The year to date by its months: January to March."""
    return speech.span(sheet.columns.year_to_date)


def sentence(sheet: Sheet, speech: Speech, *names: str) -> str:
    """The sheet's sentences of these names, one after the other; those that have nothing to say are left out."""
    found = (sheet.sentences.get(name) for name in names)
    return " ".join(speech.text(message) for message in found if isinstance(message, Message))


def currency_words(sheet: Sheet, speech: Speech) -> str:
    """What the page's amounts are counted in."""
    return speech.text(N_("Amounts in %(currency)s."), currency=sheet.books.currency)


def fund_name(sheet: Sheet, code: str | None) -> str:
    """A fund by its name."""
    fund = sheet.books.registers.funds.get(code or "")
    return fund.name if fund else code or ""


def programme_name(sheet: Sheet, speech: Speech, code: str | None) -> str:
    """A programme by its name; costs of none are shared by all."""
    if code is None:
        return speech.text(N_("Shared costs"))
    programme = sheet.books.registers.programmes.get(code)
    return programme.name if programme else code
