"""Reliability test 8: on a full disk the page says so and keeps the form, the books hold, and with room it goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from ledger.checks import verify
from ledger.database import error_translation
from ledger.database.unit_of_work import read_books
from tests.applications import settings_in
from tests.databases import written
from tests.neighbours import HIDDEN, Browser, Neighbours, settle
from tests.postgresql import Server
from tests.reliability import standing
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import value
from tests.reliability.test_04_same_key import FORM
from web import create_app

Narrowed = Callable[[], AbstractContextManager[None]]
TRIES = 3000


def squeezed(neighbours: Neighbours, narrowed: Narrowed) -> int:
    """Write until there is no room, look, make room, and send the same form again; give how many went in."""
    engine, bea, said = neighbours.engine, neighbours.signed_in("Bea"), 0
    bea.open(FORM)
    with narrowed():
        form, status, text = sent(neighbours, bea, said)
        while status == 303 and said < TRIES:
            said += 1
            form, status, text = sent(neighbours, bea, said)
        assert status == 503
        assert form["key"] in text
        assert len(standing.entries(engine)) == said
        assert faults(engine) == []
    assert bea.client.post(FORM, data=form | dict(HIDDEN.findall(text))).status_code == 303
    assert len(standing.entries(engine)) == said + 1
    assert faults(engine) == []
    return said


def sent(neighbours: Neighbours, bea: Browser, number: int) -> tuple[dict[str, str], int, str]:
    """Send a new form; give it, the status and the page that came."""
    known = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "90", "day": "today"}
    form = dict(HIDDEN.findall(bea.open(FORM).text)) | known | {"what": f"{number} " + "x" * 150}
    answer = bea.client.post(FORM, data=form)
    return form, answer.status_code, answer.text


def faults(engine: Engine) -> list[str]:
    with read_books(engine, "willow") as books:
        return [str(finding) for finding in verify(books).findings] + standing.halves(engine)


def page_limit(engine: Engine) -> Narrowed:
    """Let an SQLite file grow by a few pages only."""

    @contextmanager
    def narrowed() -> Iterator[None]:
        pages = value(engine, "PRAGMA page_count")

        def limit(connection: Any, _record: object, _proxy: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages + 1}")

        event.listen(engine, "checkout", limit)
        yield
        event.remove(engine, "checkout", limit)
        engine.dispose()

    return narrowed


def test_reliability_8_a_full_sqlite_file_is_told_and_goes_on_with_room(neighbours: Neighbours, tell: Tell) -> None:
    went_in = squeezed(neighbours, page_limit(neighbours.engine))
    assert went_in > 0
    tell(f"SQLite: refused by 503 after {went_in} entries, the same form went in with room")


@pytest.fixture
def small_disk(tmp_path: Path, postgresql_server: Server) -> Iterator[Path]:
    """Return a folder on a disk of 32 MB that belongs to the server's user, where this machine allows it."""
    folder = Path("/tmp") / f"hourstead-small-disk-{os.getpid()}"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder], check=False).returncode
    if made != 0:
        folder.rmdir()
        pytest.skip("a small disk can only be made by root")
    owner = Path(postgresql_server.socket_dir).stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
    folder.rmdir()


@pytest.fixture
def cramped(
    small_disk: Path, postgresql_server: Server, postgresql_template: str, tmp_path: Path
) -> Iterator[Neighbours]:
    """Return Willow on PostgreSQL, in a tablespace on the small disk."""
    run(postgresql_server, f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    run(
        postgresql_server, f"CREATE DATABASE cramped TEMPLATE {postgresql_template} TABLESPACE small STRATEGY FILE_COPY"
    )
    app = create_app(settings_in(tmp_path, written(postgresql_server.url("cramped"))))
    try:
        yield settle(app)
    finally:
        app.extensions["engine"].dispose()
        postgresql_server.drop("cramped")
        run(postgresql_server, "DROP TABLESPACE small")


def run(server: Server, sql: str) -> None:
    with psycopg.connect(host=server.socket_dir, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.encode())


def filler(folder: Path) -> Narrowed:
    """Fill a disk with a file, to the last byte."""

    @contextmanager
    def narrowed() -> Iterator[None]:
        path = folder / "filler"
        try:
            with path.open("wb", buffering=0) as file:
                while file.write(b"x" * 4096):
                    pass
        except OSError:
            pass
        yield
        path.unlink()

    return narrowed


@pytest.mark.slow
def test_reliability_8_a_full_postgresql_disk_is_told_and_goes_on_with_room(
    cramped: Neighbours, small_disk: Path, tell: Tell
) -> None:
    went_in = squeezed(cramped, filler(small_disk))
    assert went_in >= 0
    tell(f"PostgreSQL: refused by 503 after {went_in} entries, the same form went in with room")


@pytest.mark.slow
def test_reliability_8_fails_when_the_fault_has_no_name(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_translation, "errors_translated", nullcontext)
    with pytest.raises(AssertionError):
        squeezed(neighbours, page_limit(neighbours.engine))
