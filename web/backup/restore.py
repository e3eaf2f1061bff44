"""Restoring a backup: into a file beside the old one or within one transaction, never over what someone still uses."""

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
from ledger.registers.erasure import Erasure
from migrations import grants
from web.backup import archive, atomic_files, data_folder, erasure_list, load
from web.backup.archive import Backup
from web.backup.load import Progress, RestoredCommunity


class DatabaseFilled(LedgerError):
    """A restore overwrites nothing unless it is told to."""

    slug = "database-filled"


class DatabaseInUse(LedgerError):
    """Books are restored while nobody serves them."""

    slug = "database-in-use"


@dataclass(frozen=True)
class RestoreResult:
    """What a restore did: when the backup was made, each community, files of the folder, where the old books went."""

    made_at: str
    communities: list[RestoredCommunity]
    files: int
    replaced: Path | None

    @property
    def ok(self) -> bool:
        """Whether everything that came back holds."""
        return all(one.verdict.ok for one in self.communities)

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "made_at": self.made_at,
            "ok": self.ok,
            "communities": [one.as_json() for one in self.communities],
            "files": self.files,
            "replaced": str(self.replaced) if self.replaced else None,
        }


def restore(
    engine: Engine, data_dir: Path, path: Path, *, force: bool = False, progress: Progress = lambda _: None
) -> RestoreResult:
    """Bring a backup back, database, logins and data folder; the backup is checked before anything is touched.

    Raises BackupDamaged, DatabaseFilled unless forced, DatabaseInUse.
    """
    with archive.open_archive(path) as backup:
        with read_transaction(engine) as connection:
            is_filled = load.has_data(connection)
            if is_filled and not force:
                raise DatabaseFilled(make_message("There are books in this database already. To replace them: --force"))
        known = _known(engine, data_dir, backup)
        target = data_folder.database_file(engine)
        if target:
            brought = _beside(engine, target, backup, known, progress)
        else:
            brought = _within(engine, backup, known, progress)
        replaced = _former(target, backup) if target else None
        if replaced and not is_filled:
            replaced.unlink(missing_ok=True)
        count = data_folder.restore_files(backup, data_dir)
        erasure_list.append(data_dir, known)
        return RestoreResult(backup.about["made_at"], brought, count, replaced if is_filled else None)


def _known(engine: Engine, data_dir: Path, backup: Backup) -> set[Erasure]:
    """What was erased, by the backup, by the list in the data folder, and by the books that are replaced."""
    name = f"{data_folder.FOLDER}/{data_folder.ERASURES}"
    known = erasure_list.read_list(data_dir / data_folder.ERASURES)
    known |= (
        set(erasure_list.parse_lines(backup.data(name).splitlines()))
        if name in backup.names(data_folder.FOLDER)
        else set()
    )
    with suppress(LedgerError, SQLAlchemyError):  # books that cannot be read any more are what a restore is for
        known |= erasure_list.find_erasures(engine)
    return known


def _within(engine: Engine, backup: Backup, known: Collection[Erasure], progress: Progress) -> list[RestoredCommunity]:
    with write_transaction(engine) as connection:
        logins = grants.granted_logins(connection) if inspect(connection).has_table("seal") else []
        migrations.downgrade_within(connection, "base")
        brought = load.fill_database(connection, backup, known, progress)
        for login, task in logins:
            grants.grant(connection, login, task)
    return brought


def _beside(
    engine: Engine, target: Path, backup: Backup, known: Collection[Erasure], progress: Progress
) -> list[RestoredCommunity]:
    beside = target.with_name(f"{target.name}.restoring")
    _remove(beside)
    aside = make_engine(f"sqlite:///{beside}")
    try:
        with write_transaction(aside) as connection:
            brought = load.fill_database(connection, backup, known, progress)
        aside.dispose()
        engine.dispose()
        _retire(target, backup)
        beside.chmod(atomic_files.PRIVATE)
        beside.replace(target)
        atomic_files.sync_folder(target.parent)
    finally:
        aside.dispose()
        _remove(beside)
    return brought


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _retire(target: Path, backup: Backup) -> None:
    """Take the old file's log into it, which nobody may have open, and give it another name."""
    if not target.exists():
        return
    old = sqlite3.connect(target, timeout=1)
    try:
        mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "in use"
    except sqlite3.DatabaseError:  # no database any more, which is why another comes in its place
        mode = "delete"
    finally:
        old.close()
    if mode != "delete":
        raise DatabaseInUse(make_message("The books are in use. Stop the server and the worker first."))
    target.replace(_former(target, backup))


def _former(target: Path, backup: Backup) -> Path:
    stamp = "".join(sign for sign in backup.about["made_at"] if sign.isdecimal())
    return target.with_name(f"{target.name}.before-{stamp}")
