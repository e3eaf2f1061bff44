"""The worker: claims a job, renews its claim while it runs, stores the outcome, and claims the next."""

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


def run_jobs(engine: Engine, settings: Settings, *, keep_running: Callable[[], bool], once: bool = False) -> int:
    """Run due jobs while `keep_running()`, or with `once` until none is due; returns the number of jobs run."""
    name, count = f"{os.getpid()}-{secrets.token_hex(4)}", 0
    while keep_running():
        is_done = _run_next(engine, settings, name)
        count += is_done
        if not is_done and once:
            break
        if not is_done:
            time.sleep(POLL_SECONDS)
    return count


def _run_next(engine: Engine, settings: Settings, name: str) -> bool:
    try:
        task = queue.claim_job(engine, name)
    except (LedgerError, SQLAlchemyError) as error:  # the database may be unreachable for a while
        log.warning("jobs: the queue does not answer: %s", error)
        return False
    if task is not None:
        run_job(engine, settings, task)
    return task is not None


def run_job(engine: Engine, settings: Settings, task: Task) -> None:
    """Run a job. An error is stored and the job tried again; a stopped worker releases the job to the next."""
    try:
        with _claim_renewed(engine, task):
            outcome = all_job_kinds()[task.kind].run(engine, settings, task)
    except Exception as error:
        log.exception("jobs: %s %s %s, try %s", task.kind, task.about, task.period, task.tries)
        queue.fail(engine, task, str(error))
    except BaseException:
        queue.release(engine, task)
        raise
    else:
        queue.finish(engine, task, outcome)


@contextmanager
def _claim_renewed(engine: Engine, task: Task) -> Iterator[None]:
    """Renew the claim from a thread, because a job may take longer than the lease."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                queue.renew(engine, task)
            except (LedgerError, SQLAlchemyError) as error:
                log.warning("jobs: could not renew: %s", error)

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
