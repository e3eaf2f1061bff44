"""Closed months, closed again: what each close kept is worked out anew, and nothing was entered behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.checks.raw_reader import Deed, Finding, RawBooks
from ledger.checks.totals import Part
from ledger.core.messages import N_, make_message
from ledger.journal.snapshots import Moved, Snapshot

_KEPT = N_("The balances that number %(number)s kept for its month are not those of the month.")
_LATE = N_("Entry %(number)s stands in a month that was closed before it, or before a closed one.")


@dataclass
class _Months:
    """What was moved so far in each month, by account and programme, and which months are closed."""

    moved: defaultdict[int, Counter[tuple[int, str | None]]] = field(default_factory=lambda: defaultdict(Counter))
    closed: set[int] = field(default_factory=set)
    _before: Counter[int] = field(default_factory=Counter)
    _reached: int = 0
    """Months before this one are in `_before`, by account."""

    def read(self, part: Part) -> Iterator[Finding]:
        """Add a part of the journal; entries in or before a closed month are findings."""
        last = max(self.closed, default=-1)
        for where, moved in part.moved.items():
            month, account, programme = where
            self.moved[month][account, programme] += moved
            if month < self._reached:
                self._before[account] += moved
            if month <= last:
                first = part.first[where]
                yield Finding("snapshots", first, make_message(_LATE, number=first))

    def snapshot(self, closed: int) -> Snapshot:
        """What a close of this month keeps of the entries read so far."""
        taken: Moved = self.moved[closed]
        return Snapshot.of(self._opening(closed), taken)

    def _opening(self, month: int) -> Counter[int]:
        if month < self._reached:  # a month that was opened again: the later ones are not before it
            self._before.clear()
            self._reached = 0
        for each in [each for each in self.moved if self._reached <= each < month]:
            for (account, _), moved in self.moved[each].items():
                self._before[account] += moved
        self._reached = month
        return self._before


def check_snapshots(books: RawBooks) -> Iterator[Finding]:
    """Each close kept what its month held and moved, to the row; no entry came into a month that was closed."""
    kept, months, parts = _kept(books), _Months(), iter(books.added_up().parts)
    for deed in books.deeds:
        if deed.kind not in ("close", "reopen"):
            continue
        yield from months.read(next(parts))
        month = deed.period_id or 0
        if deed.kind == "reopen":
            months.closed.discard(month)
            continue
        months.closed.add(month)
        if not _holds(deed, months, kept.pop(deed.seq, Snapshot((), ()))):
            yield Finding("snapshots", deed.seq, make_message(_KEPT, number=deed.seq))
    yield from months.read(next(parts))
    yield from (Finding("snapshots", seq, make_message(_KEPT, number=seq)) for seq in kept)


def _holds(deed: Deed, months: _Months, kept: Snapshot) -> bool:
    if "snapshot" not in deed.facts:
        return kept == Snapshot((), ())
    taken = months.snapshot(deed.period_id or 0)
    return kept == taken and deed.facts["snapshot"] == taken.digest


def _kept(books: RawBooks) -> dict[int, Snapshot]:
    balances: dict[int, list[tuple[int, int, int, int]]] = {}
    for row in books.rows("period_balance", "act_id, account_id"):
        line = (row["account_id"], row["opening"], row["movement"], row["closing"])
        balances.setdefault(row["act_id"], []).append(line)
    movements: dict[int, list[tuple[int, str, int]]] = {}
    for row in books.rows("period_movement", "act_id, account_id, programme"):
        movements.setdefault(row["act_id"], []).append((row["account_id"], row["programme"], row["movement"]))
    acts = balances.keys() | movements.keys()
    return {act: Snapshot(tuple(balances.get(act, ())), tuple(sorted(movements.get(act, ())))) for act in acts}
