"""The database of the running application, and the one read transaction in which a page is made.

A page that only reads (GET) shares one snapshot from the visitor's rights to the last figure. A form (POST) opens its
own for each step, for it must read what it has just written.
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
    """End the read transaction of each request with the request."""
    app.teardown_request(_close)


def get_engine() -> Engine:
    """The database of this application."""
    engine: Engine = current_app.extensions["engine"]
    return engine


@contextmanager
def open_connection() -> Iterator[Connection]:
    """A read transaction for rows that belong to no community, such as logins; on a GET the one of the request."""
    if request.method not in READ_METHODS:
        with read_transaction(get_engine()) as connection:
            yield connection
        return
    with error_translation.errors_translated():
        yield _connection_of_request()


@contextmanager
def open_books(slug: str, at: int | None = None) -> Iterator[ReadUnit]:
    """A community's books to read from, now or as they were at an earlier number; on a GET in the request's snapshot.

    Raises CommunityUnknown, UnknownEntry for a number that the books do not have.
    """
    with open_connection() as connection:
        if request.method not in READ_METHODS:
            yield open_for_reading(connection, slug, at)
            return
        units: dict[tuple[str, int | None], ReadUnit] = g.setdefault("units", {})
        if (slug, at) not in units:
            units[slug, at] = open_for_reading(connection, slug, at)
        yield units[slug, at]


def _connection_of_request() -> Connection:
    if "reads" not in g:
        stack = ExitStack()
        g.reads = (stack, stack.enter_context(read_transaction(get_engine())))
    connection: Connection = g.reads[1]
    return connection


def _close(_: BaseException | None) -> None:
    g.pop("units", None)
    stack, _connection = g.pop("reads", (None, None))
    if stack is not None:
        stack.close()
