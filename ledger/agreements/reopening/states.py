"""The states of a request to open a month again: asked, then opened, turned down or taken back. Pure."""

from __future__ import annotations

from types import MappingProxyType

from ledger.agreements.states import Course

ASKED, REOPENED, TURNED_DOWN, TAKEN_BACK = "asked", "reopened", "turned-down", "taken-back"

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
            (None, "ask"): ASKED,
            (ASKED, "agree"): ASKED,
            (ASKED, "reopen"): REOPENED,
            (ASKED, "turn-down"): TURNED_DOWN,
            (ASKED, "take-back"): TAKEN_BACK,
        }
    ),
)
"""A month opens when two people stand behind it, and not before; its states are its own, for it is no claim."""
