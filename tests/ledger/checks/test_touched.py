"""After which number an account was last touched by a hold or by limits, read off the acts alone."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.checks.holds import last_changes
from ledger.checks.raw_reader import RawAct


def deed(seq: int, kind: str = "record", account: int | None = None, **facts: Any) -> RawAct:
    return RawAct(seq, kind, None, account, None, "2026-03-01T00:00:00.000Z", facts)


def begun(seq: int, hold: int, account: int) -> RawAct:
    return deed(seq, holds=[[hold, account, 40, 8, None]])


def ended(seq: int, hold: int, entry: int | None = None) -> RawAct:
    return deed(seq, ended=[[hold, "settled" if entry else "voided", entry]])


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        ([deed(5, "limits", 7), deed(6, "close", 9)], {7: 5}),
        ([begun(10, 1, 3)], {3: 10}),
        ([begun(10, 1, 3), begun(11, 2, 4), ended(12, 1)], {3: 12, 4: 11}),
        ([begun(10, 1, 3), ended(22, 1, entry=20)], {3: 19}),
        ([begun(10, 1, 3), begun(21, 2, 3), ended(22, 1, entry=20)], {3: 21}),
        ([begun(10, 1, 3), ended(12, 1), deed(15, "limits", 3)], {3: 15}),
        ([begun(10, 1, 3), begun(11, 2, 4), ended(30, 1, entry=20), ended(31, 2, entry=14)], {3: 19, 4: 13}),
    ],
    ids=str,
)
def test_the_last_act_or_the_number_before_the_settling_entry_counts(
    deeds: list[RawAct], found: dict[int, int]
) -> None:
    assert last_changes(deeds) == found


def test_rows_of_another_length_touch_nothing() -> None:
    assert (
        last_changes([deed(10, holds=[[1, 3], "abcde", 5]), deed(11, ended=[[1, "voided"], [2, "voided", None, None]])])
        == {}
    )
