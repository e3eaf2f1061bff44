"""The journal's digest: what two imports of one journal share, on whichever engine, whoever typed them in."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import IO

from ledger.db import UnitOfWork
from ledger.exchange.lines import canonical_line
from ledger.exchange.stream import by_number

RUN = 50_000
"""How many lines are put in order in memory; more are put in order by way of files that have no name."""


def journal_digest(uow: UnitOfWork) -> str:
    """SHA-256, in hex, over the canonical lines of all entries in the order of their keys, each with a line's end.

    Numbers, clocks, actors, salts and the words of private entries are not in it.
    """
    with JournalDigest() as digest:
        for entry in by_number(uow):
            digest.add(entry.line.key, canonical_line(entry.line))
        return digest.hexdigest()


class JournalDigest(ExitStack):
    """Takes canonical lines in any order, whole journals in little memory."""

    def __init__(self, run: int = RUN) -> None:
        super().__init__()
        self._run = run
        self._records: list[bytes] = []
        self._runs: list[IO[bytes]] = []

    def add(self, key: str, line: bytes) -> None:
        """Take the line of an entry."""
        # in hex, a key sorts as its bytes do, and neither a blank nor a line's end is in it
        self._records.append(b"%b %b\n" % (key.encode().hex().encode(), line))
        if len(self._records) >= self._run:
            self._put_aside()

    def hexdigest(self) -> str:
        """The digest of all the lines taken."""
        self._records.sort()
        runs: list[Iterable[bytes]] = [self._records]
        for file in self._runs:
            file.seek(0)
            runs.append(file)
        digest = hashlib.sha256()
        for record in heapq.merge(*runs):
            digest.update(record[record.index(b" ") + 1 :])
        return digest.hexdigest()

    def _put_aside(self) -> None:
        file = self.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self._records.sort()
        file.writelines(self._records)
        self._runs.append(file)
        self._records.clear()
