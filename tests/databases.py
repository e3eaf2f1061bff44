"""Migrated databases of both kinds; each test has one of its own, copied from a template."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

import migrations
from ledger.db import make_engine
from tests import postgresql

BOTH = ["sqlite", "postgresql"]


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


NUMBERS = count(1)


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
