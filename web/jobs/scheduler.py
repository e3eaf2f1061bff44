"""What is due: each kind of job filed once for each community and period, however often this is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from web.jobs import queue
from web.jobs.kinds import all_job_kinds
from web.settings import Settings


@dataclass(frozen=True)
class FiledJob:
    """A job that was filed: its kind, the community it is about, and for when."""

    kind: str
    about: str
    period: str


def file_due(engine: Engine, settings: Settings, moment: dt.datetime) -> list[FiledJob]:
    """File what is due at a moment; only what nobody filed before is new."""
    due = [
        FiledJob(kind.slug, about, moment.strftime(kind.every))
        for kind in all_job_kinds().values()
        for about in kind.about(engine, settings)
    ]
    return [one for one in due if queue.file_job(engine, one.kind, one.about, one.period)]
