"""The journal's digest: what two imports of one journal share, on whichever engine, whoever typed them in."""

from __future__ import annotations

import hashlib

from ledger.db import UnitOfWork
from ledger.exchange.lines import canonical_line
from ledger.exchange.stream import by_key


def journal_digest(uow: UnitOfWork) -> str:
    """SHA-256, in hex, over the canonical lines of all entries in the order of their keys, each with a line's end.

    Numbers, clocks, actors, salts and the words of private entries are not in it.
    """
    digest = hashlib.sha256()
    for entry in by_key(uow):
        digest.update(canonical_line(entry.line))
        digest.update(b"\n")
    return digest.hexdigest()
