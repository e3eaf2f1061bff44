"""The job queue: files a job once, claims it for a lease, renews the lease, and stores the outcome."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, insert, or_, select, update

from ledger.core.errors import CommitFailed
from ledger.database.unit_of_work import write_transaction
from web.models.identity import now
from web.models.jobs import DONE, FAILED, RUNNING, WAITING, Job

LEASE = dt.timedelta(seconds=60)
"""How long a worker holds a job without renewing its claim."""
MAX_TRIES = 3
RETRY_DELAY = dt.timedelta(minutes=2)
"""How long a failed job waits for its next try, times the number of tries."""
WORKER_DIED = "The worker ended in the middle of it."


@dataclass(frozen=True)
class Task:
    """A claimed job; `worker` is who claimed it."""

    job_id: int
    kind: str
    about: str
    period: str
    tries: int
    worker: str


def file_job(engine: Engine, kind: str, about: str, period: str) -> bool:
    """File a job unless it is filed already; returns whether it is new."""
    moment = now()
    row = {"kind": kind, "about": about, "period": period, "state": WAITING, "tries": 0}
    same = (Job.kind == kind, Job.about == about, Job.period == period)
    try:
        with write_transaction(engine) as connection:
            if connection.execute(select(Job.job_id).where(*same)).first() is not None:
                return False
            connection.execute(insert(Job), {**row, "filed_at": moment, "due_at": moment})
    except CommitFailed:  # another process filed it at the same time
        return False
    return True


def claim_job(engine: Engine, worker: str) -> Task | None:
    """Claim the job that is due longest, for a lease; None if no job is due."""
    moment = now()
    with write_transaction(engine) as connection:
        _fail_abandoned(connection, moment)
        is_free = _free_condition(moment)
        query = select(Job.job_id, Job.kind, Job.about, Job.period, Job.tries).where(is_free)
        row = connection.execute(query.order_by(Job.due_at, Job.job_id).limit(1)).first()
        if row is None:
            return None
        claim = {"state": RUNNING, "worker": worker, "lease_until": moment + LEASE, "tries": row.tries + 1}
        if connection.execute(update(Job).where(Job.job_id == row.job_id, is_free).values(claim)).rowcount != 1:
            return None  # another worker was quicker
        return Task(row.job_id, row.kind, row.about, row.period, row.tries + 1, worker)


def _free_condition(moment: dt.datetime) -> ColumnElement[bool]:
    """Matches jobs that are due and not claimed, or whose lease has expired."""
    return or_(and_(Job.state == WAITING, Job.due_at <= moment), and_(Job.state == RUNNING, Job.lease_until < moment))


def _fail_abandoned(connection: Connection, moment: dt.datetime) -> None:
    """Fail the jobs whose workers died at every try."""
    abandoned = (Job.state == RUNNING, Job.lease_until < moment, Job.tries >= MAX_TRIES)
    connection.execute(update(Job).where(*abandoned).values(state=FAILED, ended_at=moment, told=WORKER_DIED))


def renew(engine: Engine, task: Task) -> bool:
    """Renew the lease of a job; returns whether the worker still holds it."""
    return _update_held(engine, task, {"lease_until": now() + LEASE})


def finish(engine: Engine, task: Task, outcome: str) -> bool:
    """Store the outcome of a finished job; returns whether the worker still held it."""
    return _update_held(engine, task, {"state": DONE, "ended_at": now(), "told": outcome})


def fail(engine: Engine, task: Task, outcome: str) -> bool:
    """Store a failure: the job is tried again after a delay, and fails for good after the last try."""
    if task.tries >= MAX_TRIES:
        return _update_held(engine, task, {"state": FAILED, "ended_at": now(), "told": outcome})
    return _update_held(engine, task, {"state": WAITING, "due_at": now() + RETRY_DELAY * task.tries, "told": outcome})


def release(engine: Engine, task: Task) -> bool:
    """Release a job to the next worker, as if it had not been started."""
    return _update_held(engine, task, {"state": WAITING, "tries": task.tries - 1, "lease_until": None, "worker": None})


def _update_held(engine: Engine, task: Task, values: dict[str, Any]) -> bool:
    is_held = (Job.job_id == task.job_id, Job.state == RUNNING, Job.worker == task.worker)
    with write_transaction(engine) as connection:
        return connection.execute(update(Job).where(*is_held).values(values)).rowcount == 1


@dataclass(frozen=True)
class JobOutcome:
    """The outcome of a job; `told` is its text."""

    kind: str
    about: str
    period: str
    state: str
    told: str | None


def latest_outcomes(connection: Connection, about: str) -> list[JobOutcome]:
    """The latest outcome of each kind of job, of a community and of the whole installation."""
    has_ended = (Job.about.in_([about, ""]), Job.state.in_([DONE, FAILED]))
    query = select(Job.kind, Job.about, Job.period, Job.state, Job.told).where(*has_ended)
    outcomes = [JobOutcome(*row) for row in connection.execute(query.order_by(Job.ended_at, Job.job_id))]
    return list({(outcome.kind, outcome.about): outcome for outcome in outcomes}.values())
