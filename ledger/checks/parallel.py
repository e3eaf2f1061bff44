"""The chain followed from the first number to the head; in long books by two processes, each through its own part."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sqlalchemy import Connection

from ledger.checks.batches import Reader
from ledger.checks.chain import Begin, Links
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import SEAL
from ledger.checks.worker_process import Helper, Order

AT_ONCE = min(2, os.cpu_count() or 1)
"""How many processes a check may take where nobody waits for a page; each needs some 80 MB."""
LEAST = 50_000
"""From this number on another process is worth its start."""
FIRST = 0.8
"""What the first process takes of a helper's numbers: it does all the other checks besides."""


def check_links(books: RawBooks) -> Iterator[Finding]:
    """Every number from 1 to the head stands once, is sealed over exactly its rows, and joins the link before it.

    What the lines add up to is kept in `books.tally`; while nothing is found, the journal's digest grows.
    """
    links = Links(books)
    for helper in _helpers(books):
        yield from links.follow(helper.after)
        part = helper.part()
        if part is not None:
            yield from links.take(part, helper.records())
    yield from links.follow(None)
    yield from links.end()


def _helpers(books: RawBooks) -> list[Helper]:
    helpers = []
    for order in orders(books):
        helpers.append(Helper(order))
        books.files.callback(helpers[-1].close)
    return helpers


def orders(books: RawBooks) -> list[Order]:
    """What other processes are to follow: nothing where the books are short, or others cannot see them."""
    reading, (seq, others) = books.reading, (books.reading.head.seq, books.processes - 1)
    if others < 1 or seq < LEAST or not _is_seen_by_others(reading.connection):
        return []
    shares = [int(seq * (FIRST + number) / (FIRST + others)) for number in range(others)]
    begins = [begin for share in shares if (begin := _begin(books, share)) is not None]
    ends = [*(begin.after for begin in begins[1:]), seq]
    snapshot = _exported(reading.connection) if begins else None
    url, slug, head = reading.connection.engine.url, reading.slug, reading.head
    return [Order(url, slug, snapshot, head, begin, upto) for begin, upto in zip(begins, ends, strict=False)]


def _is_seen_by_others(connection: Connection) -> bool:
    """Whether another connection can read the same: a snapshot of what is kept, and nothing of a transaction's own."""
    on_disk = connection.dialect.name == "postgresql" or connection.engine.url.database not in (None, "", ":memory:")
    return on_disk and bool(connection.get_execution_options().get("reads", False))


def _begin(books: RawBooks, after: int) -> Begin | None:
    """Where the chain stands behind a number; None where its seal is not there to say so."""
    for row in Reader(books).rows("seal", SEAL, after, after):
        return Begin(after, after + 1, row[SEAL.index("hash")])
    return None


def _exported(connection: Connection) -> str | None:
    """What another connection needs to see the same snapshot; SQLite has no name for one."""
    if connection.dialect.name != "postgresql":
        return None
    return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
