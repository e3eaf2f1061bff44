"""Migrated databases of both kinds; each test has one of its own, copied from a template, empty or filled."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, Engine

import migrations
from ledger.database.engine import make_engine
from migrations import grants
from tests import postgresql
from tests.kept import kept, sqlite_folder

BOTH = ["sqlite", "postgresql"]
NUMBERS = count(1)
ZONE = ZoneInfo("Europe/Athens")
"""Where the tests' communities live."""

Filling = Callable[[Engine], object]
"""Writes what many tests begin with into migrated books; a function of a module, known by its name."""


def migrated(url: str) -> None:
    """Build the tables the way an operator does, by the migrations."""
    engine = make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()


def divided(url: str) -> None:
    """Give the logins that serve and that read their rights, the way an operator does."""
    engine = make_engine(url)
    with engine.begin() as connection:
        grants.grant(connection, postgresql.APP, grants.APP)
        grants.grant(connection, postgresql.READER, grants.READER)
    engine.dispose()


def owned(engine: Engine) -> str:
    """Return the address of books for whoever owns the tables."""
    return written(engine.url.set(username=postgresql.OWNER) if engine.dialect.name == "postgresql" else engine.url)


def written(url: URL) -> str:
    """Return an address as settings hold it."""
    return url.render_as_string(hide_password=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let quick tests hand their files on, and never search what was imported for cycles: half of their time."""
    kept.on = bool(session.config.getoption("quick"))
    if kept.on:
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000)


@cache
def sqlite_migrated() -> Path:
    """Return an SQLite file without books, as the migrations make it."""
    path = sqlite_folder() / "books.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    return sqlite_migrated()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: postgresql.Server) -> str:
    url = written(postgresql_server.create("template_books"))
    migrated(url)
    divided(url)
    return "template_books"


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """Return a migrated SQLite file's address."""
    folder = kept.folder()
    yield f"sqlite:///{shutil.copy(sqlite_template, folder / 'books.sqlite')}"
    kept.clear(folder)


@pytest.fixture
def postgresql_url(postgresql_server: postgresql.Server, postgresql_template: str) -> Iterator[str]:
    """Return a migrated PostgreSQL database's address, for the login that serves."""
    name = f"books_{next(NUMBERS)}"
    postgresql_server.create(name, postgresql_template)
    yield written(postgresql_server.url(name, postgresql.APP))
    postgresql_server.drop(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return a migrated database's address, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: postgresql.Server = request.getfixturevalue("postgresql_server")
    name = f"empty_{next(NUMBERS)}"
    yield written(server.create(name))
    server.drop(name)


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Callable[[str], Engine]:
    """Open engines that are closed when the test ends."""

    def opened(url: str) -> Engine:
        engine = kept.open(url)
        request.addfinalizer(lambda: kept.close(engine))
        return engine

    return opened


@pytest.fixture
def engine(database_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books, on SQLite and on PostgreSQL; a test may damage them, they are its own."""
    return make(database_url)


@pytest.fixture
def own_engine(engine: Engine, make: Callable[[str], Engine]) -> Engine:
    """Return the books as their owner opens them, for tests that drop guards or rewrite rows."""
    return make(owned(engine))


@pytest.fixture
def own_filled(filled: Callable[[Filling], Engine], make: Callable[[str], Engine]) -> Callable[[Filling], Engine]:
    """Return copies of filled books as their owner opens them."""
    return lambda filling: make(owned(filled(filling)))


@pytest.fixture
def sqlite_engine(sqlite_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books on SQLite only, for what does not depend on the engine."""
    return make(sqlite_url)


@pytest.fixture
def postgresql_engine(postgresql_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books on PostgreSQL only."""
    return make(postgresql_url)


@pytest.fixture
def own_postgresql(postgresql_engine: Engine, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books on PostgreSQL as their owner opens them."""
    return make(owned(postgresql_engine))


@dataclass(frozen=True)
class Shelf:
    """Books that are filled once in a session, and copied for every test that begins with the same.

    After midnight they are filled anew, because offices and days in them may begin today.
    """

    copy: Callable[[str | None], tuple[str, str]]
    drop: Callable[[str], object]
    templates: dict[tuple[Filling, dt.date], str] = field(default_factory=dict)

    @contextmanager
    def lent(self, filling: Filling) -> Iterator[str]:
        """Give the address of a copy, for as long as a test takes."""
        name, url = self.copy(self._template(filling))
        yield url
        self.drop(name)

    def _template(self, filling: Filling) -> str:
        today = dt.datetime.now(ZONE).date()
        if (filling, today) not in self.templates:
            name, url = self.copy(None)
            engine = make_engine(url)
            filling(engine)
            engine.dispose()
            self.templates[filling, today] = name
        return self.templates[filling, today]


@cache
def sqlite_shelf() -> Shelf:
    """Return the SQLite files of this process."""

    def copy(template: str | None) -> tuple[str, str]:
        path = shutil.copy(template or sqlite_migrated(), kept.folder() / "books.sqlite")
        return str(path), f"sqlite:///{path}"

    return Shelf(copy, lambda name: kept.clear(Path(name).parent))


@pytest.fixture(scope="session", name="sqlite_shelf")
def _sqlite_shelf() -> Shelf:
    return sqlite_shelf()


@pytest.fixture(scope="session")
def postgresql_shelf(postgresql_server: postgresql.Server, postgresql_template: str) -> Shelf:
    def copy(template: str | None) -> tuple[str, str]:
        name = f"filled_{next(NUMBERS)}"
        postgresql_server.create(name, template or postgresql_template)
        return name, written(postgresql_server.url(name, postgresql.APP))

    return Shelf(copy, postgresql_server.drop)


@contextmanager
def lending(shelf: Shelf) -> Iterator[Callable[[Filling], Engine]]:
    """Open copies of filled books, for as long as a test takes."""
    with ExitStack() as borrowed:

        def copied(filling: Filling) -> Engine:
            engine = kept.open(borrowed.enter_context(shelf.lent(filling)))
            borrowed.callback(kept.close, engine)
            return engine

        yield copied


@pytest.fixture(params=BOTH)
def filled(request: pytest.FixtureRequest) -> Iterator[Callable[[Filling], Engine]]:
    """Return copies of books with something in them already, on each engine in turn; they are the test's own."""
    with lending(request.getfixturevalue(f"{request.param}_shelf")) as copied:
        yield copied


@pytest.fixture
def sqlite_filled(sqlite_shelf: Shelf) -> Iterator[Callable[[Filling], Engine]]:
    """Return such copies on SQLite only."""
    with lending(sqlite_shelf) as copied:
        yield copied
