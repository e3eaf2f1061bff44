"""How many processes serve, and that on PostgreSQL they serve the same books."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from tests.applications import SECRET, settings_in
from tests.neighbours import HIDDEN, PASSWORD, settle
from web import create_app
from web.serving.gunicorn_server import MAX_PROCESSES, count_processes

SECONDS = 60
HOURS, WAITING = "/c/willow/hours/other", "/c/willow/waiting"


@dataclass
class Visitor:
    """A browser without scripts, at a server of its own."""

    root: str
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    )

    def open(self, path: str) -> str:
        """Open a page."""
        return self._answer(path, None)

    def fill_in(self, path: str, **answers: str) -> str:
        """Open a page and send its form; the page that comes then."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.open(path))}
        return self._answer(path, urllib.parse.urlencode(hidden | answers).encode())

    def _answer(self, path: str, data: bytes | None) -> str:
        with self.opener.open(self.root + path, data, timeout=SECONDS) as answer:
            return str(answer.read().decode())


@dataclass
class Server:
    """A server as `serve` starts it, with the processes that answer and the one that works."""

    root: str
    process: psutil.Popen

    def started(self) -> tuple[list[psutil.Process], list[psutil.Process]]:
        """Give the processes that answer, and those that do jobs."""
        children = self.process.children()
        at_work = [child for child in children if "work" in child.cmdline()]
        return [child for child in children if child not in at_work], at_work

    def answering(self, count: int) -> list[psutil.Process]:
        """Wait until the server answers by so many processes."""
        last = time.monotonic() + SECONDS
        while time.monotonic() < last and self.process.is_running():
            answering, at_work = self.started()
            if len(answering) == count and at_work and self._answers():
                return answering
            time.sleep(0.2)
        raise TimeoutError(f"{self.started()} after {SECONDS} seconds")

    def _answers(self) -> bool:
        try:
            return "ok" in Visitor(self.root).open("/healthz")
        except OSError:
            return False


@contextmanager
def started(url: str, folder: Path, *options: str) -> Iterator[Server]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    settings = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": SECRET}
    command = "from web.commands import main; main()"
    process = psutil.Popen(
        [sys.executable, "-c", command, "serve", "--port", port, *options],
        env={f"HOURSTEAD_{name}": value for name, value in settings.items()} | {"PYTHONPATH": ":".join(sys.path)},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def paused(process: psutil.Process) -> Iterator[None]:
    """Let another process answer."""
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def log_hours(visitor: Visitor, receiver: int, what: str) -> None:
    """Write down help, which waits for the receiver's yes."""
    said = visitor.fill_in(HOURS, side="gave", who=str(receiver), duration="90", day="today", what=what)
    assert what in said


def test_each_process_shows_at_once_what_another_one_wrote(postgresql_url: str, tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path, postgresql_url))
    people = settle(app).people
    app.extensions["engine"].dispose()
    with started(postgresql_url, tmp_path, "--workers", "2") as server:
        first, second = server.answering(2)
        bea, ana = Visitor(server.root), Visitor(server.root)
        with paused(first):
            for visitor, name in ((bea, "bea"), (ana, "ana")):
                visitor.fill_in("/sign-in", identity=name, password=PASSWORD)
            log_hours(bea, people["Ana"], "Weeding the beans")
        with paused(second):
            assert "Weeding the beans" in ana.open(WAITING)
            log_hours(bea, people["Ana"], "Sewing a coat")
        with paused(first):
            page = ana.open(WAITING)
            assert "Weeding the beans" in page
            assert "Sewing a coat" in page


def test_one_worker_does_the_jobs_and_a_stop_ends_every_process(postgresql_url: str, tmp_path: Path) -> None:
    with started(postgresql_url, tmp_path, "--workers", "3") as server:
        answering = server.answering(3)
        _, at_work = server.started()
        assert len(at_work) == 1
    assert server.process.returncode == 0
    _, alive = psutil.wait_procs([*answering, *at_work], timeout=SECONDS)
    assert alive == []


def test_there_is_a_process_for_each_core_on_postgresql_and_one_on_sqlite() -> None:
    assert 1 <= count_processes("postgresql://localhost/books") <= MAX_PROCESSES
    assert count_processes("sqlite:///books.sqlite") == 1
