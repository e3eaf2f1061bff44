"""Permissions of the SQLite file: only its owner can read it, from its creation on."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def database_path(url: URL) -> Path | None:
    """The path of the SQLite file; None in memory, on a server, or if the URL is more than a path."""
    name = url.database or ""
    is_file = url.get_backend_name() == "sqlite" and name not in ("", ":memory:") and not name.startswith("file:")
    return Path(name) if is_file else None


def create_private_file(_dialect: object, _record: object, connect_args: list[Any], _connect_options: object) -> None:
    """Create the file before SQLite does, which would make it readable by all; SQLite's log gets the same mode."""
    path = database_path(URL.create("sqlite", database=str(connect_args[0])))
    if path is not None and path.parent.is_dir():
        with suppress(FileExistsError, PermissionError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def is_accessible_to_others(path: Path) -> bool:
    """Whether the group or others can access the file."""
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & GROUP_AND_OTHERS)


def remove_others_access(path: Path) -> None:
    """Remove the access of group and others to the file and to SQLite's files beside it."""
    for file in (path, *(path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm"))):
        if is_accessible_to_others(file):
            file.chmod(file.stat().st_mode & ~GROUP_AND_OTHERS)
