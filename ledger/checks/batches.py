"""A stretch of the books in memory: every row under some thousand numbers, as bare tuples straight from the driver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.exc import SQLAlchemyError

from ledger.checks.raw_reader import Raw, RawBooks, are_whole, decoding
from ledger.checks.row_layout import ENTRY, LINE, SEAL, WORDS, Row
from ledger.models.column_types import Day, Instant, metadata

_ORDER = {"posting": "entry_id, line", "entry_text": "entry_id, part"}


@dataclass(frozen=True)
class Stretch:
    """The rows under some numbers: seals, entries and acts by number, words and lines in the order of their keys."""

    seals: dict[int, Row]
    entries: dict[int, Row]
    said: list[Row]
    postings: list[Row]
    acts: dict[int, Raw]

    @cached_property
    def words(self) -> Mapping[int, Sequence[Row]]:
        """The words of each entry."""
        return _by_number(self.said)

    @cached_property
    def lines(self) -> Mapping[int, Sequence[Row]]:
        """The lines of each entry."""
        return _by_number(self.postings)

    @cached_property
    def numbers(self) -> list[int]:
        """Every number that a seal, an entry or an act stands under."""
        return sorted({*self.seals, *self.entries, *self.acts})

    @property
    def strays(self) -> list[int]:
        """Numbers under which lines or words stand, but no entry."""
        return sorted({*self.lines, *self.words} - self.entries.keys())


class Reader:
    """Reads a community's books by stretches; rows with damaged values go to `books.damaged`."""

    def __init__(self, books: RawBooks) -> None:
        self._books = books
        self._connection = books.reading.connection
        self._sentences: dict[str, str] = {}
        self._is_postgresql = books.reading.engine_name == "postgresql"

    def stretches(self, after: int | None = None, upto: int | None = None) -> Iterator[Stretch]:
        """Everything that has a number, some thousand numbers at a time; perhaps only behind one, or up to one."""
        for first, last in self._books.stretches(after, upto):
            yield Stretch(
                seals={row[0]: row for row in self.rows("seal", SEAL, first, last)},
                entries={row[0]: row for row in self.rows("journal_entry", ENTRY, first, last)},
                said=self.rows("entry_text", WORDS, first, last),
                postings=self.rows("posting", LINE, first, last),
                acts={row["act_id"]: row for row in self._acts(first, last)},
            )

    def rows(self, table: str, columns: Sequence[str], first: int, last: int) -> list[Row]:
        """A table's rows under some numbers, in the order of their keys; days and instants as text."""
        found = self._fetched(table, columns, first, last)
        if are_whole(table, columns, found):
            return found
        return [row for row in found if self._is_whole(table, columns, row)]

    def _is_whole(self, table: str, columns: Sequence[str], row: Row) -> bool:
        if are_whole(table, columns, [row]):
            return True
        self._books.damaged[table, row[0] if type(row[0]) is int else None] = None
        return False

    def _fetched(self, table: str, columns: Sequence[str], first: int, last: int) -> list[Row]:
        if table not in self._sentences:
            # names of tables and columns are this package's own constants, never anyone's input
            asked = [_as_text(table, name) if self._is_postgresql else name for name in columns]
            self._sentences[table] = (
                f"SELECT {', '.join(asked)} FROM {table} WHERE community_id = ? "  # noqa: S608
                f"AND {columns[0]} BETWEEN ? AND ? ORDER BY {_ORDER.get(table, columns[0])}"
            )
        asked_of = self._books.reading.community_id, first, last
        try:
            with decoding(self._connection, str):
                return self._books.ask(self._sentences[table], *asked_of)
        except SQLAlchemyError:  # a text that is none, perhaps: read again, more slowly
            return self._books.ask(self._sentences[table], *asked_of)

    def _acts(self, first: int, last: int) -> Iterator[Raw]:
        return self._books.rows("act", "act_id", "act_id BETWEEN ? AND ?", first, last)


def _as_text(table: str, name: str) -> str:
    """A column of PostgreSQL's as it is hashed: written there, in half the time that it takes here."""
    kind = metadata.tables[table].c[name].type
    if isinstance(kind, Instant):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    return f"to_char({name}, 'YYYY-MM-DD')" if isinstance(kind, Day) else name


def _by_number(rows: Collection[Row]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return dict(found)
