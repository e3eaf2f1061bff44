"""Units of work: one transaction each on a community, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select

from ledger.core.errors import ChainBroken, CommunityUnknown, UnknownEntry
from ledger.core.messages import N_, make_message
from ledger.database import book_status, error_translation, write_statements
from ledger.database.book_status import Standing
from ledger.models import act, chain_head, seal
from ledger.models.column_types import instant_text

_HEAD = select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.community_id == bindparam("community"))
_LAST = select(func.max(act.c.act_id)).where(
    act.c.community_id == bindparam("community"), act.c.act_id <= bindparam("at")
)
_LAST_ACT = select(seal.c.hash).where(
    seal.c.community_id == bindparam("community"), seal.c.seq == _LAST.scalar_subquery()
)

_NOBODY = N_("There is no community named “%(slug)s” here.")
_HEADLESS = N_("The books have lost the head of their chain. Check them: hourstead verify")


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
    status: Standing | None = field(default=None, kw_only=True)
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
            self.moment = book_status.now(self.connection)
        return self.moment

    @property
    def last_act(self) -> bytes:
        """The hash of the last act up to the head, empty for none. Registers and names change by acts only."""
        if self._last_act is None or self._last_act[0] != self.at:
            found = self.connection.scalar(_LAST_ACT, {"community": self.community_id, "at": self.at})
            self._last_act = (self.at, b"" if found is None else bytes(found))
        return self._last_act[1]


class ReadUnit(UnitOfWork):
    """One snapshot of the books; nothing can be written."""


@dataclass
class WriteUnit(UnitOfWork):
    """The right to write, held alone; kept when the block ends well, undone whole when it does not."""

    now: str

    def moved_to(self, head: Head) -> None:
        """Remember the newest link after a seal."""
        self.head = head


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """One read-only snapshot of rows that belong to no community, such as logins."""
    engine = engine.get_execution_options().get("readers", engine)  # of their own, so that nothing is switched
    with (
        error_translation.translated(),
        engine.connect().execution_options(reads=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """The right to write rows that belong to no community yet: logins, and a community being made."""
    queue = engine.get_execution_options().get("queue")
    if queue is None:
        with error_translation.translated(), engine.begin() as connection:
            yield connection
        return
    with queue.turn(), error_translation.translated(), engine.begin() as connection:
        yield connection


@contextmanager
def read_books(engine: Engine, slug: str, at: int | None = None) -> Iterator[ReadUnit]:
    """One snapshot of a community's books, as they stand or as they stood at an earlier number."""
    with read_transaction(engine) as connection:
        yield opened_for_reading(connection, slug, at)


def opened_for_reading(connection: Connection, slug: str, at: int | None = None) -> ReadUnit:
    """A unit of work on a connection that already holds a read transaction.

    Raises CommunityUnknown, UnknownEntry for a number that the books do not have, ChainBroken where the head is lost.
    """
    row = write_statements.read_books(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_NOBODY, slug=slug))
    community_id, uid, *position, moment, state, about, since = row
    head, last_act = _position(position)
    if at is not None and at != head.seq:
        found = write_statements.read_position(connection, community_id, at) if 0 < at < head.seq else None
        if found is None:
            raise UnknownEntry(make_message("The books have no number %(number)s.", number=at))
        head, last_act = _position(found)
    status = Standing() if state is None else Standing(state, about, instant_text(since))
    unit = ReadUnit(connection, community_id, str(uid), slug, head, moment=moment, status=status)
    unit._last_act = (head.seq, last_act)
    return unit


def _position(row: Sequence[Any]) -> tuple[Head, bytes]:
    seq, link, recorded_at, last_act = row
    if seq is None:
        raise ChainBroken(make_message(_HEADLESS))
    return Head(seq, bytes(link), instant_text(recorded_at)), bytes(last_act or b"")


@contextmanager
def read_for_verify(engine: Engine, slug: str) -> Iterator[ReadUnit]:
    """One snapshot of books that may be damaged, for `verify`: where no head can be read, it is at nought."""
    with read_transaction(engine) as connection:
        yield opened_for_checking(connection, slug)


def opened_for_checking(connection: Connection, slug: str) -> ReadUnit:
    """A unit of work on a connection that already holds a transaction, for `verify` of what may be damaged."""
    community_id, uid = _community(connection, slug)
    rows = connection.execute(_HEAD, {"community": community_id})
    found = [Head(*row) for row in rows if [type(value) for value in row] == [int, bytes]]
    return ReadUnit(connection, community_id, uid, slug, found[0] if found else Head(0, b""))


@contextmanager
def write_books(engine: Engine, slug: str) -> Iterator[WriteUnit]:
    """The right to write in a community's books; committed when the block ends, before any answer is built.

    Refused while the books are read-only. Where the chain turns out not to continue, they become so.
    """
    try:
        with write_transaction(engine) as connection:
            yield opened_for_writing(connection, slug)
    except ChainBroken:
        set_book_status(engine, slug, book_status.READ_ONLY, "chain")
        raise


def set_book_status(engine: Engine, slug: str, state: str, about: str = "") -> Standing:
    """Say from now on whether a community's books can be written here, whatever state they are in themselves."""
    with write_transaction(engine) as connection:
        return book_status.change(connection, _community(connection, slug)[0], state, about)


def opened_for_writing(connection: Connection, slug: str, *, even_stopped: bool = False) -> WriteUnit:
    """A unit of work on a connection that already holds a transaction, behind the community's head row.

    `even_stopped` is for what must be done in read-only books too: erasing again after a restore.
    """
    row = write_statements.open_books(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_NOBODY, slug=slug))
    community_id, uid, seq, head, now, state, about = row
    if seq is None:
        raise ChainBroken(make_message(_HEADLESS))
    if not even_stopped:
        book_status.refuse_stopped(state, about)
    return WriteUnit(connection, community_id, str(uid), slug, Head(seq, bytes(head)), now, moment=now)


def enter(connection: Connection, community_id: int) -> None:
    """Let a transaction see and write the rows of one community; PostgreSQL shows it those of no other."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config(write_statements.INSIDE, str(community_id), True)))


def _community(connection: Connection, slug: str) -> tuple[int, str]:
    row = write_statements.find_community(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_NOBODY, slug=slug))
    return row[0], str(row[1])
