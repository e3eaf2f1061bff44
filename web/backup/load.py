"""Filling a database from a backup: every row as it stood, heads compared, all checked, erased words erased again."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
from ledger.models import community
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import Erasure, repeat_erasures
from web.backup import archive, disable_triggers, rows
from web.backup.archive import Backup
from web.backup.create import ROWS
from web.models.identity import Login, LoginSession, OneTimeLink

Progress = Callable[[float], None]


@dataclass(frozen=True)
class RestoredCommunity:
    """One community that came back: the head in the backup, what `verify` said, what was erased again since.

    Nothing for the last where the books are so damaged that nothing can be written in them.
    """

    slug: str
    head: Head
    verdict: Verdict
    erased: int | None

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "slug": self.slug,
            "seq": self.head.seq,
            "hash": self.head.hash.hex(),
            "ok": self.verdict.ok,
            "findings": [{"check": one.check, "seq": one.seq, "says": str(one.says)} for one in self.verdict.findings],
            "erased": self.erased,
        }


def has_data(connection: Connection) -> bool:
    """Whether a database holds a community or a login already."""
    there = set(inspect(connection).get_table_names())
    kept = {"community": select(community.c.slug), "login": select(Login.login_id)}
    return any(connection.execute(kept[name].limit(1)).first() is not None for name in there & kept.keys())


def fill_database(
    connection: Connection, backup: Backup, known: Collection[Erasure], progress: Progress
) -> list[RestoredCommunity]:
    """Fill a database without tables, within one transaction; nobody sees it before it is checked."""
    if backup.about["step"] not in {step.revision for step in migrations.steps().walk_revisions()}:
        raise DatabaseUnfit(make_message("A newer version made this backup. Install that version first."))
    migrations.upgrade_within(connection, backup.about["step"])
    parts = backup.names(ROWS)
    with disable_triggers.triggers_disabled(connection):
        for done, name in enumerate(parts, 1):
            rows.load_rows(connection, backup.lines(name))
            progress(done / len(parts))
    migrations.upgrade_within(connection)
    _sign_out(connection)
    return [_checked(connection, said, known) for said in backup.about["communities"]]


def _sign_out(connection: Connection) -> None:
    """Nobody is signed in, and no link works: some were ended or used after the backup was made."""
    connection.execute(delete(LoginSession))
    connection.execute(delete(OneTimeLink))


def _checked(connection: Connection, said: dict[str, Any], known: Collection[Erasure]) -> RestoredCommunity:
    unit = open_for_verify(connection, said["slug"])
    if (unit.uid, unit.head.seq, unit.head.hash.hex()) != (said["uid"], said["seq"], said["hash"]):
        raise archive.damage_error(said["slug"])
    verdict = verify(unit)
    if verdict.ok:
        return RestoredCommunity(unit.slug, unit.head, verdict, _erase_again(connection, unit.slug, known))
    first = verdict.findings[0]
    book_status.change_status(
        connection, unit.community_id, READ_ONLY, book_status.finding_reference(first.check, first.seq)
    )
    return RestoredCommunity(unit.slug, unit.head, verdict, _erase_in_damaged(connection, unit, known))


def _erase_again(connection: Connection, slug: str, known: Collection[Erasure]) -> int:
    return repeat_erasures(open_for_writing(connection, slug, allow_read_only=True), known, entered_by=OPERATOR)


def _erase_in_damaged(connection: Connection, unit: ReadUnit, known: Collection[Erasure]) -> int | None:
    """Damaged books come back all the same where their damage keeps anything from being written in them."""
    if not any(one.uid == unit.uid for one in known):
        return 0
    try:
        with connection.begin_nested():
            return _erase_again(connection, unit.slug, known)
    except (LedgerError, SQLAlchemyError):
        return None
