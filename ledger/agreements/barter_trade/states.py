"""The states of a barter trade on one day: offered, then closed at nought, declined, withdrawn or expired. Pure."""

from __future__ import annotations

from ledger.agreements.states import DECLINED, EXPIRED, WITHDRAWN, course

__all__ = ["BARTER_TRADE", "CLOSED", "DECLINED", "EXPIRED", "OFFERED", "WITHDRAWN"]

OFFERED, CLOSED = "offered", "closed"

BARTER_TRADE = course("barter-trade", begin="offer", waits=OFFERED, finish="close", done=CLOSED)
"""All legs of a one-day swap are posted by the move that closes it, so that it closes at nought."""
