"""Worker processes of a check: each follows the chain through its range, on its own connection."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from typing import Any

from sqlalchemy import URL

from ledger.checks.chain import ChainFollower, PartResult, StartPoint
from ledger.checks.raw_reader import DAMAGE_ERRORS, RawBooks, prepared
from ledger.core.errors import CheckCutShort
from ledger.core.messages import N_, make_message
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import Head, ReadUnit, open_for_verify, read_transaction
from ledger.exchange.exports.digest import Records

_CUT_SHORT = N_("The check did not come to its end: a process that helped with it stopped. Please run it again.")


@dataclass(frozen=True)
class Task:
    """The range to follow, and the head and snapshot of the books to follow it in."""

    url: URL
    slug: str
    snapshot: str | None
    head: Head
    start: StartPoint
    upto: int


class Worker:
    """A worker process, as seen from the main process."""

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")  # a forked process would share locks and connections
        self.after = task.start.after
        self._results, results = context.Pipe(duplex=False)
        self._process = context.Process(target=run_task, args=(task, results), daemon=True)
        self._process.start()
        results.close()

    def close(self) -> None:
        """Terminate the process."""
        self._process.terminate()
        self._process.join()
        self._results.close()

    def result(self) -> PartResult | None:
        """The result; None if the worker could not check its range. Raises CheckCutShort if it died."""
        part: PartResult | None = self._receive(self._results.recv)
        return part

    def records(self) -> Iterator[Records]:
        """The journal's lines of the range, ordered by key."""
        while data := self._receive(self._results.recv_bytes):
            yield data.splitlines(keepends=True)

    def _receive(self, receive: Callable[[], Any]) -> Any:
        try:
            return receive()
        except (EOFError, OSError) as error:
            raise CheckCutShort(make_message(_CUT_SHORT)) from error


def run_task(task: Task, results: Pipe) -> None:
    """Check the range; send the result, then the journal's lines if nothing was found.

    Sends None if the check is not possible; the main process then checks the range itself.
    """
    with _open(task) as uow, prepared(books := RawBooks(uow)):
        part, journal = _follow(books, task)
        results.send(part)
        if part is not None:
            for records in journal:
                results.send_bytes(b"".join(records))
            results.send_bytes(b"")


def _follow(books: RawBooks, task: Task) -> tuple[PartResult | None, Iterable[Records]]:
    if not _is_unchanged(books.uow, task):
        return None, ()
    try:
        follower = ChainFollower(books, task.start)
        return follower.follow_part(task.upto), follower.records()
    except DAMAGE_ERRORS:
        return None, ()


def _is_unchanged(uow: ReadUnit, task: Task) -> bool:
    """Whether the books have not changed meanwhile: newly erased texts would look damaged."""
    return (uow.head.seq, uow.head.hash) == (task.head.seq, task.head.hash)


@contextmanager
def _open(task: Task) -> Iterator[ReadUnit]:
    engine = make_engine(task.url)
    try:
        with read_transaction(engine) as connection:
            if task.snapshot is not None:
                connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{task.snapshot}'")
            yield open_for_verify(connection, task.slug)
    finally:
        engine.dispose()
