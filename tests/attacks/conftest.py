"""One database of each kind for all attacks, and books of its own in it for each; afterwards they still hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import migrations
from ledger.database.engine import make_engine
from tests.attacks.books import Books
from tests.databases import BOTH, written
from tests.postgresql import APP, Server


@pytest.fixture(scope="session")
def sqlite_field(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("attacks") / "books.sqlite")
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_field(postgresql_server: Server, postgresql_template: str) -> Iterator[Engine]:
    engine = make_engine(written(postgresql_server.create("attacks", postgresql_template)))
    yield engine
    engine.dispose()
    postgresql_server.drop("attacks")


@pytest.fixture(scope="session")
def app_field(postgresql_server: Server, postgresql_field: Engine) -> Iterator[Engine]:
    """Return the same database as the login that serves opens it, inside whichever community an attack is about."""
    migrations.upgrade(postgresql_field)
    engine = make_engine(written(postgresql_server.url("attacks", APP)))
    yield engine
    engine.dispose()


def held(engine: Engine) -> Iterator[Books]:
    books = Books(engine)
    yield books
    assert {found.partition(":")[0] for found in books.findings()} <= books.unsaid


@pytest.fixture(params=[*BOTH, "app"])
def books(request: pytest.FixtureRequest) -> Iterator[Books]:
    """Return a community's books on each engine, and for the login that serves; whatever was tried, they hold."""
    yield from held(request.getfixturevalue(f"{request.param}_field"))


@pytest.fixture
def sqlite_books(sqlite_field: Engine) -> Iterator[Books]:
    yield from held(sqlite_field)


@pytest.fixture(params=["postgresql", "app"])
def postgresql_books(request: pytest.FixtureRequest) -> Iterator[Books]:
    yield from held(request.getfixturevalue(f"{request.param}_field"))


@pytest.fixture
def app_books(app_field: Engine) -> Iterator[Books]:
    yield from held(app_field)
