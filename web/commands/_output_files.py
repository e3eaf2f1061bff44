"""Output files of commands, written atomically."""

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
    """A text file to write to, or standard output for `-`; the file gets its name when it is complete."""
    if out == "-":
        yield sys.stdout
        return
    with atomic_files.open_atomic(Path(out)) as file:
        text_file = io.TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield text_file
        finally:
            text_file.detach()
