"""The states of a payment that needs two people: waiting, then paid, declined or withdrawn. Pure."""

from __future__ import annotations

from types import MappingProxyType

from ledger.agreements.states import Course

WAITING, PAID, DECLINED, WITHDRAWN = "waiting", "paid", "declined", "withdrawn"

PAYMENT = Course(
    kind="payment",
    begin="ask",
    agree="agree",
    finish="pay",
    decline="decline",
    withdraw="withdraw",
    moves=MappingProxyType(
        {
            (None, "ask"): WAITING,
            (WAITING, "agree"): WAITING,
            (WAITING, "pay"): PAID,
            (WAITING, "decline"): DECLINED,
            (WAITING, "withdraw"): WITHDRAWN,
        }
    ),
)
"""A payment stands in the books when a second person has said yes, and not before."""
