"""A backup made while people write comes back elsewhere, on either engine, row for row, and nothing erased with it."""

from __future__ import annotations

import dataclasses
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from ledger.checks import verify
from ledger.core.errors import BooksReadOnly, DatabaseUnfit
from ledger.database import book_status
from ledger.database.unit_of_work import read_books, read_transaction, write_books, write_transaction
from ledger.journal import queries
from ledger.models.sqlite_authorizer import without_authorizer
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import erase_names, erase_words
from tests.communities.small_community import ELI, SLUG, SmallCommunity
from web.backup import archive, create, erasure_list, restore, rows
from web.backup.archive import BackupDamaged
from web.backup.restore import DatabaseFilled, DatabaseInUse, RestoreResult
from web.identity import logins, make_login, sessions
from web.models.identity import Login, LoginSession, Membership

Make = Callable[[str], Engine]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with a file of its own."""
    folder = tmp_path / "home"
    (folder / "results").mkdir(parents=True)
    (folder / "secret_key").write_text("a" * 64)
    (folder / "results" / "sheet.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another data folder, with a list of erasures."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def every_row(engine: Engine) -> dict[str, list[bytes]]:
    """All rows of all tables as a backup writes them."""
    with read_transaction(engine) as connection:
        here = [communities.find(connection, slug) or 0 for slug in communities.slugs(connection)]
        return {table.name: list(rows.table_lines(connection, table, here)) for table in rows.list_tables(connection)}


def kept(community: SmallCommunity, home: Path, tmp_path: Path) -> Path:
    return create.create_backup(community.engine, home, tmp_path / "kept.backup").path


def test_a_backup_comes_back_row_for_row_on_either_engine(
    community: SmallCommunity, home: Path, elsewhere: Path, tmp_path: Path, empty_url: str, make: Make
) -> None:
    make_login(community.engine, "eli", "tomato ladder sky", SLUG, ELI)
    community.donate("GEN", 1200)
    before = every_row(community.engine)
    path = kept(community, home, tmp_path)
    target = make(empty_url)
    done = restore.restore(target, elsewhere, path)
    assert (done.ok, done.replaced, [one.slug for one in done.communities]) == (True, None, [SLUG])
    assert every_row(target) == before
    assert (elsewhere / "results" / "sheet.pdf").read_bytes() == b"%PDF"
    assert ((path.stat().st_mode | (elsewhere / "secret_key").stat().st_mode) & 0o777) == 0o600
    again = SmallCommunity(target, community.today)
    again.donate("GEN", 300)
    with write_transaction(target) as connection:
        assert logins.create(connection, "dee", "hash") > 1


def test_a_backup_under_load_holds_a_head_that_was_committed(
    community: SmallCommunity, home: Path, elsewhere: Path, tmp_path: Path, make: Make
) -> None:
    heads, enough = {}, threading.Event()

    def post() -> None:
        while not enough.is_set():
            community.donate("GEN", 100)
            with read_books(community.engine, SLUG) as books:
                heads[books.head.seq] = books.head.hash.hex()

    writer = threading.Thread(target=post)
    writer.start()
    made = [create.create_backup(community.engine, home, tmp_path / f"{number}.backup") for number in range(3)]
    enough.set()
    writer.join()
    for one in made:
        said = one.communities[0]
        assert heads.get(said["seq"], said["hash"]) == said["hash"]
    done = restore.restore(make(f"sqlite:///{tmp_path / 'restored.sqlite'}"), elsewhere, made[-1].path)
    assert done.ok
    assert done.communities[0].head.hash.hex() == made[-1].communities[0]["hash"]


def test_what_was_erased_after_the_backup_stays_erased(
    community: SmallCommunity, home: Path, tmp_path: Path, empty_url: str, make: Make
) -> None:
    community.donate("GEN", 1200)
    with write_books(community.engine, SLUG) as unit:
        entry = unit.at
        member = dataclasses.replace(members.get(unit, ELI), left=community.ago(365))
        members.change(unit, member, entered_by=OPERATOR)
    path = kept(community, home, tmp_path)
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, entry, entered_by=OPERATOR)
        erase_names(unit, ELI, entered_by=OPERATOR)
    assert erasure_list.update_list(community.engine, home) == 3
    assert erasure_list.update_list(community.engine, home) == 0
    target = make(empty_url)
    done = restore.restore(target, home, path)
    assert [one.erased for one in done.communities] == [2]
    with read_books(target, SLUG) as books:
        assert verify(books).findings == ()
        assert members.get(books, ELI).name == ""
    assert erasure_list.find_erasures(target) == erasure_list.find_erasures(community.engine)


def test_a_list_cut_short_by_a_power_failure_goes_on(community: SmallCommunity, home: Path) -> None:
    community.donate("GEN", 1200)
    (home / "erasures.jsonl").write_text('{"uid": "x", "subj')
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, unit.at, entered_by=OPERATOR)
    assert erasure_list.update_list(community.engine, home) == 1
    assert len(erasure_list.read_list(home / "erasures.jsonl")) == 1


def test_nobody_is_signed_in_after_a_restore(
    community: SmallCommunity, home: Path, elsewhere: Path, tmp_path: Path, make: Make
) -> None:
    make_login(community.engine, "eli", "tomato ladder sky", SLUG, ELI)
    with write_transaction(community.engine) as connection:
        login = logins.find(connection, "eli")
        assert login
        sessions.begin(connection, login.login_id, kept=True, device="Test")
    target = make(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    restore.restore(target, elsewhere, kept(community, home, tmp_path))
    with read_transaction(target) as connection:
        assert connection.execute(select(LoginSession.session_id)).all() == []
        assert len(connection.execute(select(Login.login_id, Membership.party_id).join(Membership)).all()) == 1


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_backup_with_one_byte_changed_is_refused(
    community: SmallCommunity, home: Path, elsewhere: Path, tmp_path: Path, make: Make, place: float
) -> None:
    path = kept(community, home, tmp_path)
    with zipfile.ZipFile(path) as file:
        parts = [one for one in file.infolist() if one.compress_size > 50]
    part = parts[int(place * len(parts))]
    data = bytearray(path.read_bytes())
    data[part.header_offset + 30 + len(part.filename) + 30 + part.compress_size // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupDamaged):
        restore.restore(make(f"sqlite:///{tmp_path / 'restored.sqlite'}"), elsewhere, path)
    assert list(elsewhere.iterdir()) == []


def test_what_is_no_backup_is_refused(community: SmallCommunity, elsewhere: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.backup"
    for content in (b"", b"no backup", None):
        if content is None:
            with zipfile.ZipFile(path, "w") as file:
                file.writestr("list.json", "{}")
        else:
            path.write_bytes(content)
        assert not archive.is_backup(path)
        with pytest.raises(BackupDamaged):
            restore.restore(community.engine, elsewhere, path, force=True)


def test_a_backup_reaches_nothing_outside_the_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "kept.backup"
    with archive.write_archive(path) as parts:
        parts.add("data/../../outside", [b"x"])
        parts.close({})
    with pytest.raises(BackupDamaged), archive.open_archive(path):
        raise AssertionError


def test_a_newer_version_s_backup_is_refused(tmp_path: Path, elsewhere: Path, make: Make) -> None:
    path = tmp_path / "kept.backup"
    with archive.write_archive(path) as parts:
        parts.close({"step": "9999_from_the_future", "made_at": "2026", "communities": []})
    with pytest.raises(DatabaseUnfit):
        restore.restore(make(f"sqlite:///{tmp_path / 'restored.sqlite'}"), elsewhere, path)
    assert [file.name for file in tmp_path.iterdir() if "restoring" in file.name] == []


def restored_over(community: SmallCommunity, home: Path, path: Path, make: Make) -> RestoreResult:
    owner = make(str(community.engine.url.set(username="postgres").render_as_string(hide_password=False)))
    community.engine.dispose()
    with pytest.raises(DatabaseFilled):
        restore.restore(owner, home, path)
    return restore.restore(owner, home, path, force=True)


def test_books_are_replaced_only_if_told_to(community: SmallCommunity, home: Path, tmp_path: Path, make: Make) -> None:
    before = every_row(community.engine)
    path = kept(community, home, tmp_path)
    community.donate("GEN", 1200)
    if community.engine.dialect.name == "sqlite":
        target = Path(str(community.engine.url.database))
        community.engine.dispose()
        with pytest.raises(DatabaseFilled):
            restore.restore(community.engine, home, path)
        done = restore.restore(community.engine, home, path, force=True)
        assert done.replaced is not None
        assert done.replaced.parent == target.parent
    else:
        done = restored_over(community, home, path, make)
    assert done.ok
    assert every_row(community.engine) == before


def test_a_file_that_is_open_is_not_replaced(community: SmallCommunity, home: Path, tmp_path: Path, make: Make) -> None:
    if community.engine.dialect.name == "sqlite":
        path = kept(community, home, tmp_path)
        other = make(str(community.engine.url))
        with read_books(other, SLUG), pytest.raises(DatabaseInUse):
            restore.restore(community.engine, home, path, force=True)
    community.donate("GEN", 1200)
    assert (home / "secret_key").exists()


@pytest.fixture
def restored(community: SmallCommunity, home: Path, elsewhere: Path, tmp_path: Path, make: Make) -> Engine:
    """The community's books in a file, of which somebody else is the owner."""
    community.donate("GEN", 1200)
    url = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    restore.restore(make(url), elsewhere, kept(community, home, tmp_path))
    return make(url)


def damage(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection, without_authorizer(connection):
        for statement in statements:
            connection.exec_driver_sql(statement)


OTHER_OWNER = ("DROP TRIGGER account_frozen", "UPDATE account SET owner_id = 3 WHERE owner_id = 0")
NO_HEAD = ("DROP TRIGGER chain_head_kept", "DELETE FROM chain_head")
HEAD_BEHIND = ("DROP TRIGGER chain_head_by_hand", "UPDATE chain_head SET seq = seq - 1")


def test_damaged_books_come_back_read_only_and_say_so(
    restored: Engine, elsewhere: Path, tmp_path: Path, make: Make
) -> None:
    damage(restored, *OTHER_OWNER)
    made = create.create_backup(restored, elsewhere, tmp_path / "damaged.backup")
    done = restore.restore(make(f"sqlite:///{tmp_path / 'again.sqlite'}"), elsewhere, made.path)
    assert not done.ok
    assert done.as_json()["communities"][0]["findings"]
    again = make(f"sqlite:///{tmp_path / 'again.sqlite'}")
    with pytest.raises(BooksReadOnly), write_books(again, SLUG):
        raise AssertionError


@pytest.mark.parametrize(("statements", "erased"), [(OTHER_OWNER, 1), (NO_HEAD, None), (HEAD_BEHIND, None)], ids=str)
def test_damaged_books_come_back_without_what_was_erased_where_they_can(
    community: SmallCommunity,
    restored: Engine,
    elsewhere: Path,
    tmp_path: Path,
    make: Make,
    statements: tuple[str, ...],
    erased: int | None,
) -> None:
    damage(restored, *statements)
    made = create.create_backup(restored, elsewhere, tmp_path / "damaged.backup")
    first = restore.restore(make(f"sqlite:///{tmp_path / 'first.sqlite'}"), elsewhere, made.path)
    assert [(one.verdict.ok, one.erased) for one in first.communities] == [(False, 0)]
    with read_books(community.engine, SLUG) as unit:
        entry = max(one.entry_id for one in queries.entries(unit).entries)
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, entry, entered_by=OPERATOR)
    erasure_list.update_list(community.engine, elsewhere)
    done = restore.restore(again := make(f"sqlite:///{tmp_path / 'again.sqlite'}"), elsewhere, made.path)
    assert [(one.verdict.ok, one.erased) for one in done.communities] == [(False, erased)]
    assert (erasure_list.find_erasures(again) == erasure_list.find_erasures(community.engine)) is (erased == 1)
    with read_transaction(again) as connection:
        assert book_status.read_status(connection, 1).state == book_status.READ_ONLY


def test_backups_and_the_database_are_not_kept_within_a_backup(community: SmallCommunity, home: Path) -> None:
    first = create.create_backup(community.engine, home, home / "first.backup")
    (home / "backups").mkdir()
    shutil.copy(first.path, home / "backups" / "old")
    with archive.open_archive(create.create_backup(community.engine, home, home / "second.backup").path) as found:
        assert found.names("data") == ["data/results/sheet.pdf", "data/secret_key"]
