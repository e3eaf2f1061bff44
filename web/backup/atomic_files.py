"""Atomic files: written under a temporary name, synced to the disk, then renamed; or not written at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

PRIVATE, DEFAULT = 0o600, 0o666
"""File modes: readable by the owner only, or as the umask allows."""


class FileUnwritten(LedgerError):
    """The file could not be written; nothing of it is left."""

    slug = "file-unwritten"


@contextmanager
def open_atomic(path: Path, mode: int = DEFAULT) -> Iterator[BinaryIO]:
    """A file to write to; it gets its name when it is complete and on the disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode), "w+b") as file:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = f"{error.strerror}: {path}"
        raise FileUnwritten(make_message("The file cannot be written: %(reason)s", reason=reason)) from error
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Sync a folder's list of files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file atomically."""
    with open_atomic(path) as file:
        file.write(data)
