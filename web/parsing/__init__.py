"""Reading durations, amounts and days as people write them: forgiving where there is one meaning, asking where two.

Spaces, stray points and digits of other scripts are forgiven. What could mean two things is never guessed: a
`ParseError` says what to write instead (a comma read as nothing once turned 1.5 hours into 15).
"""

from __future__ import annotations

from web.parsing.amounts import parse_amount, parse_quantity
from web.parsing.days import parse_day, parse_month
from web.parsing.durations import parse_duration
from web.parsing.parse_errors import ParseError

__all__ = ["ParseError", "parse_amount", "parse_day", "parse_duration", "parse_month", "parse_quantity"]
