"""The nightly backup, where the settings say in which folder; old ones go after their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

from ledger.core.messages import N_
from web.backup import create
from web.jobs.kinds import DAILY, JobKind
from web.jobs.queue import Task
from web.settings import Settings

NAME = "hourstead-{}.backup"


def about(_engine: Engine, settings: Settings) -> Iterable[str]:
    """The whole installation, where a folder for backups is set."""
    return [""] if settings.backup_dir else []


def run(engine: Engine, settings: Settings, task: Task) -> str:
    """Take the backup of the day, then let those go that are older than the settings keep them."""
    if settings.backup_dir is None:
        return "no folder for backups is set"
    settings.backup_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = create.create_backup(engine, settings.data_dir, settings.backup_dir / NAME.format(task.period))
    for path in expired(settings.backup_dir, dt.date.fromisoformat(task.period), settings.backup_days):
        path.unlink()
    return f"{kept.path}, {kept.size_bytes} bytes"


def expired(folder: Path, today: dt.date, days: int) -> list[Path]:
    """Our own backups of days before those that are kept; files by other names are nobody's business here."""
    first = NAME.format((today - dt.timedelta(days=days)).isoformat())
    return [path for path in sorted(folder.glob(NAME.format("????-??-??"))) if path.name < first]


KIND = JobKind("backup", N_("The nightly backup"), DAILY, about, run)
