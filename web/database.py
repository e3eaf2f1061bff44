"""The database of the running application, and the read transaction of a request.

A GET request reads everything, from the visitor's rights to the last figure, in one snapshot. A POST request opens a
transaction for each step, because it must read what it has just written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, current_app, g, request
from sqlalchemy import Connection, Engine

from ledger.database import error_translation
from ledger.database.unit_of_work import ReadUnit, open_for_reading, read_transaction

READ_METHODS = frozenset({"GET", "HEAD"})


def install(app: Flask) -> None:
    """Close the read transaction of each request when the request ends."""
    app.teardown_request(_close_transaction)


def get_engine() -> Engine:
    """The database of this application."""
    engine: Engine = current_app.extensions["engine"]
    return engine


@contextmanager
def open_connection() -> Iterator[Connection]:
    """A read transaction for rows of no community, such as logins; on a GET the transaction of the request."""
    if request.method not in READ_METHODS:
        with read_transaction(get_engine()) as connection:
            yield connection
        return
    with error_translation.errors_translated():
        yield _request_connection()


@contextmanager
def open_books(slug: str, at: int | None = None) -> Iterator[ReadUnit]:
    """A community's books for reading, now or as of number `at`; on a GET in the request's snapshot.

    Raises CommunityUnknown, and UnknownEntry if the books have no entry with that number.
    """
    with open_connection() as connection:
        if request.method not in READ_METHODS:
            yield open_for_reading(connection, slug, at)
            return
        units: dict[tuple[str, int | None], ReadUnit] = g.setdefault("units", {})
        if (slug, at) not in units:
            units[slug, at] = open_for_reading(connection, slug, at)
        yield units[slug, at]


def _request_connection() -> Connection:
    if "reads" not in g:
        stack = ExitStack()
        g.reads = (stack, stack.enter_context(read_transaction(get_engine())))
    connection: Connection = g.reads[1]
    return connection


def _close_transaction(_: BaseException | None) -> None:
    g.pop("units", None)
    stack, _connection = g.pop("reads", (None, None))
    if stack is not None:
        stack.close()
