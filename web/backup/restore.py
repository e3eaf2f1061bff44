"""Restores backups: into a new SQLite file or in one PostgreSQL transaction, never over books in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

import migrations
from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_transaction, write_transaction
from ledger.exchange.imports.result import Progress
from ledger.registers.erasure import Erasure
from migrations import grants
from web.backup import archive, atomic_files, data_folder, erasure_list, load
from web.backup.archive import Backup
from web.backup.load import RestoredCommunity


class DatabaseFilled(LedgerError):
    """There are books in the database, and the restore is not forced."""

    slug = "database-filled"


class DatabaseInUse(LedgerError):
    """A server or worker uses the books."""

    slug = "database-in-use"


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
            is_filled = load.has_data(connection)
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
        communities = load.fill_database(connection, backup, erasures, progress)
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
            communities = load.fill_database(connection, backup, erasures, progress)
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
