"""Creates backups: one file with every row, the data folder, hashes and heads, from one snapshot while serving."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from ledger.database import book_status
from ledger.database.unit_of_work import read_transaction, set_community
from ledger.exchange.imports.result import Progress
from ledger.models import chain_head, community
from web.backup import archive, data_folder, erasure_list, rows
from web.backup.archive import ArchiveWriter

ROWS = "rows"


@dataclass(frozen=True)
class BackupResult:
    """A new backup: its path, size and time, each community's head, and the number of files from the data folder."""

    path: Path
    size_bytes: int
    made_at: str
    communities: list[dict[str, Any]]
    files: int

    def as_json(self) -> dict[str, Any]:
        """The data of `--json`."""
        return {
            "file": str(self.path),
            "bytes": self.size_bytes,
            "made_at": self.made_at,
            "communities": self.communities,
            "files": self.files,
        }


def create_backup(engine: Engine, data_dir: Path, path: Path, progress: Progress = lambda _: None) -> BackupResult:
    """Write a backup of the whole installation. Writers are not blocked; each transaction is in it or not."""
    erasure_list.update_list(engine, data_dir)
    with read_transaction(engine) as connection:
        made_at, heads = book_status.database_time(connection), _read_heads(connection)
        with archive.write_archive(path) as parts:
            _add_tables(connection, parts, [head["number"] for head in heads], progress)
            files = data_folder.add_files(parts, data_dir, data_folder.database_file(engine))
            communities = [{key: head[key] for key in ("slug", "uid", "seq", "hash")} for head in heads]
            about = {"made_at": made_at, "version": version("hourstead"), "step": _migration_step(connection)}
            parts.close({**about, "communities": communities})
    return BackupResult(path, path.stat().st_size, made_at, communities, files)


def _migration_step(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _read_heads(connection: Connection) -> list[dict[str, Any]]:
    """Each community's number, name and head."""
    communities = connection.execute(select(community).order_by(community.c.community_id)).all()
    return [_read_head(connection, row.community_id, row.slug, str(row.uid)) for row in communities]


def _read_head(connection: Connection, community_id: int, slug: str, uid: str) -> dict[str, Any]:
    set_community(connection, community_id)
    query = select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.community_id == community_id)
    row = connection.execute(query).one_or_none()
    seq, head = (row.seq, bytes(row.hash).hex()) if row else (0, "")
    return {"number": community_id, "slug": slug, "uid": uid, "seq": seq, "hash": head}


def _add_tables(connection: Connection, parts: ArchiveWriter, communities: list[int], progress: Progress) -> None:
    tables = rows.list_tables(connection)
    for done, table in enumerate(tables, 1):
        parts.add(f"{ROWS}/{table.name}.jsonl", rows.table_lines(connection, table, communities))
        progress(done / len(tables))
