"""The books of the version before, in each way that this version comes by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.previous_version.books import BACKUP, Books, unpacked


@pytest.fixture
def file_books(tmp_path: Path) -> Books:
    """Return the database file as the version before left it."""
    return unpacked(tmp_path)


@pytest.fixture
def restored_books(empty_url: str, tmp_path: Path) -> Books:
    """Return the backup restored into a place without tables, on each engine in turn."""
    found = Books(empty_url, tmp_path)
    done = found.data("restore", BACKUP)
    assert done["ok"], done
    return found
