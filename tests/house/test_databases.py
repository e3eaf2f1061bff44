"""Each test has books of its own, as the migrations made them."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

import migrations
from ledger.database.unit_of_work import set_community
from ledger.models import community
from tests import postgresql
from tests.kept import remove

UID = "0192f0c4-7c1e-7b3a-9d52-3f6a1b2c4d5e"


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_writes_no_other_sees(engine: Engine, time: str) -> None:
    with engine.begin() as connection:
        assert connection.execute(select(community)).all() == [], time
        set_community(connection, 1)
        connection.execute(insert(community), {"community_id": 1, "uid": UID, "slug": "village"})


def test_books_come_with_every_migration(engine: Engine) -> None:
    assert migrations.is_current(engine)


def test_a_killed_run_leaves_no_server_behind() -> None:
    run = "import os; from tests.postgresql import running as r; s = r(); s.__enter__(); os.kill(os.getpid(), 9)"
    killed = subprocess.Popen([sys.executable, "-c", run])
    killed.wait()
    postgresql.clear_away_the_dead()
    assert list(Path(tempfile.gettempdir()).glob(f"{postgresql.PREFIX}{killed.pid}-*")) == []


def test_a_copy_of_a_process_leaves_the_files_of_its_maker(tmp_path: Path) -> None:
    copy = multiprocessing.get_context("fork").Process(target=remove, args=(tmp_path, os.getpid()))
    copy.start()
    copy.join()
    assert tmp_path.is_dir()
    remove(tmp_path, os.getpid())
    assert not tmp_path.exists()
