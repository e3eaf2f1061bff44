"""Reads the books in batches: all rows of some thousand numbers, as plain tuples from the driver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.exc import SQLAlchemyError

from ledger.checks.raw_reader import RawBooks, RawRow, are_valid, text_factory
from ledger.checks.row_layout import ENTRY_COLUMNS, LINE_COLUMNS, SEAL_COLUMNS, TEXT_COLUMNS, Row
from ledger.models.column_types import Day, Instant, metadata

_ORDER_BY = {"posting": "entry_id, line", "entry_text": "entry_id, part"}


@dataclass(frozen=True)
class Batch:
    """The rows of a range of numbers: seals, entries and acts by number, texts and lines ordered by key."""

    seals: dict[int, Row]
    entries: dict[int, Row]
    texts: list[Row]
    lines: list[Row]
    acts: dict[int, RawRow]

    @cached_property
    def texts_by_entry(self) -> Mapping[int, Sequence[Row]]:
        """The texts of each entry."""
        return _by_number(self.texts)

    @cached_property
    def lines_by_entry(self) -> Mapping[int, Sequence[Row]]:
        """The lines of each entry."""
        return _by_number(self.lines)

    @cached_property
    def numbers(self) -> list[int]:
        """Every number of a seal, an entry or an act, sorted."""
        return sorted({*self.seals, *self.entries, *self.acts})

    @property
    def orphans(self) -> list[int]:
        """The numbers of lines or texts without an entry."""
        return sorted({*self.lines_by_entry, *self.texts_by_entry} - self.entries.keys())


class BatchReader:
    """Reads a community's books in batches; damaged rows are left out and listed in `books.damaged`."""

    def __init__(self, books: RawBooks) -> None:
        self._books = books
        self._connection = books.uow.connection
        self._statements: dict[str, str] = {}
        self._is_postgresql = books.uow.engine_name == "postgresql"

    def batches(self, after: int | None = None, upto: int | None = None) -> Iterator[Batch]:
        """All rows in batches of some thousand numbers, only those above `after` and up to `upto` if given."""
        for first, last in self._books.batches(after, upto):
            yield Batch(
                seals={row[0]: row for row in self.rows("seal", SEAL_COLUMNS, first, last)},
                entries={row[0]: row for row in self.rows("journal_entry", ENTRY_COLUMNS, first, last)},
                texts=self.rows("entry_text", TEXT_COLUMNS, first, last),
                lines=self.rows("posting", LINE_COLUMNS, first, last),
                acts={row["act_id"]: row for row in self._acts(first, last)},
            )

    def rows(self, table: str, columns: Sequence[str], first: int, last: int) -> list[Row]:
        """A table's rows with numbers from `first` to `last`, ordered by key; dates and timestamps as text."""
        rows = self._fetch(table, columns, first, last)
        if are_valid(table, columns, rows):
            return rows
        return [row for row in rows if self._is_valid(table, columns, row)]

    def _is_valid(self, table: str, columns: Sequence[str], row: Row) -> bool:
        if are_valid(table, columns, [row]):
            return True
        self._books.damaged[table, row[0] if type(row[0]) is int else None] = None
        return False

    def _fetch(self, table: str, columns: Sequence[str], first: int, last: int) -> list[Row]:
        if table not in self._statements:
            # table and column names are constants of this package, never user input
            selected = [_as_text(table, name) if self._is_postgresql else name for name in columns]
            self._statements[table] = (
                f"SELECT {', '.join(selected)} FROM {table} WHERE community_id = ? "  # noqa: S608
                f"AND {columns[0]} BETWEEN ? AND ? ORDER BY {_ORDER_BY.get(table, columns[0])}"
            )
        values = self._books.uow.community_id, first, last
        try:
            with text_factory(self._connection, str):
                return self._books.fetch_rows(self._statements[table], *values)
        except SQLAlchemyError:  # perhaps a text that is not UTF-8: read again with the slower tolerant text factory
            return self._books.fetch_rows(self._statements[table], *values)

    def _acts(self, first: int, last: int) -> Iterator[RawRow]:
        return self._books.rows("act", "act_id", "act_id BETWEEN ? AND ?", first, last)


def _as_text(table: str, name: str) -> str:
    """The SQL of a column in the form that is hashed; PostgreSQL formats dates in half the time of Python."""
    column_type = metadata.tables[table].c[name].type
    if isinstance(column_type, Instant):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    return f"to_char({name}, 'YYYY-MM-DD')" if isinstance(column_type, Day) else name


def _by_number(rows: Collection[Row]) -> Mapping[int, Sequence[Row]]:
    by_number: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_number[row[0]].append(row)
    return dict(by_number)
