"""Helping with a check: another process that follows the chain through its own numbers, on its own connection."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Answers
from typing import Any

from sqlalchemy import URL

from ledger.checks.chain import Begin, Links, Part
from ledger.checks.raw_reader import UNRECKONABLE, RawBooks, reckoning
from ledger.core.errors import CheckCutShort
from ledger.core.messages import N_, make_message
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import Head, ReadUnit, open_for_verify, read_transaction
from ledger.exchange.exports.digest import Records

_CUT_SHORT = N_("The check did not come to its end: a process that helped with it stopped. Please run it again.")


@dataclass(frozen=True)
class Order:
    """What is to be followed, and in which state of the books."""

    url: URL
    slug: str
    snapshot: str | None
    head: Head
    begin: Begin
    upto: int


class Helper:
    """Another process, as the one that asked for help sees it."""

    def __init__(self, order: Order) -> None:
        spawning = multiprocessing.get_context("spawn")  # a copy of this process would share its locks and connections
        self.after = order.begin.after
        self._answers, answers = spawning.Pipe(duplex=False)
        self._process = spawning.Process(target=follow, args=(order, answers), daemon=True)
        self._process.start()
        answers.close()

    def close(self) -> None:
        """End the process, whether it is done or not."""
        self._process.terminate()
        self._process.join()
        self._answers.close()

    def part(self) -> Part | None:
        """What it found; None where it could not follow its numbers in these books. CheckCutShort where it died."""
        part: Part | None = self._received(self._answers.recv)
        return part

    def records(self) -> Iterator[Records]:
        """The lines of its journal, in the order of their keys."""
        while data := self._received(self._answers.recv_bytes):
            yield data.splitlines(keepends=True)

    def _received(self, receive: Callable[[], Any]) -> Any:
        try:
            return receive()
        except (EOFError, OSError) as error:
            raise CheckCutShort(make_message(_CUT_SHORT)) from error


def follow(order: Order, answers: Answers) -> None:
    """Do what was ordered: tell what was found, then the lines of the journal, if nothing was.

    Where that cannot be done, whoever asked does it: their books tell best what is wrong.
    """
    with _opened(order) as reading, reckoning(books := RawBooks(reading)):
        part, journal = _followed(books, order)
        answers.send(part)
        if part is not None:
            for records in journal:
                answers.send_bytes(b"".join(records))
            answers.send_bytes(b"")


def _followed(books: RawBooks, order: Order) -> tuple[Part | None, Iterable[Records]]:
    if not _is_as_ordered(books.reading, order):
        return None, ()
    try:
        links = Links(books, order.begin)
        return links.part(order.upto), links.records()
    except UNRECKONABLE:
        return None, ()


def _is_as_ordered(reading: ReadUnit, order: Order) -> bool:
    """Whether nothing was written meanwhile: words that were erased would look like damaged ones."""
    return (reading.head.seq, reading.head.hash) == (order.head.seq, order.head.hash)


@contextmanager
def _opened(order: Order) -> Iterator[ReadUnit]:
    engine = make_engine(order.url)
    try:
        with read_transaction(engine) as connection:
            if order.snapshot is not None:
                connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{order.snapshot}'")
            yield open_for_verify(connection, order.slug)
    finally:
        engine.dispose()
