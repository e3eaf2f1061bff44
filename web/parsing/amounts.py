"""Reading amounts of money and barter values, and measured quantities, strictly: a comma is never read as nothing."""

from __future__ import annotations

import re

from ledger.core.amounts import LARGEST, scale_of
from ledger.core.messages import Message, make_message
from web.i18n.formats import decimal_text
from web.i18n.translation import Numerals, current_language
from web.parsing.parse_errors import ParseError, normalize_answer

_SPACES = "\u00a0\u202f\u2009 '’"


def parse_amount(text: str, unit: str, *, below_nought: bool = False) -> int:
    """Minor units from an amount written in the language of the page: `1,850.00`, `1850`, `80 EUR`, `.50`.

    Raises ParseError for a mark that this language uses otherwise (`1,5` in English), for more decimals than the
    unit has, for nothing at all, and below nought unless `below_nought` allows it.
    """
    said = normalize_answer(text).removesuffix(unit).removeprefix(unit).strip()
    if not said:
        raise ParseError(make_message("Write an amount, such as %(example)s", example=_example(unit)))
    negative = said.startswith("-")
    if negative and not below_nought:
        raise ParseError(make_message("Write the amount without a minus sign"))
    minor = _minor_units(said.lstrip("-").strip(), scale_of(unit), _example(unit))
    if minor > LARGEST:
        raise ParseError(make_message("Write a smaller amount"))
    return -minor if negative else minor


def parse_quantity(text: str) -> int:
    """Thousandths from a measured quantity: `640`, `12.5`."""
    said = normalize_answer(text)
    if not said:
        raise ParseError(make_message("Write a number, such as %(example)s", example=decimal_text(125, 1)))
    return _minor_units(said, 3, decimal_text(125, 1))


def _example(unit: str) -> str:
    return decimal_text(2550, 2) if scale_of(unit) == 2 else decimal_text(25 * 10 ** scale_of(unit), scale_of(unit))


def _minor_units(said: str, scale: int, example: str) -> int:
    marks = current_language().numerals
    found = re.fullmatch(_shape(marks), said)
    if not found:
        raise ParseError(_unclear(said, example))
    whole, places = re.sub(r"\D", "", found["whole"]), found["places"] or ""
    if len(places) > scale:
        raise ParseError(
            make_message(
                "Write at most %(places)s places after the mark, as in %(example)s", places=scale, example=example
            )
        )
    return int((whole or "0") + places.ljust(scale, "0"))


def _shape(marks: Numerals) -> str:
    group = f"[{re.escape(marks.group)}{_SPACES}]"
    decimal = re.escape(marks.decimal)
    return rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d{{0,17}})(?:{decimal}(?P<places>\d+))?"


def _unclear(said: str, example: str) -> Message:
    if re.fullmatch(r"[\d.,  '’]+", said):
        return make_message(
            "“%(written)s” could mean two things. Write it as in %(example)s", written=said, example=example
        )
    return make_message("Write the amount in figures, such as %(example)s", example=example)
