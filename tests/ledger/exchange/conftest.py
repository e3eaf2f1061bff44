"""A new community on each engine, and files to import into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.ledger.exchange.files import Files, found


@pytest.fixture
def books(engine: Engine) -> Engine:
    return found(engine)


@pytest.fixture
def files(tmp_path: Path, books: Engine) -> Files:
    return Files(tmp_path, books)


@pytest.fixture
def sqlite_files(tmp_path: Path, sqlite_engine: Engine) -> Files:
    return Files(tmp_path, found(sqlite_engine))
