"""Whole files: written beside their place, put on the disk, then given their name; or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

PRIVATE, DEFAULT = 0o600, 0o666
"""For its owner's eyes only, or as the system's mask has it."""


class FileUnwritten(LedgerError):
    """A file is written whole, under its name, or not at all."""

    slug = "file-unwritten"


@contextmanager
def open_atomic(path: Path, mode: int = DEFAULT) -> Iterator[BinaryIO]:
    """A file to write to; it gets its name only when it is whole and on the disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode), "w+b") as file:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = f"{error.strerror}: {path}"
        raise FileUnwritten(make_message("The file cannot be written: %(reason)s", reason=reason)) from error
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Put on the disk which files a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file beside its place, put it on the disk, then give it its name."""
    with open_atomic(path) as file:
        file.write(data)
