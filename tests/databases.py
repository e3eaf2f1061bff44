"""Migrated databases of both kinds; each test has one of its own, copied from a template, empty or filled."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, Engine

import migrations
from ledger.db import make_engine
from tests import postgresql

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


def written(url: URL) -> str:
    """Return an address as settings hold it."""
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "books.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: postgresql.Server) -> str:
    migrated(written(postgresql_server.create("template_books")))
    return "template_books"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return a migrated SQLite file's address."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'books.sqlite')}"


@pytest.fixture
def postgresql_url(postgresql_server: postgresql.Server, postgresql_template: str) -> Iterator[str]:
    """Return a migrated PostgreSQL database's address."""
    name = f"books_{next(NUMBERS)}"
    yield written(postgresql_server.create(name, postgresql_template))
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
        engine = make_engine(url)
        request.addfinalizer(engine.dispose)
        return engine

    return opened


@pytest.fixture
def engine(database_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books, on SQLite and on PostgreSQL; a test may damage them, they are its own."""
    return make(database_url)


@pytest.fixture
def own_engine(engine: Engine) -> Engine:
    """Say that the test drops guards or rewrites rows."""
    return engine


@pytest.fixture
def sqlite_engine(sqlite_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books on SQLite only, for what does not depend on the engine."""
    return make(sqlite_url)


@pytest.fixture
def postgresql_engine(postgresql_url: str, make: Callable[[str], Engine]) -> Engine:
    """Return migrated books on PostgreSQL only."""
    return make(postgresql_url)


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


@pytest.fixture(scope="session")
def sqlite_shelf(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    def copy(template: str | None) -> tuple[str, str]:
        path = Path(shutil.copy(template or sqlite_template, tmp_path_factory.mktemp("filled") / "books.sqlite"))
        return str(path), f"sqlite:///{path}"

    return Shelf(copy, lambda name: shutil.rmtree(Path(name).parent))


@pytest.fixture(scope="session")
def postgresql_shelf(postgresql_server: postgresql.Server, postgresql_template: str) -> Shelf:
    def copy(template: str | None) -> tuple[str, str]:
        name = f"filled_{next(NUMBERS)}"
        return name, written(postgresql_server.create(name, template or postgresql_template))

    return Shelf(copy, postgresql_server.drop)


@pytest.fixture(params=BOTH)
def filled(request: pytest.FixtureRequest) -> Iterator[Callable[[Filling], Engine]]:
    """Return copies of books with something in them already, on each engine in turn; they are the test's own."""
    shelf: Shelf = request.getfixturevalue(f"{request.param}_shelf")
    with ExitStack() as borrowed:

        def copied(filling: Filling) -> Engine:
            engine = make_engine(borrowed.enter_context(shelf.lent(filling)))
            borrowed.callback(engine.dispose)
            return engine

        yield copied
