"""Rows as lines of JSON: every table of a database, in an order in which it can be filled again, on either engine.

The first line names the table and its columns. Values stand as SQLite keeps them, bytes as hex.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, LargeBinary, Text, inspect, text

from ledger.database.unit_of_work import set_community

BATCH_SIZE = 1000
_ASIDE = {"alembic_version"}


@dataclass(frozen=True)
class TableColumns:
    """A table as a backup knows it: its columns, which of them hold bytes, and the order of its rows."""

    table: str
    columns: tuple[str, ...]
    binary: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    is_of_communities: bool = False
    has_switches: bool = False

    def header(self) -> bytes:
        """The first line of the table's part."""
        return _line({"table": self.table, "columns": self.columns, "bytes": sorted(self.binary)})

    @classmethod
    def of_header(cls, line: bytes) -> TableColumns:
        """The table that a part's first line names."""
        said = json.loads(line)
        return cls(said["table"], tuple(said["columns"]), frozenset(said["bytes"]))


def list_tables(connection: Connection) -> list[TableColumns]:
    """Every table of the database, those that others point to first."""
    known = inspect(connection)
    names = [name for name, _ in known.get_sorted_table_and_fkc_names() if name and name not in _ASIDE]
    return [_shape(connection, known, name) for name in names]


def _shape(connection: Connection, known: Any, name: str) -> TableColumns:
    columns = {column["name"]: column for column in known.get_columns(name)}
    binary = {key for key, column in columns.items() if isinstance(column["type"], LargeBinary)}
    collate = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    keys = known.get_pk_constraint(name)["constrained_columns"]
    order = [f'"{key}"{collate if isinstance(columns[key]["type"], Text) else ""}' for key in keys]
    whose = columns.get("community_id")
    return TableColumns(
        name,
        tuple(columns),
        frozenset(binary),
        tuple(order),
        is_of_communities=whose is not None and not whose["nullable"],
        has_switches=any(isinstance(column["type"], Boolean) for column in columns.values()),
    )


def table_lines(connection: Connection, shape: TableColumns, communities: Sequence[int]) -> Iterator[bytes]:
    """A table's header and its rows, in order; of communities one after another, as walls between them demand."""
    yield shape.header()
    if not shape.is_of_communities:
        yield from _rows(connection, shape, "TRUE")
        return
    for number in communities:
        set_community(connection, number)
        yield from _rows(connection, shape, "community_id = :community", community=number)


def _rows(connection: Connection, shape: TableColumns, where: str, **values: int) -> Iterator[bytes]:
    # table and column names come from the database's own catalogue, never from anyone's input
    sql = f"SELECT {_listed(shape)} FROM {shape.table} WHERE {where} ORDER BY {', '.join(shape.order)}"  # noqa: S608
    with connection.execute(text(sql), values, execution_options={"yield_per": BATCH_SIZE}) as found:
        for row in found:
            yield _line(list(map(_number, row)) if shape.has_switches else list(row))


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def encode_value(value: Any) -> str:
    """A value that JSON has no word for, as SQLite keeps it; bytes as hex."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dt.datetime):
        return _moment(value)
    return str(value) if isinstance(value, uuid.UUID) else str(value.isoformat())


def _moment(value: dt.datetime) -> str:
    if value.tzinfo is None:  # of logins: without a zone
        return value.isoformat(" ", "microseconds")
    utc = value.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"


def load_rows(connection: Connection, part: Iterable[bytes]) -> int:
    """Fill a table, whose guards are off, with the rows of its part; how many."""
    found = iter(part)
    shape = TableColumns.of_header(next(found))
    values = (_values(shape, line) for line in found)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(shape.columns))
        done = driver.executemany(f"INSERT INTO {shape.table} ({_listed(shape)}) VALUES ({marks})", values)  # noqa: S608
        return max(int(done.rowcount), 0)
    count = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY {shape.table} ({_listed(shape)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
            count += 1
    return count


def _values(shape: TableColumns, line: bytes) -> list[Any]:
    row = json.loads(line)
    if shape.binary:
        row = [
            bytes.fromhex(value) if value is not None and name in shape.binary else value
            for name, value in zip(shape.columns, row, strict=True)
        ]
    return list(row)


def _listed(shape: TableColumns) -> str:
    return ", ".join(f'"{name}"' for name in shape.columns)


def _line(value: Any) -> bytes:
    return _write(value).encode() + b"\n"


_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=encode_value).encode
