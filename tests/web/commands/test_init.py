"""`hourstead init`: from nothing to books, and again without a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.database.engine import make_engine
from tests.web.commands.conftest import WILLOW, Shell
from web.identity import link_issuing


def test_books_are_made_from_nothing_and_again_stay_as_they_are(empty_url: str, tmp_path: Path) -> None:
    shell = Shell(empty_url, tmp_path)
    assert "hourstead init" in shell.refusal("balance")
    assert "/setup/" in shell.does("init")
    assert shell.data("init")["setup_link"] is not None
    first = shell.data(*WILLOW)
    assert (first["community"], first["created"]) == ("willow", True)
    assert first["setup_link"].startswith("http://127.0.0.1:8000/setup/")
    head = shell.data("verify")["head"]
    again = shell.data(*WILLOW)
    assert again["created"] is False
    assert shell.data("init", "--community", "willow")["created"] is False
    assert shell.data("init")["setup_link"] is None
    assert "/setup/" not in shell.does("init")
    assert "/setup/" in shell.does("init", "--link")
    assert shell.data("verify")["head"] == head


def test_no_link_is_made_once_somebody_can_sign_in(sqlite_shell: Shell) -> None:
    (ana,) = sqlite_shell.data("member", "add", "Ana")
    engine = make_engine(sqlite_shell.env["HOURSTEAD_DATABASE_URL"])
    link_issuing.make_login(engine, "ana", "a-good-password", "willow", ana["number"])
    engine.dispose()
    assert sqlite_shell.data(*WILLOW)["setup_link"] is None
    assert "setup" not in sqlite_shell.does(*WILLOW)


@pytest.mark.parametrize("missing", ["--name", "--currency", "--timezone"])
def test_a_new_community_needs_to_be_described(sqlite_shell: Shell, missing: str) -> None:
    args = ["init", "--community", "lane", "--name", "Lane", "--currency", "EUR", "--timezone", "UTC"]
    del args[args.index(missing) : args.index(missing) + 2]
    assert missing in sqlite_shell.refusal(*args, status=2)


def test_what_cannot_be_understood_is_one_line(sqlite_shell: Shell) -> None:
    said = sqlite_shell.refusal(
        "init", "--community", "lane", "--name", "Lane", "--currency", "EUR", "--timezone", "Mars"
    )
    assert said == "hourstead: A time zone is written like Europe/Athens.\n"


def test_a_database_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    for url in ("postgresql://nobody@127.0.0.1:1/books", "sqlite:////nowhere/at/all/books.db"):
        assert "The database cannot be used" in Shell(url, tmp_path).refusal("balance")
    assert "is not the address" in Shell("books", tmp_path).refusal("balance")
    assert "SQLite or PostgreSQL, not in “mysql”" in Shell("mysql://ana@here/books", tmp_path).refusal("balance")


def test_every_command_says_what_it_does(tmp_path: Path) -> None:
    shell = Shell("sqlite://", tmp_path)
    listed = shell.does("--help")
    names = [line.split()[0] for line in listed.partition("Commands:")[2].splitlines() if line.strip()]
    assert {
        "balance",
        "demo",
        "export",
        "import",
        "init",
        "member",
        "post",
        "report",
        "reverse",
        "role",
        "serve",
        "verify",
    } <= set(names)
    for name in names:
        assert "Usage: " in shell.does(name, "--help")
    assert "No such command" in shell.refusal("dance", status=2)
    assert shell.does("--version").split()[-1][0].isdigit()
