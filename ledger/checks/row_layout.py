"""How the rows of a stretch are laid out: bare tuples straight from the driver, the number first."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from ledger.chain import hashing

Row = tuple[Any, ...]

SEAL = ("seq", "subject", "digest", "prev_hash", "hash")
ENTRY = (*hashing.ENTRY_COLUMNS,)
WORDS = ("entry_id", "part", "mac", "salt", "body", "erased_act")
LINE = ("entry_id", *hashing.LINE_COLUMNS, "unit", "fund", "effective_on", "period_id")


def taking(columns: tuple[str, ...], *names: str) -> itemgetter[Any]:
    """What takes some columns out of a row, in the order named; one alone comes bare."""
    return itemgetter(*map(columns.index, names))
