"""Checks holds: each begins and ends as the acts in the chain say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.checks.raw_reader import Finding, RawAct, RawBooks
from ledger.checks.replay import listed_rows
from ledger.core.messages import N_, make_message

_HOLD = N_("Room that number %(number)s kept in an account does not stand as the acts left it.")
_UNKNOWN_HOLD = N_("Room is kept in account %(account)s that no act asked for.")
_NOT_OPEN = N_("Number %(number)s ends what was not kept, or ended before.")

_HOLD_COLUMNS = ("account_id", "amount", "entered_by", "expires_at", "recorded_at", "state", "entry_id")


def check_holds(books: RawBooks) -> Iterator[Finding]:
    """Every hold is as its act made it, and ended at most once, as an act says."""
    expected: dict[Any, tuple[int, list[Any]]] = {}
    for act in books.acts:
        for number, *values in listed_rows(act.facts.get("holds"), 5):
            expected[number] = (act.seq, [*values, act.recorded_at, "open", None])
        for number, state, entry_id in listed_rows(act.facts.get("ended"), 3):
            if number not in expected or expected[number][1][-2] != "open":
                yield Finding("holds", act.seq, make_message(_NOT_OPEN, number=act.seq))
            else:
                expected[number][1][-2:] = [state, entry_id]
    for row in books.rows("hold", "hold_id"):
        seq, values = expected.pop(row["hold_id"], (None, []))
        if seq is None:
            yield Finding("holds", None, make_message(_UNKNOWN_HOLD, account=row["account_id"]))
        elif [row[name] for name in _HOLD_COLUMNS] != values:
            yield Finding("holds", seq, make_message(_HOLD, number=seq))
    yield from (Finding("holds", seq, make_message(_HOLD, number=seq)) for seq, _ in expected.values())


def last_changes(acts: list[RawAct]) -> dict[Any, int]:
    """By account, the number of the last change of its balance row by a hold or by limits.

    Settling a hold changes the row just before the entry that settles it.
    """
    accounts: dict[Any, Any] = {}
    last: dict[Any, int] = {}
    for act in acts:
        if act.kind == "limits":
            last[act.account_id] = act.seq
        for number, account, *_ in listed_rows(act.facts.get("holds"), 5):
            accounts[number], last[account] = account, act.seq
        for number, _, entry_id in listed_rows(act.facts.get("ended"), 3):
            seq = entry_id - 1 if isinstance(entry_id, int) else act.seq
            last[accounts.get(number)] = max(last.get(accounts.get(number), 0), seq)
    return last
