"""Units of work: each is one transaction on the books of one community, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select

from ledger.core.errors import ChainBroken, CommunityUnknown, UnknownEntry
from ledger.core.messages import N_, make_message
from ledger.database import book_status, error_translation, write_statements
from ledger.database.book_status import BookStatus
from ledger.models import act, chain_head, seal
from ledger.models.column_types import instant_text

_SELECT_HEAD = select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.community_id == bindparam("community"))
_LAST_ACT_ID = select(func.max(act.c.act_id)).where(
    act.c.community_id == bindparam("community"), act.c.act_id <= bindparam("at")
)
_SELECT_LAST_ACT_HASH = select(seal.c.hash).where(
    seal.c.community_id == bindparam("community"), seal.c.seq == _LAST_ACT_ID.scalar_subquery()
)

_UNKNOWN_COMMUNITY = N_("There is no community named “%(slug)s” here.")
_HEAD_LOST = N_("The books have lost the head of their chain. Check them: hourstead verify")


@dataclass(frozen=True)
class Head:
    """The last link of a community's chain: its number, its hash, and when it was recorded (None before the first)."""

    seq: int
    hash: bytes
    recorded_at: str | None = None


@dataclass
class UnitOfWork:
    """One transaction on one community's books."""

    connection: Connection
    community_id: int
    uid: str
    slug: str
    head: Head
    moment: str | None = field(default=None, kw_only=True)
    status: BookStatus | None = field(default=None, kw_only=True)
    is_latest: bool = field(default=True, kw_only=True)
    """Whether the head is the end of the chain, not an earlier link."""
    _last_act: tuple[int, bytes] | None = field(default=None, kw_only=True, repr=False)

    @property
    def engine_name(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    @property
    def at(self) -> int:
        """The number of the last link that this unit of work sees."""
        return self.head.seq

    def clock(self) -> str:
        """The database's clock when the books were opened: UTC, to the millisecond."""
        if self.moment is None:
            self.moment = book_status.database_time(self.connection)
        return self.moment

    @property
    def last_act(self) -> bytes:
        """The hash of the last act up to the head; empty for none.

        Registers and names change only by acts, so this hash is the cache key for what is read from them.
        """
        if self._last_act is None or self._last_act[0] != self.at:
            act_hash = self.connection.scalar(_SELECT_LAST_ACT_HASH, {"community": self.community_id, "at": self.at})
            self._last_act = (self.at, b"" if act_hash is None else bytes(act_hash))
        return self._last_act[1]


class ReadUnit(UnitOfWork):
    """A read-only snapshot of the books."""


@dataclass
class WriteUnit(UnitOfWork):
    """A write transaction; one at a time for each community. Committed if the block succeeds, else rolled back."""

    now: str

    def set_head(self, head: Head) -> None:
        """Set the head to a link that was just sealed."""
        self.head = head


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """A read-only snapshot of rows that belong to no community, such as logins."""
    engine = engine.get_execution_options().get("readers", engine)  # SQLite: own connections, always query_only
    with (
        error_translation.errors_translated(),
        engine.connect().execution_options(reads=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """A write transaction for rows outside any community: logins, or a community that is being created."""
    lock = engine.get_execution_options().get("write_lock")
    if lock is None:
        with error_translation.errors_translated(), engine.begin() as connection:
            yield connection
        return
    with lock.acquired(), error_translation.errors_translated(), engine.begin() as connection:
        yield connection


@contextmanager
def read_books(engine: Engine, slug: str, at: int | None = None) -> Iterator[ReadUnit]:
    """A snapshot of a community's books: as they are now, or as they were at link number `at` of the chain."""
    with read_transaction(engine) as connection:
        yield open_for_reading(connection, slug, at)


def open_for_reading(connection: Connection, slug: str, at: int | None = None) -> ReadUnit:
    """A read unit on a connection that is already in a read transaction.

    Raises CommunityUnknown, UnknownEntry if `at` is not in the books, ChainBroken if the head is missing.
    """
    row = write_statements.fetch_books(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_UNKNOWN_COMMUNITY, slug=slug))
    community_id, uid, *position, moment, state, about, since = row
    head, last_act = _position(position)
    is_latest = at is None or at == head.seq
    if at is not None and at != head.seq:
        earlier = write_statements.fetch_position(connection, community_id, at) if 0 < at < head.seq else None
        if earlier is None:
            raise UnknownEntry(make_message("The books have no number %(number)s.", number=at))
        head, last_act = _position(earlier)
    status = BookStatus() if state is None else BookStatus(state, about, instant_text(since))
    unit = ReadUnit(connection, community_id, str(uid), slug, head, moment=moment, status=status, is_latest=is_latest)
    unit._last_act = (head.seq, last_act)
    return unit


def _position(row: Sequence[Any]) -> tuple[Head, bytes]:
    seq, link, recorded_at, last_act = row
    if seq is None:
        raise ChainBroken(make_message(_HEAD_LOST))
    return Head(seq, bytes(link), instant_text(recorded_at)), bytes(last_act or b"")


@contextmanager
def read_for_verify(engine: Engine, slug: str) -> Iterator[ReadUnit]:
    """A snapshot of books that may be damaged, for `verify`. The head is 0 if it cannot be read."""
    with read_transaction(engine) as connection:
        yield open_for_verify(connection, slug)


def open_for_verify(connection: Connection, slug: str) -> ReadUnit:
    """A read unit on a connection that is already in a transaction, for books that may be damaged."""
    community_id, uid = _community(connection, slug)
    rows = connection.execute(_SELECT_HEAD, {"community": community_id})
    heads = [Head(*row) for row in rows if [type(value) for value in row] == [int, bytes]]  # damaged: any type
    return ReadUnit(connection, community_id, uid, slug, heads[0] if heads else Head(0, b""))


@contextmanager
def write_books(engine: Engine, slug: str) -> Iterator[WriteUnit]:
    """A write transaction on a community's books, committed when the block ends.

    Refused while the books are read-only. If the chain turns out to be broken, the books become read-only.
    """
    try:
        with write_transaction(engine) as connection:
            yield open_for_writing(connection, slug)
    except ChainBroken:
        set_book_status(engine, slug, book_status.READ_ONLY, "chain")
        raise


def set_book_status(engine: Engine, slug: str, state: str, about: str = "") -> BookStatus:
    """Set whether a community's books can be written in this database. Works on damaged books too."""
    with write_transaction(engine) as connection:
        return book_status.change_status(connection, _community(connection, slug)[0], state, about)


def open_for_writing(connection: Connection, slug: str, *, allow_read_only: bool = False) -> WriteUnit:
    """A write unit on a connection that is already in a transaction; locks the community's head row.

    `allow_read_only` also opens read-only books: erasures must be repeated after a restore.
    """
    row = write_statements.lock_books(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_UNKNOWN_COMMUNITY, slug=slug))
    community_id, uid, seq, head, now, state, about = row
    if seq is None:
        raise ChainBroken(make_message(_HEAD_LOST))
    if not allow_read_only:
        book_status.require_writable(state, about)
    return WriteUnit(connection, community_id, str(uid), slug, Head(seq, bytes(head)), now, moment=now)


def set_community(connection: Connection, community_id: int) -> None:
    """Limit the transaction to the rows of one community (PostgreSQL's row-level security)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config(write_statements.COMMUNITY_SETTING, str(community_id), True)))


def _community(connection: Connection, slug: str) -> tuple[int, str]:
    row = write_statements.find_community(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_UNKNOWN_COMMUNITY, slug=slug))
    return row[0], str(row[1])
