"""Parsers of amounts of money, barter values and measured quantities; commas are never ignored."""

from __future__ import annotations

import re

from ledger.core.amounts import LARGEST, scale_of
from ledger.core.messages import Message, make_message
from web.i18n.formats import decimal_text
from web.i18n.translation import Numerals, current_language
from web.parsing.parse_errors import ParseError, normalize_answer

_SPACES = "\u00a0\u202f\u2009 '’"


def parse_amount(text: str, unit: str, *, allow_negative: bool = False) -> int:
    """Minor units from an amount in the number format of the page: `1,850.00`, `1850`, `80 EUR`, `.50`.

    ParseError for a mark of another number format (`1,5` in English), more decimals than the unit has, an empty answer,
    a negative amount unless `allow_negative`, or one that is too large.
    """
    figure = normalize_answer(text).removesuffix(unit).removeprefix(unit).strip()
    if not figure:
        raise ParseError(make_message("Write an amount, such as %(example)s", example=_example(unit)))
    negative = figure.startswith("-")
    if negative and not allow_negative:
        raise ParseError(make_message("Write the amount without a minus sign"))
    minor_units = _minor_units(figure.lstrip("-").strip(), scale_of(unit), _example(unit))
    if minor_units > LARGEST:
        raise ParseError(make_message("Write a smaller amount"))
    return -minor_units if negative else minor_units


def parse_quantity(text: str) -> int:
    """Thousandths from a measured quantity: `640`, `12.5`."""
    figure = normalize_answer(text)
    if not figure:
        raise ParseError(make_message("Write a number, such as %(example)s", example=decimal_text(125, 1)))
    return _minor_units(figure, 3, decimal_text(125, 1))


def _example(unit: str) -> str:
    return decimal_text(2550, 2) if scale_of(unit) == 2 else decimal_text(25 * 10 ** scale_of(unit), scale_of(unit))


def _minor_units(figure: str, scale: int, example: str) -> int:
    marks = current_language().numerals
    match = re.fullmatch(_number_pattern(marks), figure)
    if not match:
        raise ParseError(_not_understood(figure, example))
    whole, decimals = re.sub(r"\D", "", match["whole"]), match["places"] or ""
    if len(decimals) > scale:
        raise ParseError(
            make_message(
                "Write at most %(places)s places after the mark, as in %(example)s", places=scale, example=example
            )
        )
    return int((whole or "0") + decimals.ljust(scale, "0"))


def _number_pattern(marks: Numerals) -> str:
    group = f"[{re.escape(marks.group)}{_SPACES}]"
    decimal = re.escape(marks.decimal)
    return rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d{{0,17}})(?:{decimal}(?P<places>\d+))?"


def _not_understood(figure: str, example: str) -> Message:
    if re.fullmatch(r"[\d.,  '’]+", figure):
        return make_message(
            "“%(written)s” could mean two things. Write it as in %(example)s", written=figure, example=example
        )
    return make_message("Write the amount in figures, such as %(example)s", example=example)
