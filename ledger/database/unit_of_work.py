"""Units of work: the only place where a transaction begins and ends, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, select, union_all
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from ledger.core.errors import BooksBusy, ChainBroken, CommunityUnknown, DatabaseUnfit, UnknownEntry
from ledger.core.messages import N_, make_message
from ledger.database import book_status, error_translation, file_permissions, raw_sql, write_statements
from ledger.database.book_status import Standing
from ledger.models import act, chain_head, journal_entry, seal, sqlite_authorizer

PATIENCE_SECONDS = 10
CONNECTIONS = 30
"""How many units of work one process may have open at once; whoever comes later waits, as long as for a turn."""
_POOL: Mapping[str, Any] = {
    "poolclass": QueuePool,
    "pool_size": 10,
    "max_overflow": CONNECTIONS - 10,
    "pool_timeout": PATIENCE_SECONDS,
}
_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "cache_size=-65536",
    "journal_size_limit=67108864",  # a long report lets the log grow; this is what stays of it afterwards
    f"busy_timeout={PATIENCE_SECONDS * 1000}",
)

_HEAD = select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.community_id == bindparam("community"))
_RECORDED = union_all(
    *(
        select(table.c.recorded_at).where(table.c.community_id == bindparam("community"), number == bindparam("seq"))
        for table, number in ((journal_entry, journal_entry.c.entry_id), (act, act.c.act_id))
    )
)
"""When a number was written down, that of an entry or of an act; put together once, for every page asks."""

_NOBODY = N_("There is no community named “%(slug)s” here.")
_HEADLESS = N_("The books have lost the head of their chain. Check them: hourstead verify")


class FairQueue:
    """Lets writers of one process through one at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def turn(self, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Wait for one's turn; BooksBusy when it does not come in time."""
        ticket = threading.Lock()
        ticket.acquire()
        with self._mutex:
            self._waiting.append(ticket)
            ours = self._waiting[0] is ticket
        if not ours and not ticket.acquire(timeout=patience_seconds):
            self._leave(ticket)
        try:
            yield
        finally:
            with self._mutex:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].release()

    def _leave(self, ticket: threading.Lock) -> None:
        with self._mutex:
            if self._waiting[0] is ticket:
                return
            self._waiting.remove(ticket)
        raise BooksBusy(make_message("The books are busy. Nothing was written; please try again."))


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

    @property
    def engine_name(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    @property
    def at(self) -> int:
        """The number of the last link that this unit of work sees."""
        return self.head.seq

    def clock(self) -> str:
        """The database's clock: UTC, to the millisecond."""
        return book_status.now(self.connection)


class ReadUnit(UnitOfWork):
    """One snapshot of the books; nothing can be written."""


@dataclass
class WriteUnit(UnitOfWork):
    """The right to write, held alone; kept when the block ends well, undone whole when it does not."""

    now: str

    def moved_to(self, head: Head) -> None:
        """Remember the newest link after a seal."""
        self.head = head


def make_engine(url: str | URL) -> Engine:
    """The books' database, with its own checks switched on for every connection."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), connect_args={"options": "-c timezone=UTC"}, **_POOL
        )
        # Many rows go in by one statement, so that its guards look once and leave one version of each balance.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if address.get_backend_name() != "sqlite":
        kind = address.get_backend_name()
        raise DatabaseUnfit(make_message("The books are kept in SQLite or PostgreSQL, not in “%(kind)s”.", kind=kind))
    readers = _on_sqlite(address, {})
    engine = _on_sqlite(address, {"queue": FairQueue(), "readers": readers})
    event.listen(engine, "engine_disposed", lambda _: readers.dispose())
    return engine


def _on_sqlite(address: URL, options: Mapping[str, Any]) -> Engine:
    engine = create_engine(address, connect_args={"check_same_thread": False}, execution_options=options, **_POOL)
    event.listen(engine, "do_connect", file_permissions.make)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin on its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        raise DatabaseUnfit(make_message("This SQLite cannot check foreign keys. Use another build of SQLite."))
    sqlite_authorizer.bolt(connection)


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    if connection.info.get("reads", False) != reads:  # SQLite prepares every statement anew after a switch
        raw_sql.tell(connection, f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info["reads"] = reads
    raw_sql.tell(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("reads", False):
        raw_sql.tell(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


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
        community_id, uid = _community(connection, slug)
        yield ReadUnit(connection, community_id, uid, slug, _head(connection, community_id, at))


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
    return WriteUnit(connection, community_id, str(uid), slug, Head(seq, bytes(head)), now)


def enter(connection: Connection, community_id: int) -> None:
    """Let a transaction see and write the rows of one community; PostgreSQL shows it those of no other."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config(write_statements.INSIDE, str(community_id), True)))


def _community(connection: Connection, slug: str) -> tuple[int, str]:
    row = write_statements.find_community(connection, slug)
    if row is None:
        raise CommunityUnknown(make_message(_NOBODY, slug=slug))
    return row[0], str(row[1])


def _head(connection: Connection, community_id: int, at: int | None) -> Head:
    row = connection.execute(_HEAD, {"community": community_id}).one_or_none()
    if row is None:
        raise ChainBroken(make_message(_HEADLESS))
    seq, head = row
    if at is not None and at != seq:
        if not 0 < at < seq:
            raise UnknownEntry(make_message("The books have no number %(number)s.", number=at))
        query = select(seal.c.hash).where(seal.c.community_id == community_id, seal.c.seq == at)
        seq, head = at, connection.execute(query).scalar_one()
    return Head(seq, bytes(head), _recorded_at(connection, community_id, seq))


def _recorded_at(connection: Connection, community_id: int, seq: int) -> str | None:
    found = connection.execute(_RECORDED, {"community": community_id, "seq": seq}).scalars().first()
    return None if found is None else str(found)
