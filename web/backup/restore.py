"""Restores backups: into a new SQLite file or in one PostgreSQL transaction, never over books in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, inspect, select
from sqlalchemy.exc import SQLAlchemyError

import migrations
from ledger.checks import Verdict, verify
from ledger.core.errors import DatabaseUnfit, LedgerError
from ledger.core.messages import make_message
from ledger.database import book_status
from ledger.database.book_status import READ_ONLY
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import (
    Head,
    ReadUnit,
    open_for_verify,
    open_for_writing,
    read_transaction,
    write_transaction,
)
from ledger.exchange.imports.result import Progress
from ledger.models import community
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import Erasure, repeat_erasures
from migrations import grants
from web.backup import archive, atomic_files, data_folder, disable_triggers, erasure_list, rows
from web.backup.archive import Backup
from web.backup.create import ROWS
from web.models.identity import Login, LoginSession, OneTimeLink


class DatabaseFilled(LedgerError):
    """There are books in the database, and the restore is not forced."""

    slug = "database-filled"


class DatabaseInUse(LedgerError):
    """A server or worker uses the books."""

    slug = "database-in-use"


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


@dataclass(frozen=True)
class RestoreResult:
    """A completed restore: time of the backup, each community, number of files, and where the old books are."""

    made_at: str
    communities: list[RestoredCommunity]
    files: int
    replaced: Path | None

    @property
    def ok(self) -> bool:
        """Whether every community is verified without findings."""
        return all(community.verdict.ok for community in self.communities)

    def as_json(self) -> dict[str, Any]:
        """The data of `--json`."""
        return {
            "made_at": self.made_at,
            "ok": self.ok,
            "communities": [community.as_json() for community in self.communities],
            "files": self.files,
            "replaced": str(self.replaced) if self.replaced else None,
        }


def restore(
    engine: Engine, data_dir: Path, path: Path, *, force: bool = False, progress: Progress = lambda _: None
) -> RestoreResult:
    """Restore database, logins and data folder from a backup, which is verified before anything is changed.

    Raises BackupDamaged, DatabaseFilled unless forced, DatabaseInUse.
    """
    with archive.open_archive(path) as backup:
        with read_transaction(engine) as connection:
            is_filled = _has_data(connection)
            if is_filled and not force:
                raise DatabaseFilled(make_message("There are books in this database already. To replace them: --force"))
        erasures = _collect_erasures(engine, data_dir, backup)
        target = data_folder.database_file(engine)
        if target:
            communities = _restore_to_new_file(engine, target, backup, erasures, progress)
        else:
            communities = _restore_in_transaction(engine, backup, erasures, progress)
        former = _former_path(target, backup) if target else None
        if former and not is_filled:
            former.unlink(missing_ok=True)
        files = data_folder.restore_files(backup, data_dir)
        erasure_list.append(data_dir, erasures)
        return RestoreResult(backup.about["made_at"], communities, files, former if is_filled else None)


def _collect_erasures(engine: Engine, data_dir: Path, backup: Backup) -> set[Erasure]:
    """All erasures: of the backup's list, the data folder's list and the books that are replaced."""
    name = f"{data_folder.FOLDER}/{data_folder.ERASURES}"
    erasures = erasure_list.read_list(data_dir / data_folder.ERASURES)
    if name in backup.names(data_folder.FOLDER):
        erasures |= set(erasure_list.parse_lines(backup.data(name).splitlines()))
    with suppress(LedgerError, SQLAlchemyError):  # the old books may be unreadable
        erasures |= erasure_list.find_erasures(engine)
    return erasures


def _restore_in_transaction(
    engine: Engine, backup: Backup, erasures: Collection[Erasure], progress: Progress
) -> list[RestoredCommunity]:
    with write_transaction(engine) as connection:
        logins = grants.granted_logins(connection) if inspect(connection).has_table("seal") else []
        migrations.downgrade_within(connection, "base")
        communities = _fill_database(connection, backup, erasures, progress)
        for login, task in logins:
            grants.grant(connection, login, task)
    return communities


def _restore_to_new_file(
    engine: Engine, target: Path, backup: Backup, erasures: Collection[Erasure], progress: Progress
) -> list[RestoredCommunity]:
    draft = target.with_name(f"{target.name}.restoring")
    _remove_database(draft)
    draft_engine = make_engine(f"sqlite:///{draft}")
    try:
        with write_transaction(draft_engine) as connection:
            communities = _fill_database(connection, backup, erasures, progress)
        draft_engine.dispose()
        engine.dispose()
        _set_aside(target, backup)
        draft.chmod(atomic_files.PRIVATE)
        draft.replace(target)
        atomic_files.sync_folder(target.parent)
    finally:
        draft_engine.dispose()
        _remove_database(draft)
    return communities


def _remove_database(path: Path) -> None:
    for suffix in data_folder.SQLITE_SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _set_aside(target: Path, backup: Backup) -> None:
    """Merge the old file's write-ahead log into it and rename it; DatabaseInUse if somebody has it open."""
    if not target.exists():
        return
    connection = sqlite3.connect(target, timeout=1)
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "in use"
    except sqlite3.DatabaseError:  # not a readable database: nothing to merge
        mode = "delete"
    finally:
        connection.close()
    if mode != "delete":
        raise DatabaseInUse(make_message("The books are in use. Stop the server and the worker first."))
    target.replace(_former_path(target, backup))


def _former_path(target: Path, backup: Backup) -> Path:
    digits = "".join(character for character in backup.about["made_at"] if character.isdecimal())
    return target.with_name(f"{target.name}.before-{digits}")


def _has_data(connection: Connection) -> bool:
    """Whether a database contains a community or a login."""
    tables = set(inspect(connection).get_table_names())
    queries = {"community": select(community.c.slug), "login": select(Login.login_id)}
    return any(connection.execute(queries[name].limit(1)).first() is not None for name in tables & queries.keys())


def _fill_database(
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
