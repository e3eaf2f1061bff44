"""Files that commands write: whole under their name, or not at all."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from web.backup import atomic_files


@contextmanager
def open_output(out: str) -> Iterator[TextIO]:
    """A text file to write to, or standard output; it gets its name only when it is whole and on the disk."""
    if out == "-":
        yield sys.stdout
        return
    with atomic_files.open_atomic(Path(out)) as file:
        words = io.TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield words
        finally:
            words.detach()
