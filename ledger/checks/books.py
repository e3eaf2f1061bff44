"""The books as `verify` reads them: raw rows in the order of their numbers, a stretch at a time."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import text

from ledger.db import Reading
from ledger.messages import Message

STRETCH = 1000
Raw = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: which check says so, the number it begins at (None: the whole books), in words."""

    check: str
    seq: int | None
    says: Message


@dataclass(frozen=True)
class Deed:
    """An act with its facts read; facts that cannot be read are empty, and its link does not hold then."""

    seq: int
    kind: str
    period_id: int | None
    account_id: int | None
    entry_id: int | None
    facts: dict[str, Any]


class Books:
    """One community's rows, read without the models so that a damaged value is data and never a crash."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.uid = reading.uid

    def rows(self, table: str, order: str, where: str = "TRUE", **values: Any) -> Iterator[Raw]:
        """The raw rows of a table in this community; dates and instants as text, digests as bytes."""
        # table names and conditions are this package's own constants, never anyone's input
        sql = f"SELECT * FROM {table} WHERE community_id = :community AND {where} ORDER BY {order}"  # noqa: S608
        values["community"] = self.reading.community_id
        streamed = {"yield_per": STRETCH}
        with self.reading.connection.execute(text(sql), values, execution_options=streamed) as found:
            for row in found.mappings():
                yield {name: plain(value) for name, value in row.items()}

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The numbers from 1 to the highest in use, a thousand at a time, as (first, last)."""
        highest = max(
            self._highest("seal", "seq"), self._highest("journal_entry", "entry_id"), self._highest("act", "act_id")
        )
        for first in range(1, highest + 1, STRETCH):
            yield first, min(first + STRETCH - 1, highest)

    def counts(self) -> tuple[int, int]:
        """How many entries and postings there are."""
        return self._count("journal_entry"), self._count("posting")

    def hash_at(self, seq: int) -> str | None:
        """The hash of a link, in hex."""
        for row in self.rows("seal", "seq", "seq = :seq", seq=seq):
            return bytes(row["hash"]).hex()
        return None

    @cached_property
    def deeds(self) -> list[Deed]:
        """Every act, in order, with its facts read."""
        return [
            Deed(row["act_id"], row["kind"], row["period_id"], row["account_id"], row["entry_id"], _facts(row["facts"]))
            for row in self.rows("act", "act_id")
        ]

    @cached_property
    def leaves(self) -> dict[int, tuple[Any, ...]]:
        """What each account number means: chart line, unit, fund, owner."""
        columns = ("chart", "unit", "fund", "owner_id")
        return {row["account_id"]: tuple(row[name] for name in columns) for row in self.rows("account", "account_id")}

    def _highest(self, table: str, column: str) -> int:
        return int(self._scalar(f"SELECT coalesce(max({column}), 0) FROM {table} WHERE community_id = :community"))  # noqa: S608

    def _count(self, table: str) -> int:
        return int(self._scalar(f"SELECT count(*) FROM {table} WHERE community_id = :community"))  # noqa: S608

    def _scalar(self, sql: str) -> Any:
        return self.reading.connection.scalar(text(sql), {"community": self.reading.community_id})


def plain(value: Any) -> Any:
    """A database value as it is hashed: days and instants as text, everything else as it is."""
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _facts(stored: Any) -> dict[str, Any]:
    try:
        facts = json.loads(stored)
    except (TypeError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
