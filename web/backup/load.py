"""Fills a database from a backup: inserts every row, compares heads, verifies, and erases erased texts again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, inspect, select
from sqlalchemy.exc import SQLAlchemyError

import migrations
from ledger.checks import Verdict, verify
from ledger.core.errors import DatabaseUnfit, LedgerError
from ledger.core.messages import make_message
from ledger.database import book_status
from ledger.database.book_status import READ_ONLY
from ledger.database.unit_of_work import Head, ReadUnit, open_for_verify, open_for_writing
from ledger.exchange.imports.result import Progress
from ledger.models import community
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import Erasure, repeat_erasures
from web.backup import archive, disable_triggers, rows
from web.backup.archive import Backup
from web.backup.create import ROWS
from web.models.identity import Login, LoginSession, OneTimeLink


@dataclass(frozen=True)
class RestoredCommunity:
    """A restored community: its head, the verdict of `verify`, and how many texts were erased again.

    `erased` is None if the books are so damaged that nothing can be written in them.
    """

    slug: str
    head: Head
    verdict: Verdict
    erased: int | None

    def as_json(self) -> dict[str, Any]:
        """The data of `--json`."""
        return {
            "slug": self.slug,
            "seq": self.head.seq,
            "hash": self.head.hash.hex(),
            "ok": self.verdict.ok,
            "findings": [
                {"check": finding.check, "seq": finding.seq, "says": str(finding.says)}
                for finding in self.verdict.findings
            ],
            "erased": self.erased,
        }


def has_data(connection: Connection) -> bool:
    """Whether a database contains a community or a login."""
    tables = set(inspect(connection).get_table_names())
    queries = {"community": select(community.c.slug), "login": select(Login.login_id)}
    return any(connection.execute(queries[name].limit(1)).first() is not None for name in tables & queries.keys())


def fill_database(
    connection: Connection, backup: Backup, erasures: Collection[Erasure], progress: Progress
) -> list[RestoredCommunity]:
    """Fill an empty database in one transaction, so that nobody sees it before it is verified."""
    if backup.about["step"] not in {step.revision for step in migrations.steps().walk_revisions()}:
        raise DatabaseUnfit(make_message("A newer version made this backup. Install that version first."))
    migrations.upgrade_within(connection, backup.about["step"])
    parts = backup.names(ROWS)
    with disable_triggers.triggers_disabled(connection):
        for done, name in enumerate(parts, 1):
            rows.load_rows(connection, backup.lines(name))
            progress(done / len(parts))
    migrations.upgrade_within(connection)
    _sign_everyone_out(connection)
    return [_verify_community(connection, head, erasures) for head in backup.about["communities"]]


def _sign_everyone_out(connection: Connection) -> None:
    """End all sessions and delete all links: some were ended or used after the backup was made."""
    connection.execute(delete(LoginSession))
    connection.execute(delete(OneTimeLink))


def _verify_community(
    connection: Connection, expected: dict[str, Any], erasures: Collection[Erasure]
) -> RestoredCommunity:
    books = open_for_verify(connection, expected["slug"])
    if (books.uid, books.head.seq, books.head.hash.hex()) != (expected["uid"], expected["seq"], expected["hash"]):
        raise archive.damage_error(expected["slug"])
    verdict = verify(books)
    if verdict.ok:
        return RestoredCommunity(books.slug, books.head, verdict, _erase_again(connection, books.slug, erasures))
    first = verdict.findings[0]
    book_status.change_status(
        connection, books.community_id, READ_ONLY, book_status.finding_reference(first.check, first.seq)
    )
    return RestoredCommunity(books.slug, books.head, verdict, _erase_in_damaged(connection, books, erasures))


def _erase_again(connection: Connection, slug: str, erasures: Collection[Erasure]) -> int:
    return repeat_erasures(open_for_writing(connection, slug, allow_read_only=True), erasures, entered_by=OPERATOR)


def _erase_in_damaged(connection: Connection, books: ReadUnit, erasures: Collection[Erasure]) -> int | None:
    """Erase again in damaged books; None if their damage prevents writing, so that the restore still succeeds."""
    if not any(erasure.uid == books.uid for erasure in erasures):
        return 0
    try:
        with connection.begin_nested():
            return _erase_again(connection, books.slug, erasures)
    except (LedgerError, SQLAlchemyError):
        return None
