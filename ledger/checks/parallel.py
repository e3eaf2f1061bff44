"""Follows the chain from the first number to the head; in long books with worker processes."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sqlalchemy import Connection

from ledger.checks.batches import BatchReader
from ledger.checks.chain import ChainFollower, StartPoint
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import SEAL_COLUMNS
from ledger.checks.worker_process import Task, Worker

MAX_PROCESSES = min(2, os.cpu_count() or 1)
"""The number of processes for a check outside of page requests; each needs some 80 MB."""
PARALLEL_FROM = 50_000
"""The number of links from which a worker is worth its start-up time."""
FIRST_SHARE = 0.8
"""The main process's share, relative to a worker's: it also runs all other checks."""


def check_links(books: RawBooks) -> Iterator[Finding]:
    """Every number from 1 to the head exists once, its seal matches its rows, and it links to the number before.

    Also sets `books.totals` and, if nothing was found, the journal's digest.
    """
    follower = ChainFollower(books)
    for worker in _start_workers(books):
        yield from follower.follow(worker.after)
        part = worker.result()
        if part is not None:
            yield from follower.merge(part, worker.records())
    yield from follower.follow(None)
    yield from follower.finish()


def _start_workers(books: RawBooks) -> list[Worker]:
    workers = []
    for task in make_tasks(books):
        workers.append(Worker(task))
        books.files.callback(workers[-1].close)
    return workers


def make_tasks(books: RawBooks) -> list[Task]:
    """The tasks for worker processes: none if the books are short or other connections cannot see them."""
    uow, seq, workers = books.uow, books.uow.head.seq, books.processes - 1
    if workers < 1 or seq < PARALLEL_FROM or not _is_seen_by_others(uow.connection):
        return []
    bounds = [int(seq * (FIRST_SHARE + number) / (FIRST_SHARE + workers)) for number in range(workers)]
    starts = [start for bound in bounds if (start := _start_after(books, bound)) is not None]
    ends = [*(start.after for start in starts[1:]), seq]
    snapshot = _exported_snapshot(uow.connection) if starts else None
    url, slug, head = uow.connection.engine.url, uow.slug, uow.head
    return [Task(url, slug, snapshot, head, start, upto) for start, upto in zip(starts, ends, strict=False)]


def _is_seen_by_others(connection: Connection) -> bool:
    """Whether another connection can read the same rows: stored on disk, in a read transaction."""
    on_disk = connection.dialect.name == "postgresql" or connection.engine.url.database not in (None, "", ":memory:")
    return on_disk and bool(connection.get_execution_options().get("reads", False))


def _start_after(books: RawBooks, after: int) -> StartPoint | None:
    """The start point after a number; None if its seal is missing."""
    for row in BatchReader(books).rows("seal", SEAL_COLUMNS, after, after):
        return StartPoint(after, after + 1, row[SEAL_COLUMNS.index("hash")])
    return None


def _exported_snapshot(connection: Connection) -> str | None:
    """The id of the snapshot for other connections; None on SQLite, which has no such ids."""
    if connection.dialect.name != "postgresql":
        return None
    return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
