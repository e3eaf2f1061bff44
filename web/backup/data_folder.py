"""The data folder: which of its files are backed up, and how they are restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from web.backup import atomic_files
from web.backup.archive import ArchiveWriter, Backup, is_backup

FOLDER = "data"
BACKUPS = "backups"
ERASURES = "erasures.jsonl"
_CHUNK_SIZE = 1 << 20
SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal")


def database_file(engine: Engine) -> Path | None:
    """The file of an SQLite database; None on PostgreSQL."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(name).resolve() if name else None


def list_files(folder: Path, database: Path | None) -> Iterator[Path]:
    """The files to back up: not the database, which is backed up by rows, nor backups, hidden or unfinished files."""
    database_files = {database.with_name(database.name + suffix) for suffix in SQLITE_SUFFIXES} if database else set()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in relative.parts) or relative.parts[0] == BACKUPS
        is_former_database = database is not None and path.name.startswith(f"{database.name}.")
        is_excluded = is_hidden or is_former_database or path.is_symlink() or path.resolve() in database_files
        if path.is_file() and not is_excluded and not is_backup(path):
            yield path


def add_files(parts: ArchiveWriter, folder: Path, database: Path | None) -> int:
    """Write the folder's files into a backup; returns their number."""
    count = 0
    for path in list_files(folder, database):
        try:
            with path.open("rb") as file:
                parts.add(f"{FOLDER}/{path.relative_to(folder).as_posix()}", iter(lambda: file.read(_CHUNK_SIZE), b""))
        except FileNotFoundError:  # deleted since it was listed
            continue
        count += 1
    return count


def restore_files(backup: Backup, folder: Path) -> int:
    """Restore a backup's files, except the list of erasures, which is only added to; returns their number."""
    names = [name for name in backup.names(FOLDER) if name != f"{FOLDER}/{ERASURES}"]
    for name in names:
        path = folder / name.removeprefix(f"{FOLDER}/")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_files.open_atomic(path, atomic_files.PRIVATE) as file:
            file.write(backup.data(name))
    return len(names)
