"""Room that was kept, reckoned again: every hold begins and ends as the acts of the chain say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.checks.raw_reader import Deed, Finding, RawBooks
from ledger.checks.replay import listed_rows
from ledger.core.messages import N_, make_message

_HOLD = N_("Room that number %(number)s kept in an account does not stand as the acts left it.")
_STRANGER = N_("Room is kept in account %(account)s that no act asked for.")
_TWICE = N_("Number %(number)s ends what was not kept, or ended before.")

_KEPT = ("account_id", "amount", "entered_by", "expires_at", "recorded_at", "state", "entry_id")


def check_holds(books: RawBooks) -> Iterator[Finding]:
    """Every hold is the one that its act made, and ended once, the way that an act says."""
    begun: dict[Any, tuple[int, list[Any]]] = {}
    for deed in books.deeds:
        for number, *told in listed_rows(deed.facts.get("holds"), 5):
            begun[number] = (deed.seq, [*told, deed.recorded_at, "open", None])
        for number, state, entry_id in listed_rows(deed.facts.get("ended"), 3):
            if number not in begun or begun[number][1][-2] != "open":
                yield Finding("holds", deed.seq, make_message(_TWICE, number=deed.seq))
            else:
                begun[number][1][-2:] = [state, entry_id]
    for row in books.rows("hold", "hold_id"):
        seq, told = begun.pop(row["hold_id"], (None, []))
        if seq is None:
            yield Finding("holds", None, make_message(_STRANGER, account=row["account_id"]))
        elif [row[name] for name in _KEPT] != told:
            yield Finding("holds", seq, make_message(_HOLD, number=seq))
    yield from (Finding("holds", seq, make_message(_HOLD, number=seq)) for seq, _ in begun.values())


def touched(deeds: list[Deed]) -> dict[Any, int]:
    """The number after which each account was last touched by a hold or by limits, and not by an entry.

    Settling touches it just before the entry that settles.
    """
    accounts: dict[Any, Any] = {}
    last: dict[Any, int] = {}
    for deed in deeds:
        if deed.kind == "limits":
            last[deed.account_id] = deed.seq
        for number, account, *_ in listed_rows(deed.facts.get("holds"), 5):
            accounts[number], last[account] = account, deed.seq
        for number, _, entry_id in listed_rows(deed.facts.get("ended"), 3):
            seq = entry_id - 1 if isinstance(entry_id, int) else deed.seq
            last[accounts.get(number)] = max(last.get(accounts.get(number), 0), seq)
    return last
