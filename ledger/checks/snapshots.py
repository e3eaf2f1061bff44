"""Checks closed months: recomputes the balances that each close stored, and finds late entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.checks.raw_reader import Finding, RawAct, RawBooks
from ledger.checks.totals import Interval
from ledger.core.messages import N_, make_message
from ledger.journal.snapshots import Movements, Snapshot

_DIFFERENT = N_("The balances that number %(number)s kept for its month are not those of the month.")
_LATE = N_("Entry %(number)s stands in a month that was closed before it, or before a closed one.")


@dataclass
class _Months:
    """Movements so far by month, account and programme, and the closed months."""

    moved: defaultdict[int, Counter[tuple[int, str | None]]] = field(default_factory=lambda: defaultdict(Counter))
    closed: set[int] = field(default_factory=set)
    _before: Counter[int] = field(default_factory=Counter)
    _reached: int = 0
    """`_before` holds the sums by account of all months before this one."""

    def read(self, interval: Interval) -> Iterator[Finding]:
        """Add an interval of the journal; entries in or before a closed month are findings."""
        last_closed = max(self.closed, default=-1)
        for key, moved in interval.moved.items():
            month, account, programme = key
            self.moved[month][account, programme] += moved
            if month < self._reached:
                self._before[account] += moved
            if month <= last_closed:
                first = interval.first[key]
                yield Finding("snapshots", first, make_message(_LATE, number=first))

    def snapshot(self, month: int) -> Snapshot:
        """The snapshot that a close of this month stores, from the entries so far."""
        movements: Movements = self.moved[month]
        return Snapshot.of(self._opening(month), movements)

    def _opening(self, month: int) -> Counter[int]:
        if month < self._reached:  # the month was reopened: subtract the later months by starting again
            self._before.clear()
            self._reached = 0
        for earlier in [earlier for earlier in self.moved if self._reached <= earlier < month]:
            for (account, _), moved in self.moved[earlier].items():
                self._before[account] += moved
        self._reached = month
        return self._before


def check_snapshots(books: RawBooks) -> Iterator[Finding]:
    """Each close stored the exact balances of its month; no entry was posted to a closed month."""
    stored, months, intervals = _stored(books), _Months(), iter(books.require_totals().intervals)
    for act in books.acts:
        if act.kind not in ("close", "reopen"):
            continue
        yield from months.read(next(intervals))
        month = act.period_id or 0
        if act.kind == "reopen":
            months.closed.discard(month)
            continue
        months.closed.add(month)
        if not _is_snapshot_valid(act, months, stored.pop(act.seq, Snapshot((), ()))):
            yield Finding("snapshots", act.seq, make_message(_DIFFERENT, number=act.seq))
    yield from months.read(next(intervals))
    yield from (Finding("snapshots", seq, make_message(_DIFFERENT, number=seq)) for seq in stored)


def _is_snapshot_valid(act: RawAct, months: _Months, stored: Snapshot) -> bool:
    if "snapshot" not in act.facts:
        return stored == Snapshot((), ())
    expected = months.snapshot(act.period_id or 0)
    return stored == expected and act.facts["snapshot"] == expected.digest


def _stored(books: RawBooks) -> dict[int, Snapshot]:
    balances: dict[int, list[tuple[int, int, int, int]]] = {}
    for row in books.rows("period_balance", "act_id, account_id"):
        line = (row["account_id"], row["opening"], row["movement"], row["closing"])
        balances.setdefault(row["act_id"], []).append(line)
    movements: dict[int, list[tuple[int, str, int]]] = {}
    for row in books.rows("period_movement", "act_id, account_id, programme"):
        movements.setdefault(row["act_id"], []).append((row["account_id"], row["programme"], row["movement"]))
    act_ids = balances.keys() | movements.keys()
    return {
        act_id: Snapshot(tuple(balances.get(act_id, ())), tuple(sorted(movements.get(act_id, ()))))
        for act_id in act_ids
    }
