"""Swaps: what changed hands is counted, and only what was valued has a value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ledger.core.drafts import BARTER
from ledger.core.periods import Span
from ledger.kinds.barter.legs import TOKEN
from reports.data.rows import DatasetRow
from reports.indicators import barter
from tests.reports.datasets import make_dataset, posting_row

DAY = dt.date(2025, 3, 10)
MARCH = Span(dt.date(2025, 3, 1), dt.date(2025, 3, 31))


def swap(value: int, seq: int) -> list[DatasetRow]:
    """Two people swap one thing for another."""
    head: dict[str, Any] = {"family": BARTER, "kind": "barter"}
    moves = ((2, value), (3, -value), (3, value), (2, -value))
    return [posting_row("B2000", amount, DAY, seq, owner=owner, **head) for owner, amount in moves]


def test_things_that_nobody_valued_are_counted_and_have_no_value() -> None:
    there = make_dataset(*swap(4000, 1), *swap(TOKEN, 2))
    assert barter.trades_closed(there, MARCH).value == 2
    assert barter.trade_legs(there, MARCH).value == 4
    assert barter.barter_value(there, MARCH).value == 8000
