"""Files and engines that one test leaves to the next, where tests are run many times, for mutants."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Engine, make_url

from ledger.database.engine import make_engine

MEMORY = Path("/dev/shm")
"""A disk that is memory, where there is one: quick tests spend a quarter of their time waiting for the other."""


@cache
def sqlite_folder() -> Path:
    """Holds what every test of this process begins with; a copy of the process, for a mutant, leaves it there."""
    in_memory = kept.on and os.access(MEMORY, os.W_OK)
    folder = Path(tempfile.mkdtemp(prefix="hourstead-books-", dir=MEMORY if in_memory else None))
    atexit.register(remove, folder, os.getpid())
    return folder


def remove(folder: Path, maker: int) -> None:
    """Clear a folder away, but only in the process that made it: its copies end before it does."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Kept:
    """What quick tests hand on: folders of SQLite files, and engines on them, which remember compiled statements.

    Whoever listens to an engine takes the listener off again: the next test may be given the same one.
    """

    on: bool = False
    folders: list[Path] = field(default_factory=list)
    engines: dict[URL, list[Engine]] = field(default_factory=dict)
    process: int = field(default_factory=os.getpid)

    def folder(self) -> Path:
        """Return an empty folder."""
        if self.process != os.getpid():  # a copy of this process, for a mutant: these files are its parent's
            self.folders, self.engines, self.process = [], {}, os.getpid()
        return self.folders.pop() if self.folders else Path(tempfile.mkdtemp(dir=sqlite_folder()))

    def clear(self, folder: Path) -> None:
        """Take a folder back."""
        shutil.rmtree(folder)
        if self.on:
            folder.mkdir()
            self.folders.append(folder)

    def open(self, url: str) -> Engine:
        """Return an engine that nobody else uses."""
        idle = self.engines.get(make_url(url))
        return idle.pop() if idle else make_engine(url)

    def close(self, engine: Engine) -> None:
        """Take an engine back."""
        engine.dispose()
        if self.on:
            self.engines.setdefault(engine.url, []).append(engine)


kept = Kept()
