"""The states of a year's close that waits for a second person: waiting, then closed, declined or withdrawn. Pure."""

from __future__ import annotations

from ledger.agreements.states import course

WAITING, CLOSED = "waiting", "closed"

YEAR_CLOSE = course("year-close", begin="propose", waits=WAITING, finish="close", done=CLOSED)
"""A fund's year is closed when a second person has said yes to what the balances then say."""
