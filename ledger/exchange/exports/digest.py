"""The journal's digest: what two imports of one journal share, on whichever engine, whoever typed them in."""

from __future__ import annotations

import hashlib
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.stream import by_number
from ledger.exchange.journal_line import canonical_line

RUN = 50_000
"""How many lines are put in order in memory; more are put in order by way of files that have no name."""
_AT_ONCE = 1000
_AT_ONCE_BYTES = 256 * 1024

Records = list[bytes]
"""Lines, each behind its key in hex, so that they sort as the bytes of their keys do."""


def journal_digest(uow: UnitOfWork) -> str:
    """SHA-256, in hex, over the canonical lines of all entries in the order of their keys, each with a line's end.

    Numbers, clocks, actors, salts and the words of private entries are not in it.
    """
    with JournalDigest() as digest:
        for entry in by_number(uow):
            digest.add(entry.line.key, canonical_line(entry.line).decode())
        return digest.hexdigest()


class JournalDigest(ExitStack):
    """Takes canonical lines in any order, whole journals in little memory."""

    def __init__(self, run: int = RUN) -> None:
        super().__init__()
        self._run = run
        self._records: list[str] = []
        self._sorted: list[Iterable[Records]] = []

    def add(self, key: str, line: str) -> None:
        """Take the line of an entry."""
        # in hex, a key sorts as its bytes do, and neither a blank nor a line's end is in it
        self._records.append(f"{key.encode().hex()} {line}\n")
        if len(self._records) >= self._run:
            self._put_aside()

    def join(self, records: Iterable[Records]) -> None:
        """Take lines that stand in order already: the `records` of another digest."""
        self._sorted.append(records)

    def records(self) -> Iterator[Records]:
        """All the lines taken, in the order of their keys, some at a time; asked for once."""
        self._records.sort()
        return _merged([*self._sorted, self._kept()])

    def hexdigest(self) -> str:
        """The digest of all the lines taken."""
        digest = hashlib.sha256()
        for records in self.records():
            digest.update(b"".join([record[record.index(b" ") + 1 :] for record in records]))
        return digest.hexdigest()

    def _kept(self) -> Iterator[Records]:
        for first in range(0, len(self._records), _AT_ONCE):
            yield "".join(self._records[first : first + _AT_ONCE]).encode().splitlines(keepends=True)

    def _put_aside(self) -> None:
        file = self.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self._records.sort()
        for records in self._kept():
            file.writelines(records)
        self._sorted.append(_read(file))
        self._records.clear()


def _read(file: IO[bytes]) -> Iterator[Records]:
    file.seek(0)
    while records := file.readlines(_AT_ONCE_BYTES):
        yield records


def _merged(sources: Iterable[Iterable[Records]]) -> Iterator[Records]:
    """One order from several: whatever is not behind the last line of any list at hand can be told."""
    waiting = [iter(source) for source in sources]
    fronts = [(records, source) for source in waiting if (records := next(source, []))]
    while fronts:
        last = min(records[-1] for records, _ in fronts)
        told: Records = []
        ahead = []
        for records, source in fronts:
            upto = bisect_right(records, last)
            told += records[:upto]
            if rest := records[upto:] or next(source, []):
                ahead.append((rest, source))
        told.sort()
        yield told
        fronts = ahead
