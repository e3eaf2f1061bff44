"""Reading durations, amounts and days as people write them: forgiving where there is one meaning, asking where two.

Spaces, stray points and digits of other scripts are forgiven. What could mean two things is never guessed: a
`ParseError` says what to write instead (a comma read as nothing once turned 1.5 hours into 15).
"""

from __future__ import annotations

from web.parsing.amounts import amount, quantity
from web.parsing.days import day, month
from web.parsing.durations import duration
from web.parsing.parse_errors import ParseError

__all__ = ["ParseError", "amount", "day", "duration", "month", "quantity"]
