"""The queue: filing a job once, claiming it for a while, renewing the claim, saying how it ended."""

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
"""How long a worker holds a job without a sign of life."""
TRIES = 3
PAUSE = dt.timedelta(minutes=2)
"""How long a job that did not succeed waits before it is tried again."""
WORKER_DIED = "The worker ended in the middle of it."


@dataclass(frozen=True)
class Task:
    """A job that a worker holds."""

    job_id: int
    kind: str
    about: str
    period: str
    tries: int
    worker: str


def file_job(engine: Engine, kind: str, about: str, period: str) -> bool:
    """File a job unless it was filed before; whether it is new."""
    moment = now()
    row = {"kind": kind, "about": about, "period": period, "state": WAITING, "tries": 0}
    same = (Job.kind == kind, Job.about == about, Job.period == period)
    try:
        with write_transaction(engine) as connection:
            if connection.execute(select(Job.job_id).where(*same)).first() is not None:
                return False
            connection.execute(insert(Job), {**row, "filed_at": moment, "due_at": moment})
    except CommitFailed:  # somebody else filed it in this very moment
        return False
    return True


def claim_job(engine: Engine, worker: str) -> Task | None:
    """Take the job that has been due for longest, for as long as the lease runs; None where nothing is due."""
    moment = now()
    with write_transaction(engine) as connection:
        _give_up(connection, moment)
        free = _free(moment)
        query = select(Job.job_id, Job.kind, Job.about, Job.period, Job.tries).where(free)
        found = connection.execute(query.order_by(Job.due_at, Job.job_id).limit(1)).first()
        if found is None:
            return None
        held = {"state": RUNNING, "worker": worker, "lease_until": moment + LEASE, "tries": found.tries + 1}
        if connection.execute(update(Job).where(Job.job_id == found.job_id, free).values(held)).rowcount != 1:
            return None  # another worker was quicker
        return Task(found.job_id, found.kind, found.about, found.period, found.tries + 1, worker)


def _free(moment: dt.datetime) -> ColumnElement[bool]:
    """Due and nobody's, or held by a worker that gave no sign of life."""
    return or_(and_(Job.state == WAITING, Job.due_at <= moment), and_(Job.state == RUNNING, Job.lease_until < moment))


def _give_up(connection: Connection, moment: dt.datetime) -> None:
    """A job in which every worker died is not tried for ever."""
    dead = (Job.state == RUNNING, Job.lease_until < moment, Job.tries >= TRIES)
    connection.execute(update(Job).where(*dead).values(state=FAILED, ended_at=moment, told=WORKER_DIED))


def renew(engine: Engine, task: Task) -> bool:
    """Hold a job for longer; whether it is still this worker's."""
    return _change(engine, task, {"lease_until": now() + LEASE})


def finish(engine: Engine, task: Task, told: str) -> bool:
    """Say that a job is done and what it found; whether it was still this worker's."""
    return _change(engine, task, {"state": DONE, "ended_at": now(), "told": told})


def fail(engine: Engine, task: Task, told: str) -> bool:
    """Say that a job did not succeed: it is tried again after a pause, and given up after the last try."""
    if task.tries >= TRIES:
        return _change(engine, task, {"state": FAILED, "ended_at": now(), "told": told})
    return _change(engine, task, {"state": WAITING, "due_at": now() + PAUSE * task.tries, "told": told})


def hand_back(engine: Engine, task: Task) -> bool:
    """Leave a job for the next worker, as if it had not been begun."""
    return _change(engine, task, {"state": WAITING, "tries": task.tries - 1, "lease_until": None, "worker": None})


def _change(engine: Engine, task: Task, values: dict[str, Any]) -> bool:
    mine = (Job.job_id == task.job_id, Job.state == RUNNING, Job.worker == task.worker)
    with write_transaction(engine) as connection:
        return connection.execute(update(Job).where(*mine).values(values)).rowcount == 1


@dataclass(frozen=True)
class JobOutcome:
    """How a job ended, and what it told."""

    kind: str
    about: str
    period: str
    state: str
    told: str | None


def latest_outcomes(connection: Connection, about: str) -> list[JobOutcome]:
    """The last of each kind of job about a community, or about the whole installation, that has ended."""
    ended = (Job.about.in_([about, ""]), Job.state.in_([DONE, FAILED]))
    query = select(Job.kind, Job.about, Job.period, Job.state, Job.told).where(*ended)
    found = [JobOutcome(*row) for row in connection.execute(query.order_by(Job.ended_at, Job.job_id))]
    return list({(one.kind, one.about): one for one in found}.values())
