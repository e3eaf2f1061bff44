"""How a report speaks: messages and values in one language, numbers as the printed page writes them."""

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
    """One language's voice: `say` words a message, `translate` gives the page's own words."""

    format_message: FormatMessage = str
    translate: Translate = str
    language: str = "en"

    def text(self, message: Message | Measure | str, /, **values: object) -> str:
        """A message in words; named values may stand in a plain text."""
        return with_true_minus(
            self.format_message(make_message(message, **values) if isinstance(message, str) else message)
        )

    def number(self, value: int | Fraction, unit: str) -> Number:
        """A value as a column shows it: a true minus sign, and the plain number for a spreadsheet."""
        shown = with_true_minus(self.format_message(Measure(value, unit)))
        return Number(shown.removesuffix(" %"), spreadsheet_value(value, unit))

    def signed(self, value: int | Fraction, unit: str) -> Number:
        """A difference: plus is better, and always written."""
        number = self.number(value, unit)
        return Number(f"+{number.shown}", number.value) if number.value > 0 else number

    def or_nothing(self, value: int, unit: str) -> Number | str:
        """A value, or a dash where there is nothing."""
        return self.number(value, unit) if value else DASH

    def cell(self, cell: FigureCell) -> Number | str:
        """A figure's column: its number, or the reason in words; never a nought for what is not known."""
        shown = with_true_minus(self.format_message(cell.shown))
        if cell.value is None or isinstance(cell.value, str) or cell.words is not None:
            return shown
        return Number(shown, spreadsheet_value(cell.value, cell.unit))

    def month(self, month: Month) -> str:
        """A month with its year: March 2026."""
        return self.text(N_("%(month)s %(year)s"), month=MonthName(month), year=month.year)

    def day(self, day: dt.date) -> str:
        """A day without the year: 31 March."""
        return self.text(N_("%(day)s"), day=DayName(day))

    def span(self, span: Span) -> str:
        """The months of a span by name: January to March, or March alone."""
        first, last = Month.of(span.first), Month.of(span.last)
        if first == last:
            return self.format_message(make_message(MONTHS[last.month - 1]))
        return self.text(N_("%(first)s to %(last)s"), first=MonthName(first), last=MonthName(last))


def with_true_minus(words: str) -> str:
    """Words with a true minus before each number below nought; hyphens inside words and dates stay."""
    return _HYPHENS.sub(MINUS, words)


def spreadsheet_value(value: int | Fraction, unit: str) -> int | Decimal:
    """A value as a spreadsheet adds it: whole units with their decimals, or whole minutes."""
    whole, _, _ = unit.partition("/")
    if unit == MINUTES:
        return rounded(value, 0)
    if unit in DECIMALS:
        return Decimal(rounded(value, DECIMALS[unit])).scaleb(-DECIMALS[unit])
    scale = scale_of(whole) if whole == BARTER_VALUE or kind_of(whole) == "money" else 0
    return Decimal(rounded(value, 0)).scaleb(-scale)
