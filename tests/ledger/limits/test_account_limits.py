"""Bounds: what would pass a limit is stopped, what waits counts, and a way back never is."""

from __future__ import annotations

import pytest

from ledger.limits.account_limits import Bounds, bounds_of
from ledger.registers.records import LimitRule

NEAR = Bounds(posted=90, held_debit=5, held_credit=170, floor=-100, ceiling=100)


@pytest.mark.parametrize(("change", "stop"), [(5, None), (6, 100), (-20, None), (-21, -100), (0, None)])
def test_a_change_is_stopped_where_it_would_pass_a_limit(change: int, stop: int | None) -> None:
    assert NEAR.stop(change) == stop


def test_past_its_limit_an_account_still_goes_back() -> None:
    past = Bounds(posted=300, floor=-100, ceiling=100)
    assert (past.stop(-10), past.stop(1), past.stop(-401)) == (None, 100, -100)


def test_without_limits_nothing_stops() -> None:
    assert Bounds(posted=10**15).stop(1) is None


def test_the_owner_reads_it_the_other_way_round() -> None:
    assert bounds_of(LimitRule(stop_low_minutes=-120, stop_high_minutes=600)) == (-600, 120)
    assert bounds_of(LimitRule(talk_low_minutes=-60)) == (None, None)
