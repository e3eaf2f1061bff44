"""Reads raw rows for `verify`, in batches ordered by number."""

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

from ledger.checks.totals import Totals
from ledger.core.messages import Message
from ledger.database import raw_sql
from ledger.database.gc_pause import gc_paused
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import ReadUnit
from ledger.exchange.exports.digest import JournalDigest
from ledger.models.column_types import metadata

BATCH_SIZE = 4000
SMALL_CACHE = -8192
"""SQLite's cache during a check; a negative number is in KiB."""
DAMAGE_ERRORS = (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, SQLAlchemyError)
"""The errors that a damaged value can cause in a check."""
RawRow = dict[str, Any]

_NUMBER_COLUMNS = (
    ("seal", "seq"),
    ("journal_entry", "entry_id"),
    ("act", "act_id"),
    ("posting", "entry_id"),
    ("entry_text", "entry_id"),
)
_NUMBER_NAMES = ("seq", "entry_id", "act_id")
# SQL in this module is built only from names and conditions of this package, never from user input
_STORED_TYPES: dict[type, type] = {bytes: bytes, int: int}


@dataclass(frozen=True)
class Finding:
    """An error in the books: the check, the first number concerned (None: the whole books), and a message."""

    check: str
    seq: int | None
    says: Message


@dataclass(frozen=True)
class RawAct:
    """An act with parsed facts. Unreadable facts are empty; then the act's digest does not match either."""

    seq: int
    kind: str
    period_id: int | None
    account_id: int | None
    entry_id: int | None
    recorded_at: str
    facts: dict[str, Any]


class RawBooks:
    """The raw rows of one community, read without column types, so that a damaged value raises no error."""

    def __init__(self, uow: ReadUnit, processes: int = 1) -> None:
        self.uow = uow
        self.processes = processes
        """The number of processes that a check may use."""
        self.uid = uow.uid
        self._connection = uow.connection
        self._needs_conversion = uow.engine_name == "postgresql"
        """Whether the driver returns timestamps as objects; SQLite stores them as text."""
        self.damaged: dict[tuple[str, int | None], None] = {}
        """The rows with an invalid value so far, as (table, number), in reading order."""
        self.files = ExitStack()
        """Closes the temporary files and worker processes of a check."""
        self.journal: JournalDigest | None = None
        """The journal's digest; set by `check_links` if it found nothing."""
        self.totals: Totals | None = None
        """The totals of all entries; set by `check_links`."""

    def rows(self, table: str, order: str, where: str = "TRUE", *values: int) -> Iterator[RawRow]:
        """The community's rows of a table; timestamps as text, digests as bytes.

        A row with an invalid value is left out and listed in `damaged`.
        """
        columns = tuple(_allowed_types(table))
        sql = raw_sql.with_placeholders(self.uow.engine_name, _select_rows(table, order, where))
        for batch in raw_sql.stream_rows(self._connection, BATCH_SIZE, sql, (self.uow.community_id, *values)):
            rows = [tuple(map(hashed_form, row)) for row in batch] if self._needs_conversion else batch
            all_valid = are_valid(table, columns, rows)
            for row in rows:
                raw_row = dict(zip(columns, row, strict=True))
                if all_valid or are_valid(table, columns, [row]):
                    yield raw_row
                else:
                    number = next((raw_row[name] for name in _NUMBER_NAMES if type(raw_row.get(name)) is int), None)
                    self.damaged[table, number] = None

    def fetch_rows(self, sql: str, *values: int) -> list[Row]:
        """Rows from the driver; building SQLAlchemy's rows takes longer than all the checks."""
        return raw_sql.fetch_rows(self._connection, raw_sql.with_placeholders(self.uow.engine_name, sql), values)

    def require_totals(self) -> Totals:
        """The totals; LookupError if `check_links` did not finish."""
        if self.totals is None:
            raise LookupError
        return self.totals

    def batches(self, after: int | None = None, upto: int | None = None) -> Iterator[tuple[int, int]]:
        """Ranges (first, last) of some thousand numbers that cover all numbers in use; large gaps are skipped.

        Only numbers above `after` and up to `upto` if given.
        """
        first = self._lowest(after)
        while first is not None and (upto is None or first <= upto):
            last = first + BATCH_SIZE - 1 if upto is None else min(first + BATCH_SIZE - 1, upto)
            yield first, last
            first = self._lowest(last)

    def counts(self) -> tuple[int, int]:
        """The number of entries and of postings."""
        return self._count("journal_entry"), self._count("posting")

    def hash_at(self, seq: int) -> str | None:
        """The hash of a link, in hex."""
        for row in self.rows("seal", "seq", "seq = ?", seq):
            return bytes(row["hash"]).hex()
        return None

    @cached_property
    def acts(self) -> list[RawAct]:
        """All acts in order, with parsed facts."""
        return [
            RawAct(
                *(row["act_id"], row["kind"], row["period_id"], row["account_id"], row["entry_id"]),
                *(row["recorded_at"], _parse_facts(row["facts"])),
            )
            for row in self.rows("act", "act_id")
        ]

    @cached_property
    def leaves(self) -> dict[int, tuple[Any, ...]]:
        """By account number: chart line, unit, fund, owner."""
        columns = ("chart", "unit", "fund", "owner_id")
        return {row["account_id"]: tuple(row[name] for name in columns) for row in self.rows("account", "account_id")}

    def _lowest(self, after: int | None) -> int | None:
        """The lowest number in use above `after`."""
        community = self.uow.community_id
        if after is None:
            (lowest,) = self.fetch_rows(_SELECT_LOWEST, *[community] * len(_NUMBER_COLUMNS))
        else:
            (lowest,) = self.fetch_rows(_SELECT_LOWEST_AFTER, *[community, after] * len(_NUMBER_COLUMNS))
        return min((number for number in lowest if type(number) is int), default=None)

    def _count(self, table: str) -> int:
        ((count,),) = self.fetch_rows(f"SELECT count(*) FROM {table} WHERE community_id = ?", self.uow.community_id)  # noqa: S608
        return int(count)


@cache
def _select_rows(table: str, order: str, where: str) -> str:
    columns = ", ".join(_allowed_types(table))
    return f"SELECT {columns} FROM {table} WHERE community_id = ? AND {where} ORDER BY {order}"  # noqa: S608


def _select_lowest(condition: str) -> str:
    """SQL for the lowest number of each table."""
    subqueries = (
        f"(SELECT min({column}) FROM {table} WHERE {table}.community_id = ? AND {condition.format(column)})"  # noqa: S608
        for table, column in _NUMBER_COLUMNS
    )
    return f"SELECT {', '.join(subqueries)}"


_SELECT_LOWEST, _SELECT_LOWEST_AFTER = _select_lowest("TRUE"), _select_lowest("{} > ?")


def are_valid(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bool:
    """Whether all values, in the form of `hashed_form`, have a type that their column allows."""
    allowed = _allowed_types(table)
    return all(allowed[name].issuperset(map(type, values)) for name, *values in zip(columns, *rows, strict=True))


@cache
def _allowed_types(table: str) -> dict[str, frozenset[type]]:
    """The types that each column allows, in the form of `hashed_form`: int, bytes or str, perhaps None."""
    nothing = type(None)
    return {
        column.name: frozenset({_STORED_TYPES.get(_python(column), str)} | ({nothing} if column.nullable else set()))
        for column in metadata.tables[table].columns
    }


def _python(column: Column[Any]) -> type:
    return column.type.python_type


@contextmanager
def prepared(books: RawBooks) -> Iterator[None]:
    """Set the connection up for a check; close the check's files and workers at the end."""
    connection = books.uow.connection
    with gc_paused(), undecodable_text_as_bytes(connection), _small_cache(connection), books.files:
        yield


@contextmanager
def _small_cache(connection: Connection) -> Iterator[None]:
    """Reduce SQLite's cache: a check reads every page once, so caching does not help."""
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size={SMALL_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={usual}")


def undecodable_text_as_bytes(connection: Connection) -> AbstractContextManager[None]:
    """Return texts of SQLite that are not UTF-8 as bytes, so that a damaged value raises no error."""
    return text_factory(connection, _decode)


@contextmanager
def text_factory(connection: Connection, factory: Callable[[bytes], Any]) -> Iterator[None]:
    """Set the function that makes SQLite's texts; does nothing on PostgreSQL, whose texts are always valid."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    usual, driver.text_factory = driver.text_factory, factory
    try:
        yield
    finally:
        driver.text_factory = usual


def _decode(stored: bytes) -> str | bytes:
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def hashed_form(value: Any) -> Any:
    """A database value in the form that is hashed: timestamps and UUIDs as text. `batches` converts dates."""
    if isinstance(value, dt.datetime):
        utc = value.astimezone(dt.UTC)
        return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
    return str(value) if isinstance(value, uuid.UUID) else value


def _parse_facts(stored: Any) -> dict[str, Any]:
    try:
        facts = json.loads(stored)
    except (TypeError, ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}
