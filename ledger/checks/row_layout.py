"""The columns of the rows in a batch: plain tuples, the number first."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from ledger.chain import hashing

Row = tuple[Any, ...]

SEAL_COLUMNS = ("seq", "subject", "digest", "prev_hash", "hash")
ENTRY_COLUMNS = (*hashing.ENTRY_COLUMNS,)
TEXT_COLUMNS = ("entry_id", "part", "mac", "salt", "body", "erased_act")
LINE_COLUMNS = ("entry_id", *hashing.LINE_COLUMNS, "unit", "fund", "effective_on", "period_id")


def column_getter(columns: tuple[str, ...], *names: str) -> itemgetter[Any]:
    """A function that returns the named columns of a row: a tuple, or the value itself for one name."""
    return itemgetter(*map(columns.index, names))
