"""The data folder: which of its files belong in a backup, and how they come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from web.backup import atomic_files
from web.backup.archive import ArchiveWriter, Backup, is_backup

FOLDER = "data"
BACKUPS = "backups"
ERASURES = "erasures.jsonl"
_STRETCH = 1 << 20
_BESIDE = ("", "-wal", "-shm", "-journal")


def database_file(engine: Engine) -> Path | None:
    """The file that the books are kept in; None where a server keeps them."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(name).resolve() if name else None


def list_files(folder: Path, database: Path | None) -> Iterator[Path]:
    """The folder's own files: not the database, which is kept row by row, no backups, nothing half written."""
    aside = {database.with_name(database.name + end) for end in _BESIDE} if database else set()
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in within.parts) or within.parts[0] == BACKUPS
        replaced = database is not None and path.name.startswith(f"{database.name}.")
        left_out = hidden or replaced or path.is_symlink() or path.resolve() in aside
        if path.is_file() and not left_out and not is_backup(path):
            yield path


def add_files(parts: ArchiveWriter, folder: Path, database: Path | None) -> int:
    """Write the folder's files into a backup; how many."""
    count = 0
    for path in list_files(folder, database):
        try:
            with path.open("rb") as file:
                parts.add(f"{FOLDER}/{path.relative_to(folder).as_posix()}", iter(lambda: file.read(_STRETCH), b""))
        except FileNotFoundError:  # gone since it was listed
            continue
        count += 1
    return count


def restore_files(backup: Backup, folder: Path) -> int:
    """Write a backup's files into the folder again, but for the list of erasures, which only grows; how many."""
    names = [name for name in backup.names(FOLDER) if name != f"{FOLDER}/{ERASURES}"]
    for name in names:
        path = folder / name.removeprefix(f"{FOLDER}/")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_files.open_atomic(path, atomic_files.PRIVATE) as file:
            file.write(backup.data(name))
    return len(names)
