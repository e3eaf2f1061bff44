"""The localizer of a report: messages and values in one language, numbers in the page's format."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from ledger.core.amounts import BARTER_VALUE, MINUTES, kind_of, scale_of
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month, Span
from reports.language.figure import FigureCell
from reports.language.page_labels import Translate
from reports.language.value_formats import DECIMALS, MONTHS, DayName, Measure, MonthName, rounded
from reports.story.elements import Number

MINUS = "\u2212"
DASH = "–"
_HYPHENS = re.compile(r"(?<![^\s(+:])-(?=\d)")

FormatMessage: TypeAlias = Callable[[Message | Measure | str], str]


@dataclass(frozen=True)
class Localizer:
    """Formats for one language: `format_message` localizes messages, `translate` gives the page labels."""

    format_message: FormatMessage = str
    translate: Translate = str
    language: str = "en"

    def text(self, message: Message | Measure | str, /, **values: object) -> str:
        """A localized text; `values` fill the placeholders of a plain text."""
        return with_true_minus(
            self.format_message(make_message(message, **values) if isinstance(message, str) else message)
        )

    def number(self, value: int | Fraction, unit: str) -> Number:
        """A value for a table cell: the text with a true minus sign, and the plain number for spreadsheets."""
        shown = with_true_minus(self.format_message(Measure(value, unit)))
        return Number(shown.removesuffix(" %"), spreadsheet_value(value, unit))

    def signed(self, value: int | Fraction, unit: str) -> Number:
        """A difference with its sign; plus is always written and means better."""
        number = self.number(value, unit)
        return Number(f"+{number.shown}", number.value) if number.value > 0 else number

    def number_or_dash(self, value: int, unit: str) -> Number | str:
        """A value, or a dash for 0."""
        return self.number(value, unit) if value else DASH

    def cell(self, cell: FigureCell) -> Number | str:
        """One column of a figure: its number, or the reason as text. A missing value is never shown as 0."""
        shown = with_true_minus(self.format_message(cell.shown))
        if cell.value is None or isinstance(cell.value, str) or cell.words is not None:
            return shown
        return Number(shown, spreadsheet_value(cell.value, cell.unit))

    def month(self, month: Month) -> str:
        """A month with its year: "March 2026"."""
        return self.text(N_("%(month)s %(year)s"), month=MonthName(month), year=month.year)

    def day(self, day: dt.date) -> str:
        """A day without its year: "31 March"."""
        return self.text(N_("%(day)s"), day=DayName(day))

    def span(self, span: Span) -> str:
        """The months of a span: "January to March", or "March"."""
        first, last = Month.of(span.first), Month.of(span.last)
        if first == last:
            return self.format_message(make_message(MONTHS[last.month - 1]))
        return self.text(N_("%(first)s to %(last)s"), first=MonthName(first), last=MonthName(last))


def with_true_minus(text: str) -> str:
    """Replace the hyphen before each negative number by a true minus; hyphens in words and dates stay."""
    return _HYPHENS.sub(MINUS, text)


def spreadsheet_value(value: int | Fraction, unit: str) -> int | Decimal:
    """A value for spreadsheets: whole units with decimals (euros, not cents), or whole minutes."""
    whole, _, _ = unit.partition("/")
    if unit == MINUTES:
        return rounded(value, 0)
    if unit in DECIMALS:
        return Decimal(rounded(value, DECIMALS[unit])).scaleb(-DECIMALS[unit])
    scale = scale_of(whole) if whole == BARTER_VALUE or kind_of(whole) == "money" else 0
    return Decimal(rounded(value, 0)).scaleb(-scale)
