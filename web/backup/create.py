"""Taking a backup: one file with every row, the data folder, hashes and heads, made from one snapshot while serving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from ledger.database import book_status
from ledger.database.unit_of_work import read_transaction, set_community
from ledger.models import chain_head, community
from web.backup import archive, data_folder, erasure_list, rows
from web.backup.archive import ArchiveWriter

ROWS = "rows"
Progress = Callable[[float], None]


@dataclass(frozen=True)
class BackupResult:
    """What a backup holds: where it is, its size in bytes, each community's head, and how many files of the folder."""

    path: Path
    size_bytes: int
    made_at: str
    communities: list[dict[str, Any]]
    files: int

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "file": str(self.path),
            "bytes": self.size_bytes,
            "made_at": self.made_at,
            "communities": self.communities,
            "files": self.files,
        }


def create_backup(engine: Engine, data_dir: Path, path: Path, progress: Progress = lambda _: None) -> BackupResult:
    """Write a backup of the whole installation; whoever is writing goes on meanwhile, and is in it or not, whole."""
    erasure_list.update_list(engine, data_dir)
    with read_transaction(engine) as connection:
        made_at, heads = book_status.database_time(connection), _heads(connection)
        with archive.write_archive(path) as parts:
            _tables(connection, parts, [head["number"] for head in heads], progress)
            count = data_folder.add_files(parts, data_dir, data_folder.database_file(engine))
            said = [{key: head[key] for key in ("slug", "uid", "seq", "hash")} for head in heads]
            about = {"made_at": made_at, "version": version("hourstead"), "step": _step(connection)}
            parts.close({**about, "communities": said})
    return BackupResult(path, path.stat().st_size, made_at, said, count)


def _step(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _heads(connection: Connection) -> list[dict[str, Any]]:
    """Each community's number, name and head."""
    found = connection.execute(select(community).order_by(community.c.community_id)).all()
    return [_head(connection, row.community_id, row.slug, str(row.uid)) for row in found]


def _head(connection: Connection, number: int, slug: str, uid: str) -> dict[str, Any]:
    set_community(connection, number)
    query = select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.community_id == number)
    row = connection.execute(query).one_or_none()
    seq, head = (row.seq, bytes(row.hash).hex()) if row else (0, "")
    return {"number": number, "slug": slug, "uid": uid, "seq": seq, "hash": head}


def _tables(connection: Connection, parts: ArchiveWriter, communities: list[int], progress: Progress) -> None:
    shapes = rows.list_tables(connection)
    for done, shape in enumerate(shapes, 1):
        parts.add(f"{ROWS}/{shape.table}.jsonl", rows.table_lines(connection, shape, communities))
        progress(done / len(shapes))
