"""The courses that agreements take: which moves lead from one state to the next. Pure.

Each course names its moves in the order begin, finish; every course but that of a reopening also ends by decline,
withdraw and expire, as `state_machine.course` says.
"""

from __future__ import annotations

from types import MappingProxyType

from ledger.workflow.state_machine import Course, course

CONFIRMED = "confirmed"

CLAIM = course("claim", begin="claim", waits="waiting", finish="confirm", done=CONFIRMED)
"""Hours that the other side confirms: posted when the last person asked says yes. Until then they reserve room only."""

BARTER_TRADE = course("barter-trade", begin="offer", waits="offered", finish="close", done="closed")
"""A swap on one day: the move that closes it posts all legs, so that it closes at zero."""

PAYMENT = course("payment", begin="ask", waits="waiting", finish="pay", done="paid")
"""A payment that needs two people: posted when the second person has said yes, and not before."""

YEAR_CLOSE = course("year-close", begin="propose", waits="waiting", finish="close", done="closed")
"""The close of a fund's year: done when a second person has said yes to the balances of that moment."""

REOPENING = Course(
    kind="reopening",
    begin="ask",
    agree="agree",
    finish="reopen",
    decline="turn-down",
    withdraw="take-back",
    expire="expire",
    moves=MappingProxyType(
        {
            (None, "ask"): "asked",
            ("asked", "agree"): "asked",
            ("asked", "reopen"): "reopened",
            ("asked", "turn-down"): "turned-down",
            ("asked", "take-back"): "taken-back",
        }
    ),
)
"""A request to open a closed month again: two people must agree. It is no claim, so its states are its own."""
