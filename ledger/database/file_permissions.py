"""The file that SQLite keeps the books in is for its owner's eyes only, from the moment it is made."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def database_path(url: URL) -> Path | None:
    """Where an address keeps its books; None in memory, on a server, or where the address is more than a path."""
    name = url.database or ""
    named = url.get_backend_name() == "sqlite" and name not in ("", ":memory:") and not name.startswith("file:")
    return Path(name) if named else None


def create_private_file(_dialect: object, _record: object, given: list[Any], _more: object) -> None:
    """Make the file before SQLite does, which would let everyone read it; its log then gets the same rights."""
    path = database_path(URL.create("sqlite", database=str(given[0])))
    if path is not None and path.parent.is_dir():
        with suppress(FileExistsError, PermissionError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def is_accessible_to_others(path: Path) -> bool:
    """Whether anyone but the owner may read or write a file."""
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & GROUP_AND_OTHERS)


def remove_others_access(path: Path) -> None:
    """Take everyone else's rights on a file, and on the files that SQLite keeps beside it."""
    for file in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))):
        if is_accessible_to_others(file):
            file.chmod(file.stat().st_mode & ~GROUP_AND_OTHERS)
