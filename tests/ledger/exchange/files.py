"""Journal and registers files to import: Willow's year, and small ones made for a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ledger.database.unit_of_work import write_transaction
from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from ledger.exchange.imports.result import Imported
from ledger.registers import communities

GOLDEN = Path(__file__).parents[2] / "golden"
WILLOW, REGISTERS, CLOSING = (
    GOLDEN / name for name in ("willow.jsonl", "willow-registers.json", "willow-closing.json")
)
SLUG = "willow"


def found(engine: Engine, slug: str = SLUG) -> Engine:
    """Found a new community to import into."""
    with write_transaction(engine) as connection:
        communities.create(connection, slug, slug.title(), "EUR", "Europe/Athens")
    return engine


def willow_lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in WILLOW.read_text().splitlines()]


def hours(key: Any = "K1", **said: Any) -> dict[str, Any]:
    """A line that is whole by itself: Ana helps Bea."""
    line = {
        "key": key,
        "date": "2026-03-05",
        "family": "exchange",
        "kind": "hours",
        "narration": "Weeding",
        "postings": [posting(90, owner="Bea"), posting(-90, owner="Ana")],
    }
    return {name: value for name, value in (line | said).items() if value is not ...}


def posting(amount: Any, **said: Any) -> dict[str, Any]:
    leaf = {"account": "T2000", "unit": "min", "fund": "TB", "amount": amount}
    return {name: value for name, value in (leaf | said).items() if value is not ...}


class Files:
    """Writes files and imports them."""

    def __init__(self, folder: Path, engine: Engine, slug: str = SLUG) -> None:
        self.folder, self.engine, self.slug = folder, engine, slug

    def write(self, *lines: Any) -> Path:
        path = self.folder / "journal.jsonl"
        path.write_bytes(b"".join(as_bytes(line) + b"\n" for line in lines))
        return path

    def journal(self, *lines: Any, partial: bool = False) -> Imported:
        return import_journal(self.engine, self.slug, self.write(*lines), partial=partial)

    def registers(self, said: object) -> Imported:
        path = self.folder / "registers.json"
        path.write_text(said if isinstance(said, str) else json.dumps(said))
        return import_registers(self.engine, self.slug, path)


def as_bytes(line: dict[str, Any] | str | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()
