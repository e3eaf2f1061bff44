"""Files that commands write: whole under their name, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ledger.errors import LedgerError
from ledger.messages import say


class FileUnwritten(LedgerError):
    """A file is written whole, under its name, or not at all."""

    slug = "file-unwritten"


@contextmanager
def destination(out: str) -> Iterator[TextIO]:
    """A text file to write to, or standard output; it gets its name only when it is whole and on the disk."""
    if out == "-":
        yield sys.stdout
        return
    with _renamed(Path(out)) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, put it on the disk, then give it its name."""
    with _renamed(path) as part, part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _renamed(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise FileUnwritten(
            say("The file cannot be written: %(reason)s", reason=f"{error.strerror}: {path}")
        ) from error
    finally:
        part.unlink(missing_ok=True)
