"""The worker: claims a job, holds it by signs of life while it runs, says how it ended, and takes the next."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ledger.core.errors import LedgerError
from web.jobs import queue
from web.jobs.kinds import all_job_kinds
from web.jobs.queue import LEASE, Task
from web.settings import Settings

log = logging.getLogger("hourstead.jobs")

POLL_SECONDS = 2.0


def run_jobs(engine: Engine, settings: Settings, *, goes_on: Callable[[], bool], once: bool = False) -> int:
    """Do what is due, again and again while it `goes_on`, or until nothing is due; how many jobs were done."""
    name, count = f"{os.getpid()}-{secrets.token_hex(4)}", 0
    while goes_on():
        done = _next(engine, settings, name)
        count += done
        if not done and once:
            break
        if not done:
            time.sleep(POLL_SECONDS)
    return count


def _next(engine: Engine, settings: Settings, name: str) -> bool:
    try:
        task = queue.claim_job(engine, name)
    except (LedgerError, SQLAlchemyError) as trouble:  # a database that is away comes back
        log.warning("jobs: the queue does not answer: %s", trouble)
        return False
    if task is not None:
        run_job(engine, settings, task)
    return task is not None


def run_job(engine: Engine, settings: Settings, task: Task) -> None:
    """Do one job. What goes wrong is told and tried again; who is told to stop leaves it to the next worker."""
    try:
        with _held(engine, task):
            told = all_job_kinds()[task.kind].run(engine, settings, task)
    except Exception as trouble:
        log.exception("jobs: %s %s %s, try %s", task.kind, task.about, task.period, task.tries)
        queue.fail(engine, task, str(trouble))
    except BaseException:
        queue.hand_back(engine, task)
        raise
    else:
        queue.finish(engine, task, told)


@contextmanager
def _held(engine: Engine, task: Task) -> Iterator[None]:
    """Renew the claim from beside, for a job may take longer than the lease."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                queue.renew(engine, task)
            except (LedgerError, SQLAlchemyError) as trouble:
                log.warning("jobs: could not renew: %s", trouble)

    beside = threading.Thread(target=renew, daemon=True)
    beside.start()
    try:
        yield
    finally:
        ended.set()
        beside.join()
