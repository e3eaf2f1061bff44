"""The states of a barter trade on one day: offered, then closed at nought, declined or withdrawn. Pure."""

from __future__ import annotations

from types import MappingProxyType

from ledger.agreements.states import Course

OFFERED, CLOSED, DECLINED, WITHDRAWN = "offered", "closed", "declined", "withdrawn"

BARTER_TRADE = Course(
    kind="barter-trade",
    begin="offer",
    agree="agree",
    finish="close",
    decline="decline",
    withdraw="withdraw",
    moves=MappingProxyType(
        {
            (None, "offer"): OFFERED,
            (OFFERED, "agree"): OFFERED,
            (OFFERED, "close"): CLOSED,
            (OFFERED, "decline"): DECLINED,
            (OFFERED, "withdraw"): WITHDRAWN,
        }
    ),
)
"""All legs of a one-day swap are posted by the move that closes it, so that it closes at nought."""
