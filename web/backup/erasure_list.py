"""The list of what was erased, kept outside the database, so that books restored from an older backup do not show it.

One line for each text, in the data folder, added to and never shortened. It says whose text and its MAC, no word of it.
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
    """Add to the folder's list whatever the books say is gone and the list lacks; how many lines.

    The list follows the books, so whatever stopped this once is made good by the next time.
    """
    return append(folder, find_erasures(engine))


def find_erasures(engine: Engine) -> set[Erasure]:
    """Every text that is gone from any community's books."""
    with read_transaction(engine) as connection:
        slugs = communities.slugs(connection)
    found: set[Erasure] = set()
    for slug in slugs:
        with read_for_verify(engine, slug) as unit:
            found |= set(all_erasures(unit))
    return found


def append(folder: Path, known: Iterable[Erasure]) -> int:
    """Add what the list lacks, and put it on the disk; how many lines."""
    path = folder / ERASURES
    fresh = sorted(set(known) - read_list(path))
    if fresh:
        torn = path.exists() and not path.read_bytes().endswith(b"\n")
        lines = "\n" * torn + "".join(json.dumps(asdict(one)) + "\n" for one in fresh)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
    return len(fresh)


def read_list(path: Path) -> set[Erasure]:
    """What a list names; none where there is no list."""
    return set(parse_lines(path.read_bytes().splitlines())) if path.exists() else set()


def parse_lines(lines: Iterable[bytes]) -> Iterator[Erasure]:
    """The erasures of a list; a line cut short by a power failure is passed over."""
    for line in lines:
        try:
            yield Erasure(**json.loads(line))
        except (ValueError, TypeError):
            continue
