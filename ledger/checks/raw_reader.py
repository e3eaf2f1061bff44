"""The books as `verify` reads them: raw rows in the order of their numbers, a stretch at a time."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Column, Connection
from sqlalchemy.exc import SQLAlchemyError

from ledger.checks.totals import Tally
from ledger.core.messages import Message
from ledger.database import raw_sql as driver
from ledger.database.gc_pause import gc_paused
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import ReadUnit
from ledger.exchange.exports.digest import JournalDigest
from ledger.models.column_types import metadata

STRETCH = 4000
MODEST_CACHE = -8192
"""What SQLite keeps in memory during a check; below nought in KiB."""
UNRECKONABLE = (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, SQLAlchemyError)
"""What a check meets in a damaged value that it cannot go on with."""
Raw = dict[str, Any]

_NUMBERED = (
    ("seal", "seq"),
    ("journal_entry", "entry_id"),
    ("act", "act_id"),
    ("posting", "entry_id"),
    ("entry_text", "entry_id"),
)
_NUMBERS = ("seq", "entry_id", "act_id")
# the names of tables and columns, and conditions, that SQL here is made of are this package's own, never anyone's input
_KINDS: dict[type, type] = {bytes: bytes, int: int}


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
    recorded_at: str
    facts: dict[str, Any]


class RawBooks:
    """One community's rows, read without the models so that a damaged value is data and never a crash."""

    def __init__(self, reading: ReadUnit, processes: int = 1) -> None:
        self.reading = reading
        self.processes = processes
        """How many may work at a time."""
        self.uid = reading.uid
        self._connection = reading.connection
        self._are_objects = reading.engine_name == "postgresql"
        """Whether instants and the like come as objects, and not as the text that SQLite keeps."""
        self.damaged: dict[tuple[str, int | None], None] = {}
        """Rows met so far with a value that its column cannot hold, as (table, number), in the order met."""
        self.files = ExitStack()
        """Closes what a check keeps on the disk meanwhile, and ends what works for it."""
        self.journal: JournalDigest | None = None
        """The journal's digest, once `check_links` has read it all and found nothing."""
        self.tally: Tally | None = None
        """What the lines of all entries add up to, from `check_links`."""

    def rows(self, table: str, order: str, where: str = "TRUE", *values: int) -> Iterator[Raw]:
        """The raw rows of a table in this community; instants as text, digests as bytes.

        A row with a value that its column cannot hold is left out and remembered in `damaged`.
        """
        columns, asked = (
            tuple(_shape(table)),
            driver.with_placeholders(self.reading.engine_name, _every_row(table, order, where)),
        )
        for some in driver.stream_rows(self._connection, STRETCH, asked, (self.reading.community_id, *values)):
            found = [tuple(map(plain, row)) for row in some] if self._are_objects else some
            are_sound = are_whole(table, columns, found)
            for row in found:
                read = dict(zip(columns, row, strict=True))
                if are_sound or are_whole(table, columns, [row]):
                    yield read
                else:
                    number = next((read[name] for name in _NUMBERS if type(read.get(name)) is int), None)
                    self.damaged[table, number] = None

    def ask(self, sql: str, *values: int) -> list[Row]:
        """Bare rows, straight from the driver: SQLAlchemy's would cost more than everything that is done with them."""
        return driver.fetch_rows(self._connection, driver.with_placeholders(self.reading.engine_name, sql), values)

    def added_up(self) -> Tally:
        """The tally; LookupError before `check_links` has read all lines."""
        if self.tally is None:
            raise LookupError
        return self.tally

    def stretches(self, after: int | None = None, upto: int | None = None) -> Iterator[tuple[int, int]]:
        """The numbers in use, as (first, last), some thousand at a time; those that nothing has are passed over.

        Only those behind a number, or up to one, if asked.
        """
        low = self._lowest(after)
        while low is not None and (upto is None or low <= upto):
            last = low + STRETCH - 1 if upto is None else min(low + STRETCH - 1, upto)
            yield low, last
            low = self._lowest(last)

    def counts(self) -> tuple[int, int]:
        """How many entries and postings there are."""
        return self._count("journal_entry"), self._count("posting")

    def hash_at(self, seq: int) -> str | None:
        """The hash of a link, in hex."""
        for row in self.rows("seal", "seq", "seq = ?", seq):
            return bytes(row["hash"]).hex()
        return None

    @cached_property
    def deeds(self) -> list[Deed]:
        """Every act, in order, with its facts read."""
        return [
            Deed(
                *(row["act_id"], row["kind"], row["period_id"], row["account_id"], row["entry_id"]),
                *(row["recorded_at"], _facts(row["facts"])),
            )
            for row in self.rows("act", "act_id")
        ]

    @cached_property
    def leaves(self) -> dict[int, tuple[Any, ...]]:
        """What each account number means: chart line, unit, fund, owner."""
        columns = ("chart", "unit", "fund", "owner_id")
        return {row["account_id"]: tuple(row[name] for name in columns) for row in self.rows("account", "account_id")}

    def _lowest(self, after: int | None) -> int | None:
        """The lowest number after this one that anything stands under."""
        community = self.reading.community_id
        if after is None:
            (found,) = self.ask(_LOWEST, *[community] * len(_NUMBERED))
        else:
            (found,) = self.ask(_LOWEST_AFTER, *[community, after] * len(_NUMBERED))
        return min((number for number in found if type(number) is int), default=None)

    def _count(self, table: str) -> int:
        ((count,),) = self.ask(f"SELECT count(*) FROM {table} WHERE community_id = ?", self.reading.community_id)  # noqa: S608
        return int(count)


@cache
def _every_row(table: str, order: str, where: str) -> str:
    columns = ", ".join(_shape(table))
    return f"SELECT {columns} FROM {table} WHERE community_id = ? AND {where} ORDER BY {order}"  # noqa: S608


def _lowest_of_all(condition: str) -> str:
    """Asks every table for its lowest number, at once."""
    each = (
        f"(SELECT min({column}) FROM {table} WHERE {table}.community_id = ? AND {condition.format(column)})"  # noqa: S608
        for table, column in _NUMBERED
    )
    return f"SELECT {', '.join(each)}"


_LOWEST, _LOWEST_AFTER = _lowest_of_all("TRUE"), _lowest_of_all("{} > ?")


def are_whole(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bool:
    """Whether rows, their values as `plain` leaves them, hold nothing that their columns could not."""
    shape = _shape(table)
    return all(shape[name].issuperset(map(type, values)) for name, *values in zip(columns, *rows, strict=True))


@cache
def _shape(table: str) -> dict[str, frozenset[type]]:
    """What a value of each column can be, as `plain` leaves it: a whole number, bytes, or a text; perhaps nothing."""
    nothing = type(None)
    return {
        column.name: frozenset({_KINDS.get(_python(column), str)} | ({nothing} if column.nullable else set()))
        for column in metadata.tables[table].columns
    }


def _python(column: Column[Any]) -> type:
    return column.type.python_type


@contextmanager
def reckoning(books: RawBooks) -> Iterator[None]:
    """Work through the books; what was opened for it is closed in the end."""
    connection = books.reading.connection
    with gc_paused(), text_as_it_is(connection), _modestly(connection), books.files:
        yield


@contextmanager
def _modestly(connection: Connection) -> Iterator[None]:
    """Everything is read once, so little of it needs to stay in SQLite's memory."""
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size={MODEST_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={usual}")


def text_as_it_is(connection: Connection) -> AbstractContextManager[None]:
    """SQLite keeps any bytes as a text; those that are none come as bytes here, for a damaged value is no crash."""
    return decoding(connection, _decoded)


@contextmanager
def decoding(connection: Connection, factory: Callable[[bytes], Any]) -> Iterator[None]:
    """Let SQLite's texts be made by a function; nothing changes on PostgreSQL, whose texts are always texts."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    usual, driver.text_factory = driver.text_factory, factory
    try:
        yield
    finally:
        driver.text_factory = usual


def _decoded(stored: bytes) -> str | bytes:
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def plain(value: Any) -> Any:
    """A database value as it is hashed: instants as text, everything else as it is; days are `stretches`'."""
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
    return str(value) if isinstance(value, uuid.UUID) else value


def _facts(stored: Any) -> dict[str, Any]:
    try:
        facts = json.loads(stored)
    except (TypeError, ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}
