"""The states of a claim: waiting, then confirmed, declined, withdrawn or expired. Pure."""

from __future__ import annotations

from ledger.agreements.states import DECLINED, EXPIRED, WITHDRAWN, course

__all__ = ["CLAIM", "CONFIRMED", "DECLINED", "EXPIRED", "WAITING", "WITHDRAWN"]

WAITING, CONFIRMED = "waiting", "confirmed"

CLAIM = course("claim", begin="claim", waits=WAITING, finish="confirm", done=CONFIRMED)
"""A claim is posted when the last one asked says yes; until then it keeps room, and nothing of it is posted."""
