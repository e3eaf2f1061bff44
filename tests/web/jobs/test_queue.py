"""A job is filed once, held by one worker, tried three times, and never lost."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select, update

from ledger.database.unit_of_work import read_transaction, write_transaction
from tests.communities.small_community import SLUG
from web.jobs import queue
from web.jobs.queue import LEASE, MAX_TRIES, RETRY_DELAY, Task
from web.models.identity import now
from web.models.jobs import DONE, FAILED, RUNNING, WAITING, Job


def all_jobs(engine: Engine) -> list[tuple[str, str, int]]:
    with read_transaction(engine) as connection:
        query = select(Job.kind, Job.state, Job.tries).order_by(Job.job_id)
        return [(row.kind, row.state, row.tries) for row in connection.execute(query)]


def let_pass(engine: Engine, time: dt.timedelta) -> None:
    """Let time pass for every job."""
    with write_transaction(engine) as connection:
        for row in connection.execute(select(Job.job_id, Job.due_at, Job.lease_until)).all():
            earlier = {"due_at": row.due_at - time, "lease_until": row.lease_until and row.lease_until - time}
            connection.execute(update(Job).where(Job.job_id == row.job_id).values(earlier))


def claimed(engine: Engine, worker: str = "one") -> Task:
    task = queue.claim_job(engine, worker)
    assert task is not None
    return task


@pytest.fixture
def filed(engine: Engine) -> Engine:
    """Books with one job."""
    assert queue.file_job(engine, "verify", SLUG, "2026-11-21")
    return engine


def test_a_job_is_filed_once_for_its_period(filed: Engine) -> None:
    with ThreadPoolExecutor(4) as crowd:
        again = list(crowd.map(lambda _: queue.file_job(filed, "verify", SLUG, "2026-11-21"), range(8)))
        fresh = list(crowd.map(lambda _: queue.file_job(filed, "verify", SLUG, "2026-11-22"), range(8)))
    assert (any(again), sum(fresh), len(all_jobs(filed))) == (False, 1, 2)


def test_one_worker_holds_a_job(filed: Engine) -> None:
    with ThreadPoolExecutor(4) as crowd:
        held = list(crowd.map(lambda number: queue.claim_job(filed, f"worker {number}"), range(8)))
    assert sum(task is not None for task in held) == 1
    assert all_jobs(filed) == [("verify", RUNNING, 1)]


def test_a_job_that_is_done_is_not_done_again(filed: Engine) -> None:
    assert queue.finish(filed, claimed(filed), "all holds")
    let_pass(filed, LEASE * 10)
    assert queue.claim_job(filed, "two") is None
    assert all_jobs(filed) == [("verify", DONE, 1)]


def test_who_gives_no_sign_of_life_loses_the_job_and_cannot_end_it(filed: Engine) -> None:
    first = claimed(filed)
    let_pass(filed, LEASE + dt.timedelta(seconds=1))
    second = claimed(filed, "two")
    assert (second.job_id, second.tries) == (first.job_id, 2)
    assert not queue.renew(filed, first)
    assert not queue.finish(filed, first, "late")
    assert not queue.fail(filed, first, "late")
    assert queue.finish(filed, second, "in time")


def test_who_gives_a_sign_of_life_keeps_the_job(filed: Engine) -> None:
    task = claimed(filed)
    let_pass(filed, LEASE - dt.timedelta(seconds=2))
    assert queue.renew(filed, task)
    let_pass(filed, LEASE - dt.timedelta(seconds=2))
    assert queue.claim_job(filed, "two") is None


def test_a_job_is_tried_three_times_with_pauses(filed: Engine) -> None:
    for tries in range(1, MAX_TRIES + 1):
        task = claimed(filed)
        assert task.tries == tries
        assert queue.fail(filed, task, "no room on the disk")
        assert queue.claim_job(filed, "one") is None
        let_pass(filed, RETRY_DELAY * MAX_TRIES)
    assert all_jobs(filed) == [("verify", FAILED, MAX_TRIES)]
    with read_transaction(filed) as connection:
        assert [job.told for job in queue.latest_outcomes(connection, SLUG)] == ["no room on the disk"]
        assert queue.latest_outcomes(connection, "elsewhere") == []


def test_a_job_in_which_every_worker_dies_is_given_up(filed: Engine) -> None:
    for _ in range(MAX_TRIES):
        claimed(filed)
        let_pass(filed, LEASE * 2)
    assert queue.claim_job(filed, "four") is None
    assert all_jobs(filed) == [("verify", FAILED, MAX_TRIES)]


def test_a_job_handed_back_is_anybody_s(filed: Engine) -> None:
    assert queue.release(filed, claimed(filed))
    assert all_jobs(filed) == [("verify", WAITING, 0)]
    assert claimed(filed, "two").tries == 1


def test_what_is_due_first_is_done_first(filed: Engine) -> None:
    let_pass(filed, dt.timedelta(hours=1))
    queue.file_job(filed, "backup", "", "2026-11-21")
    assert [claimed(filed).kind, claimed(filed).kind] == ["verify", "backup"]
    assert now().tzinfo is not None
