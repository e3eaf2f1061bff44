"""The states of a claim: waiting, then confirmed, declined or withdrawn. Pure."""

from __future__ import annotations

from types import MappingProxyType

from ledger.agreements.states import Course

WAITING, CONFIRMED, DECLINED, WITHDRAWN = "waiting", "confirmed", "declined", "withdrawn"

CLAIM = Course(
    kind="claim",
    begin="claim",
    agree="agree",
    finish="confirm",
    decline="decline",
    withdraw="withdraw",
    moves=MappingProxyType(
        {
            (None, "claim"): WAITING,
            (WAITING, "agree"): WAITING,
            (WAITING, "confirm"): CONFIRMED,
            (WAITING, "decline"): DECLINED,
            (WAITING, "withdraw"): WITHDRAWN,
        }
    ),
)
"""A claim is posted when the last one asked says yes; until then nothing of it stands in the books."""
