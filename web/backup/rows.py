"""Rows as lines of JSON: every table of a database, in an order that satisfies foreign keys, for either engine.

The first line of a table names it and its columns. Values are as SQLite stores them, bytes as hex.
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
_EXCLUDED_TABLES = {"alembic_version"}


@dataclass(frozen=True)
class TableColumns:
    """A table in a backup: its columns, which of them hold bytes, and the order of its rows."""

    name: str
    columns: tuple[str, ...]
    binary: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    is_of_communities: bool = False
    has_switches: bool = False

    def header(self) -> bytes:
        """The first line of a table's part."""
        return _to_json_line({"table": self.name, "columns": self.columns, "bytes": sorted(self.binary)})

    @classmethod
    def of_header(cls, line: bytes) -> TableColumns:
        """The table from the first line of its part."""
        header = json.loads(line)
        return cls(header["table"], tuple(header["columns"]), frozenset(header["bytes"]))


def list_tables(connection: Connection) -> list[TableColumns]:
    """Every table of the database, sorted so that a table comes after those it refers to."""
    inspector = inspect(connection)
    names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name and name not in _EXCLUDED_TABLES]
    return [_inspect_table(connection, inspector, name) for name in names]


def _inspect_table(connection: Connection, inspector: Any, table_name: str) -> TableColumns:
    columns = {column["name"]: column for column in inspector.get_columns(table_name)}
    binary = {key for key, column in columns.items() if isinstance(column["type"], LargeBinary)}
    collate = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    keys = inspector.get_pk_constraint(table_name)["constrained_columns"]
    order = [f'"{key}"{collate if isinstance(columns[key]["type"], Text) else ""}' for key in keys]
    community_column = columns.get("community_id")
    return TableColumns(
        table_name,
        tuple(columns),
        frozenset(binary),
        tuple(order),
        is_of_communities=community_column is not None and not community_column["nullable"],
        has_switches=any(isinstance(column["type"], Boolean) for column in columns.values()),
    )


def table_lines(connection: Connection, table: TableColumns, community_ids: Sequence[int]) -> Iterator[bytes]:
    """A table's header and rows, in order; by community, because row-level security shows one at a time."""
    yield table.header()
    if not table.is_of_communities:
        yield from _row_lines(connection, table, "TRUE")
        return
    for community_id in community_ids:
        set_community(connection, community_id)
        yield from _row_lines(connection, table, "community_id = :community", community=community_id)


def _row_lines(connection: Connection, table: TableColumns, where: str, **values: int) -> Iterator[bytes]:
    # table and column names come from the database's own catalogue, never from anyone's input
    sql = f"SELECT {_column_list(table)} FROM {table.name} WHERE {where} ORDER BY {', '.join(table.order)}"  # noqa: S608
    with connection.execute(text(sql), values, execution_options={"yield_per": BATCH_SIZE}) as rows:
        for row in rows:
            yield _to_json_line(list(map(_bool_to_int, row)) if table.has_switches else list(row))


def _bool_to_int(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def encode_value(value: Any) -> str:
    """A value that JSON lacks, as SQLite stores it; bytes as hex."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dt.datetime):
        return _encode_time(value)
    return str(value) if isinstance(value, uuid.UUID) else str(value.isoformat())


def _encode_time(value: dt.datetime) -> str:
    if value.tzinfo is None:  # times of logins have no zone
        return value.isoformat(" ", "microseconds")
    utc = value.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"


def load_rows(connection: Connection, part_lines: Iterable[bytes]) -> int:
    """Insert the rows of a part into its table; returns their number. Triggers must be disabled."""
    lines = iter(part_lines)
    table = TableColumns.of_header(next(lines))
    values = (_decode_row(table, line) for line in lines)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        result = driver.executemany(f"INSERT INTO {table.name} ({_column_list(table)}) VALUES ({marks})", values)  # noqa: S608
        return max(int(result.rowcount), 0)
    count = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({_column_list(table)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
            count += 1
    return count


def _decode_row(table: TableColumns, line: bytes) -> list[Any]:
    row = json.loads(line)
    if table.binary:
        row = [
            bytes.fromhex(value) if value is not None and name in table.binary else value
            for name, value in zip(table.columns, row, strict=True)
        ]
    return list(row)


def _column_list(table: TableColumns) -> str:
    return ", ".join(f'"{name}"' for name in table.columns)


def _to_json_line(value: Any) -> bytes:
    return _encode_json(value).encode() + b"\n"


_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=encode_value).encode
