"""Files due jobs: each kind once for each community and period, however often it runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from web.jobs import queue
from web.jobs.kinds import all_job_kinds
from web.settings import Settings


@dataclass(frozen=True)
class FiledJob:
    """A newly filed job: its kind, its community (empty for the whole installation) and its period."""

    kind: str
    about: str
    period: str


def file_due(engine: Engine, settings: Settings, moment: dt.datetime) -> list[FiledJob]:
    """File the jobs due at a moment; returns those that were not filed before."""
    due = [
        FiledJob(kind.slug, about, moment.strftime(kind.every))
        for kind in all_job_kinds().values()
        for about in kind.about(engine, settings)
    ]
    return [job for job in due if queue.file_job(engine, job.kind, job.about, job.period)]
