"""The list of erased texts, outside the database, so that books restored from an older backup do not show them again.

A file in the data folder with one line for each text; lines are only added. A line holds whose text it was and a MAC of
the text, never the text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Engine

from ledger.database.unit_of_work import read_for_verify, read_transaction
from ledger.registers import communities
from ledger.registers.erasure import Erasure, all_erasures
from web.backup.data_folder import ERASURES


def update_list(engine: Engine, folder: Path) -> int:
    """Add the erasures of the books that the folder's list lacks; returns how many.

    The list follows the books, so an interrupted update is completed by the next one.
    """
    return append(folder, find_erasures(engine))


def find_erasures(engine: Engine) -> set[Erasure]:
    """Every erased text of all communities."""
    with read_transaction(engine) as connection:
        slugs = communities.slugs(connection)
    erasures: set[Erasure] = set()
    for slug in slugs:
        with read_for_verify(engine, slug) as books:
            erasures |= set(all_erasures(books))
    return erasures


def append(folder: Path, erasures: Iterable[Erasure]) -> int:
    """Add the erasures that the list lacks, and sync it to the disk; returns how many."""
    path = folder / ERASURES
    missing = sorted(set(erasures) - read_list(path))
    if missing:
        is_cut_short = path.exists() and not path.read_bytes().endswith(b"\n")
        lines = "\n" * is_cut_short + "".join(json.dumps(asdict(erasure)) + "\n" for erasure in missing)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
    return len(missing)


def read_list(path: Path) -> set[Erasure]:
    """The erasures of a list; empty if there is no file."""
    return set(parse_lines(path.read_bytes().splitlines())) if path.exists() else set()


def parse_lines(lines: Iterable[bytes]) -> Iterator[Erasure]:
    """The erasures of a list's lines; skips a line cut short by a power failure."""
    for line in lines:
        try:
            yield Erasure(**json.loads(line))
        except (ValueError, TypeError):
            continue
