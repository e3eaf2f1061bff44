"""The nightly backup, if the settings name a folder for it; deletes expired backups."""

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

FILE_NAME = "hourstead-{}.backup"


def about(_engine: Engine, settings: Settings) -> Iterable[str]:
    """The whole installation, if a folder for backups is set."""
    return [""] if settings.backup_dir else []


def run(engine: Engine, settings: Settings, task: Task) -> str:
    """Create the backup of the day, then delete those older than `backup_days`."""
    if settings.backup_dir is None:
        return "no folder for backups is set"
    settings.backup_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup = create.create_backup(engine, settings.data_dir, settings.backup_dir / FILE_NAME.format(task.period))
    for path in find_expired(settings.backup_dir, dt.date.fromisoformat(task.period), settings.backup_days):
        path.unlink()
    return f"{backup.path}, {backup.size_bytes} bytes"


def find_expired(folder: Path, today: dt.date, days: int) -> list[Path]:
    """The nightly backups older than `days`; files with other names are never deleted."""
    first = FILE_NAME.format((today - dt.timedelta(days=days)).isoformat())
    return [path for path in sorted(folder.glob(FILE_NAME.format("????-??-??"))) if path.name < first]


KIND = JobKind("backup", N_("The nightly backup"), DAILY, about, run)
