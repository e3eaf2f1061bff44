"""A move from begin to end: nobody writes meanwhile, the copy is proven, and only then are the books kept elsewhere."""

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
"""What else goes along in the same transaction: it gets the books, the connection there and the number there."""


class CopyDiffers(LedgerError):
    """Books are kept elsewhere only when they stand there row for row, and hold."""

    slug = "copy-differs"


def move(
    source: Engine,
    target: Engine,
    slug: str,
    where: str,
    progress: Progress = lambda _: None,
    also: CopyMore = lambda *_: None,
) -> Head:
    """Move a community from one database to another, and give its head, the same in both.

    Where an earlier move was cut short after the copy stood, it is compared and the move ended. Raises BooksReadOnly
    for books in which something was found, BooksMoved for those that went already, CommunityExists where the other
    database has another community of that name, CopyDiffers.
    """
    _begin(source, slug, where)
    with read_books(source, slug) as books:
        try:
            if not has_copy(target, books):
                _copy(books, target, progress, also)
        except BaseException:
            _let_go(source, target, books)
            raise
        head = books.head
    set_book_status(source, slug, MOVED, where)
    return head


def cancel(source: Engine, slug: str) -> None:
    """Let books be written here again whose move was cut short and shall not go on."""
    with read_books(source, slug) as books:
        found = book_status.read_status(books.connection, books.community_id)
    if found.state == MOVING:
        set_book_status(source, slug, OPEN)


def _begin(source: Engine, slug: str, where: str) -> None:
    with read_books(source, slug) as books:
        found = book_status.read_status(books.connection, books.community_id)
    if found.state == READ_ONLY:
        raise BooksReadOnly(make_message("These books are read-only: something was found in them. Check them first."))
    set_book_status(source, slug, MOVING, where)


def _copy(books: ReadUnit, target: Engine, progress: Progress, also: CopyMore) -> None:
    with write_transaction(target) as connection:
        number = 1 + (connection.scalar(select(func.max(community.c.community_id))) or 0)
        replay(books, connection, number, progress)
        copy = open_for_verify(connection, books.slug)
        _prove(books, copy)
        if not verify(copy).ok:
            raise CopyDiffers(make_message("The copy does not hold. Check the books here: hourstead verify"))
        also(books, connection, number)


def _prove(books: ReadUnit, copy: ReadUnit) -> None:
    differs = first_difference(books, copy)
    if differs is not None:
        raise CopyDiffers(make_message("The copy differs in the list “%(table)s”.", table=differs))


def has_copy(target: Engine, books: ReadUnit) -> bool:
    """Whether the very same books stand in the other database; CommunityExists where others of that name do."""
    with read_transaction(target) as connection:
        taken = (community.c.slug == books.slug) | (community.c.uid == books.uid)
        found = connection.execute(select(community.c.slug, community.c.uid).where(taken)).all()
        if not found:
            return False
        if [(row.slug, str(row.uid)) for row in found] == [(books.slug, books.uid)]:
            copy = open_for_verify(connection, books.slug)
            if book_status.read_status(connection, copy.community_id).is_open:
                _prove(books, copy)
                return True
    raise CommunityExists(make_message("There is a community named “%(slug)s” there already.", slug=books.slug))


def _let_go(source: Engine, target: Engine, books: ReadUnit) -> None:
    """After what went wrong the books stay here, unless the copy stands there all the same: then the move goes on."""
    try:
        stays = not has_copy(target, books)
    except CommunityExists:
        stays = True
    if stays:
        set_book_status(source, books.slug, OPEN)
