"""Moves a community to another database: writing is stopped, the copy is verified, then the books are moved."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, select

from ledger.checks import verify
from ledger.core.errors import BooksReadOnly, CommunityExists, LedgerError
from ledger.core.messages import make_message
from ledger.database import book_status
from ledger.database.book_status import MOVED, MOVING, OPEN, READ_ONLY
from ledger.database.unit_of_work import (
    Head,
    ReadUnit,
    open_for_verify,
    read_books,
    read_transaction,
    set_book_status,
    write_transaction,
)
from ledger.models import community
from ledger.transfer.diff import first_difference
from ledger.transfer.replay import Progress, replay

CopyMore = Callable[[ReadUnit, Connection, int], None]
"""Copies further data in the same transaction: gets the books, the target connection, the local number there."""


class CopyDiffers(LedgerError):
    """The copy must equal the books row by row, and pass `verify`."""

    slug = "copy-differs"


def move(
    source: Engine,
    target: Engine,
    slug: str,
    where: str,
    progress: Progress = lambda _: None,
    copy_more: CopyMore = lambda *_: None,
) -> Head:
    """Move a community from one database to another; gives its head, which is the same in both.

    If an earlier move stopped after the copy was complete, the copy is compared and the move finished. Raises
    BooksReadOnly for books with a finding, BooksMoved if they are moved already, CommunityExists if the target has
    another community of that name, CopyDiffers.
    """
    _begin(source, slug, where)
    with read_books(source, slug) as books:
        try:
            if not has_copy(target, books):
                _copy(books, target, progress, copy_more)
        except BaseException:
            _undo_begin(source, target, books)
            raise
        head = books.head
    set_book_status(source, slug, MOVED, where)
    return head


def cancel(source: Engine, slug: str) -> None:
    """Cancel an unfinished move, so that the books can be written here again."""
    with read_books(source, slug) as books:
        status = book_status.read_status(books.connection, books.community_id)
    if status.state == MOVING:
        set_book_status(source, slug, OPEN)


def _begin(source: Engine, slug: str, where: str) -> None:
    with read_books(source, slug) as books:
        status = book_status.read_status(books.connection, books.community_id)
    if status.state == READ_ONLY:
        raise BooksReadOnly(make_message("These books are read-only: something was found in them. Check them first."))
    set_book_status(source, slug, MOVING, where)


def _copy(books: ReadUnit, target: Engine, progress: Progress, copy_more: CopyMore) -> None:
    with write_transaction(target) as connection:
        number = 1 + (connection.scalar(select(func.max(community.c.community_id))) or 0)
        replay(books, connection, number, progress)
        copy = open_for_verify(connection, books.slug)
        _require_equal(books, copy)
        if not verify(copy).ok:
            raise CopyDiffers(make_message("The copy does not hold. Check the books here: hourstead verify"))
        copy_more(books, connection, number)


def _require_equal(books: ReadUnit, copy: ReadUnit) -> None:
    table = first_difference(books, copy)
    if table is not None:
        raise CopyDiffers(make_message("The copy differs in the list “%(table)s”.", table=table))


def has_copy(target: Engine, books: ReadUnit) -> bool:
    """Whether the target has a copy of these books; CommunityExists if it has others of that name."""
    with read_transaction(target) as connection:
        same_name = (community.c.slug == books.slug) | (community.c.uid == books.uid)
        rows = connection.execute(select(community.c.slug, community.c.uid).where(same_name)).all()
        if not rows:
            return False
        if [(row.slug, str(row.uid)) for row in rows] == [(books.slug, books.uid)]:
            copy = open_for_verify(connection, books.slug)
            if book_status.read_status(connection, copy.community_id).is_open:
                _require_equal(books, copy)
                return True
    raise CommunityExists(make_message("There is a community named “%(slug)s” there already.", slug=books.slug))


def _undo_begin(source: Engine, target: Engine, books: ReadUnit) -> None:
    """After an error, open the books here again, unless the target has the copy: then the move can be finished."""
    try:
        is_open_here = not has_copy(target, books)
    except CommunityExists:
        is_open_here = True
    if is_open_here:
        set_book_status(source, books.slug, OPEN)
