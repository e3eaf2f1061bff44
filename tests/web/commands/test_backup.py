"""`backup`, `restore`, `move`, `erase`, `run-due`, `work`, `verify --lift`: the books kept safe from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.database import book_status
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import set_book_status
from tests.databases import owned
from tests.web.commands.conftest import GOLDEN, Shell

JOURNAL = GOLDEN / "willow.jsonl"


def owner(shell: Shell) -> Shell:
    """The same books for whoever owns the tables."""
    engine = make_engine(shell.env["HOURSTEAD_DATABASE_URL"])
    return Shell(owned(engine), shell.folder)


def test_the_year_is_backed_up_restored_and_erased_again(shell: Shell, tmp_path: Path) -> None:
    shell.does("import", "journal", JOURNAL)
    head = shell.data("verify")["head"]
    kept = shell.data("backup", tmp_path / "kept.backup")
    assert [(one["slug"], one["seq"], one["hash"]) for one in kept["communities"]] == [
        ("willow", head["seq"], head["hash"])
    ]
    assert shell.data("erase", "words", str(head["seq"]))["listed"] == 1
    assert "There are books" in owner(shell).refusal("restore", tmp_path / "kept.backup")
    done = owner(shell).data("restore", tmp_path / "kept.backup", "--force")
    assert (done["ok"], done["communities"][0]["erased"]) == (True, 1)
    assert shell.data("verify")["head"]["seq"] == head["seq"] + 1
    assert "all holds" in owner(shell).does("restore", tmp_path / "kept.backup", "--force")


def test_a_backup_says_what_it_holds(sqlite_shell: Shell, tmp_path: Path) -> None:
    said = sqlite_shell.does("backup", tmp_path / "kept.backup")
    assert "willow: head " in said
    assert "cannot be written" in sqlite_shell.refusal("backup", tmp_path / "nowhere" / "kept.backup")


def test_the_year_moves_and_comes_back(shell: Shell, empty_url: str, tmp_path: Path) -> None:
    shell.does("import", "journal", JOURNAL)
    verdict = shell.data("verify")
    moved = shell.data("move", "--to", empty_url)
    assert (moved["seq"], moved["hash"]) == (verdict["head"]["seq"], verdict["head"]["hash"])
    there = Shell(empty_url, tmp_path / "there")
    assert there.data("verify") == verdict
    assert "kept elsewhere" in shell.refusal("import", "journal", JOURNAL)
    assert "is kept at" in there.does("move", "--to", f"sqlite:///{tmp_path / 'back.sqlite'}")
    assert Shell(f"sqlite:///{tmp_path / 'back.sqlite'}", tmp_path / "back").data("verify") == verdict


def test_a_move_goes_somewhere(sqlite_shell: Shell) -> None:
    assert "--to URL" in sqlite_shell.refusal("move", status=2)
    assert "not the address" in sqlite_shell.refusal("move", "--to", "nowhere")
    sqlite_shell.does("move", "--cancel")


def test_names_stay_while_somebody_is_a_member(sqlite_shell: Shell) -> None:
    sqlite_shell.does("member", "add", "Ana", "Bea")
    assert "last day" in sqlite_shell.refusal("erase", "names", "Ana")


def test_what_is_due_is_filed_and_done(sqlite_shell: Shell) -> None:
    assert {one["kind"] for one in sqlite_shell.data("run-due")["filed"]} == {"verify", "lapse"}
    assert sqlite_shell.does("run-due") == ""
    assert sqlite_shell.data("work", "--once") == {"done": 2}
    assert sqlite_shell.does("work", "--once") == "Jobs done: 0\n"


@pytest.mark.parametrize("lift", [False, True])
def test_read_only_books_are_written_in_again_after_a_clean_check(sqlite_shell: Shell, *, lift: bool) -> None:
    engine = make_engine(sqlite_shell.env["HOURSTEAD_DATABASE_URL"])
    set_book_status(engine, "willow", book_status.READ_ONLY, "balances:17")
    engine.dispose()
    said = sqlite_shell.does("verify", *(["--lift"] if lift else []))
    assert ("read-only since" in said) is not lift
    imported = sqlite_shell.run("import", "journal", JOURNAL)
    assert (imported.exit_code == 0) is lift
