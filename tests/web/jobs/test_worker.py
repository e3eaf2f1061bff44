"""The nightly work: what is due is filed and done, a finding stops the books, a worker that is killed loses nothing."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from ledger.database import book_status
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_for_verify, read_transaction, set_book_status, write_transaction
from ledger.models.sqlite_authorizer import without_authorizer
from tests.applications import settings_in
from tests.communities import small_community
from tests.communities.small_community import SLUG, SmallCommunity
from web.backup import archive
from web.jobs import kinds, queue, scheduler, supervisor, worker
from web.jobs.kinds import DAILY, JobKind, all_job_kinds
from web.models.identity import now
from web.models.jobs import DONE, FAILED, RUNNING, WAITING, Job
from web.settings import Settings

NIGHT = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
PATIENCE_SECONDS = 60


@pytest.fixture
def settings(community: SmallCommunity, tmp_path: Path) -> Settings:
    """Settings with a folder for backups."""
    url = community.engine.url.render_as_string(hide_password=False)
    return settings_in(tmp_path, url, BACKUP_DIR=str(tmp_path / "kept"), BACKUP_DAYS="2")


def states(engine: Engine) -> dict[str, str]:
    with read_transaction(engine) as connection:
        return {row.kind: row.state for row in connection.execute(select(Job.kind, Job.state))}


def work(community: SmallCommunity, settings: Settings) -> int:
    return worker.run_jobs(community.engine, settings, keep_running=lambda: True, once=True)


def test_what_is_due_is_filed_once_and_done(community: SmallCommunity, settings: Settings, tmp_path: Path) -> None:
    assert {one.kind for one in scheduler.file_due(community.engine, settings, NIGHT)} >= {"verify", "backup"}
    assert scheduler.file_due(community.engine, settings, NIGHT) == []
    assert work(community, settings) == len(all_job_kinds())
    assert set(states(community.engine).values()) == {DONE}
    with archive.open_archive(tmp_path / "kept" / "hourstead-2026-11-21.backup") as found:
        assert [one["slug"] for one in found.about["communities"]] == [SLUG]


def test_backups_go_after_their_time(community: SmallCommunity, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    for name in ("hourstead-2026-11-18.backup", "hourstead-2026-11-19.backup", "notes.backup"):
        (tmp_path / "kept" / name).touch()
    scheduler.file_due(community.engine, settings, NIGHT)
    work(community, settings)
    left = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert left == ["hourstead-2026-11-19.backup", "hourstead-2026-11-21.backup", "notes.backup"]


def test_no_backup_is_due_without_a_folder(community: SmallCommunity, tmp_path: Path) -> None:
    filed = scheduler.file_due(community.engine, settings_in(tmp_path), NIGHT)
    assert "backup" not in {one.kind for one in filed}


def test_a_finding_at_night_makes_the_books_read_only(sqlite_engine: Engine, tmp_path: Path) -> None:
    small_community.create(sqlite_engine)
    community = SmallCommunity.of(sqlite_engine)
    community.donate("GEN", 500)
    with community.engine.begin() as connection, without_authorizer(connection):
        connection.exec_driver_sql("DROP TRIGGER balance_by_hand")
        connection.exec_driver_sql("UPDATE balance SET posted = posted + 1")
    settings = settings_in(tmp_path, str(community.engine.url))
    scheduler.file_due(community.engine, settings, NIGHT)
    work(community, settings)
    with read_for_verify(community.engine, SLUG) as unit:
        found = book_status.read_status(unit.connection, unit.community_id)
    assert (found.state, found.about.partition(":")[0]) in {("read-only", "balances"), ("read-only", "guards")}


def test_books_that_moved_are_not_checked_here(community: SmallCommunity, settings: Settings) -> None:
    set_book_status(community.engine, SLUG, book_status.MOVED, "elsewhere")
    assert "verify" not in {one.kind for one in scheduler.file_due(community.engine, settings, NIGHT)}


def test_what_goes_wrong_is_told_and_tried_again(community: SmallCommunity, settings: Settings) -> None:
    queue.file_job(community.engine, "unheard-of", "", "now")
    assert work(community, settings) == 1
    assert states(community.engine) == {"unheard-of": WAITING}
    with read_transaction(community.engine) as connection:
        assert connection.scalar(select(Job.told)) == "'unheard-of'"


def test_who_is_told_to_stop_leaves_the_job_to_the_next(
    community: SmallCommunity, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> str:
        raise SystemExit(0)

    known = {"long": JobKind("long", "Long", DAILY, lambda *_: [], stop)}
    monkeypatch.setattr(worker, "all_job_kinds", lambda: known)
    queue.file_job(community.engine, "long", "", "now")
    with pytest.raises(SystemExit):
        work(community, settings)
    assert states(community.engine) == {"long": WAITING}
    assert kinds.all_job_kinds().keys() >= {"verify", "backup"}


def test_a_database_that_is_away_is_waited_for(settings: Settings, tmp_path: Path) -> None:
    away = make_engine(f"sqlite:///{tmp_path / 'nowhere' / 'books.sqlite'}")
    assert worker.run_jobs(away, settings, keep_running=lambda: True, once=True) == 0


def wait_for(engine: Engine, state: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while set(states(engine).values()) != {state}:
        assert time.monotonic() < until, states(engine)
        time.sleep(0.05)


def test_a_job_whose_worker_is_killed_is_taken_up_again_and_done_once(
    community: SmallCommunity, settings: Settings
) -> None:
    community.engine.dispose()
    engine = community.engine
    slow = settings.data_dir / "large"
    with slow.open("wb") as file:
        file.truncate(400_000_000)
    queue.file_job(engine, "backup", "", "2026-11-21")
    killed = supervisor.start_worker(settings)
    wait_for(engine, RUNNING)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    slow.unlink()
    assert settings.backup_dir
    assert not any(path.suffix == ".backup" for path in settings.backup_dir.glob("*"))
    with write_transaction(engine) as connection:
        connection.execute(update(Job).values(lease_until=now() - dt.timedelta(seconds=1)))
    second = supervisor.start_worker(settings)
    wait_for(engine, DONE)
    second.terminate()
    assert second.wait(PATIENCE_SECONDS) == 0
    with read_transaction(engine) as connection:
        assert connection.execute(select(Job.tries, Job.state)).all() == [(2, DONE)]
    assert [path.name for path in settings.backup_dir.glob("*.backup")] == ["hourstead-2026-11-21.backup"]
    assert FAILED not in states(engine).values()


def test_the_worker_beside_a_server_ends_with_it(community: SmallCommunity, settings: Settings) -> None:
    queue.file_job(community.engine, "verify", SLUG, "2026-11-21")
    with supervisor.run_worker(settings):
        wait_for(community.engine, DONE)
    left = subprocess.run(["ps", "-o", "args", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True)
    assert " work --parent" not in left.stdout
