"""The states of a payment that needs two people: waiting, then paid, declined, withdrawn or expired. Pure."""

from __future__ import annotations

from ledger.agreements.states import DECLINED, EXPIRED, WITHDRAWN, course

__all__ = ["DECLINED", "EXPIRED", "PAID", "PAYMENT", "WAITING", "WITHDRAWN"]

WAITING, PAID = "waiting", "paid"

PAYMENT = course("payment", begin="ask", waits=WAITING, finish="pay", done=PAID)
"""A payment stands in the books when a second person has said yes, and not before."""
