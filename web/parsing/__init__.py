"""Parsers of durations, amounts and days as people write them.

Spaces, stray full stops and digits of other scripts are accepted. An ambiguous answer is never guessed: a `ParseError`
says what to write instead. A parser that ignores commas would read 1,5 hours as 15.
"""

from __future__ import annotations

from web.parsing.amounts import parse_amount, parse_quantity
from web.parsing.days import parse_day, parse_month
from web.parsing.durations import parse_duration
from web.parsing.parse_errors import ParseError

__all__ = ["ParseError", "parse_amount", "parse_day", "parse_duration", "parse_month", "parse_quantity"]
