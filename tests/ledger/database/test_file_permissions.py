"""The file that holds the books on SQLite is nobody else's to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

import migrations
from ledger.database import file_permissions
from ledger.database.engine import make_engine


def modes(path: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in path.parent.glob(f"{path.name}*")}


def test_new_books_and_their_log_are_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "books.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    with engine.connect():
        assert len(list(tmp_path.iterdir())) > 1
        assert modes(path) == {0o600}
    engine.dispose()


def test_a_file_that_is_there_already_keeps_its_rights_until_it_is_closed(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.chmod(0o664)
    engine = make_engine(sqlite_url)
    with engine.connect():
        assert file_permissions.is_accessible_to_others(path)
        file_permissions.remove_others_access(path)
        assert modes(path) == {0o600}
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///file:x?mode=ro&uri=true", "postgresql://here/books"])
def test_what_is_no_path_is_not_made(url: str) -> None:
    assert file_permissions.database_path(make_url(url)) is None


def test_nothing_is_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    file_permissions.create_private_file(None, None, [str(tmp_path / "nowhere" / "books.sqlite")], {})
    assert list(tmp_path.iterdir()) == []
