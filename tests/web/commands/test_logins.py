"""Logins of PostgreSQL: `hourstead init` gives them their rights, `hourstead serve` says when they can do too much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import owned, written
from tests.postgresql import APP, OWNER, PLAIN_OWNER, READER, Server
from tests.web.commands.conftest import WILLOW, Shell
from web.commands._logins import LoginUnfit
from web.commands.serve import warn_of_dangers

Make = Callable[[str], Engine]
REPORT = ("report", "trial-balance", "--community", "willow", "--period", "2026-03", "--json")


@pytest.fixture
def owners_shell(postgresql_engine: Engine, tmp_path: Path) -> Shell:
    """Return a shell for whoever owns the tables, over books that know no other login yet."""
    shell = Shell(owned(postgresql_engine), tmp_path)
    shell.does(*WILLOW, "--app-login", APP, "--reader-login", READER)
    return shell


def test_the_login_that_serves_is_fit_once_it_has_its_rights(owners_shell: Shell, postgresql_engine: Engine) -> None:
    warn_of_dangers(postgresql_engine, strict=True)
    serving = Shell(written(postgresql_engine.url), owners_shell.folder)
    serving.does("member", "add", "Ana", "--community", "willow")
    assert serving.data("verify")["ok"]
    assert serving.data(*WILLOW)["created"] is False


def test_books_are_made_and_divided_by_an_owner_who_is_no_superuser(
    postgresql_server: Server, tmp_path: Path, make: Make
) -> None:
    postgresql_server.create("plainly_owned")
    owner = postgresql_server.hand_over("plainly_owned", PLAIN_OWNER)
    Shell(written(owner), tmp_path).does(*WILLOW, "--app-login", APP, "--reader-login", READER)
    serving = written(owner.set(username=APP))
    warn_of_dangers(make(serving), strict=True)
    Shell(serving, tmp_path).does("member", "add", "Ana")
    with pytest.raises(LoginUnfit, match="owns the tables"):
        warn_of_dangers(make(written(owner)), strict=True)
    assert Shell(written(owner), tmp_path).data("verify")["ok"]
    postgresql_server.drop("plainly_owned")


def test_the_login_that_reads_prints_checks_and_writes_nothing(owners_shell: Shell, postgresql_engine: Engine) -> None:
    reading = Shell(written(postgresql_engine.url.set(username=READER)), owners_shell.folder)
    out = owners_shell.folder / "out"
    assert reading.data("verify")["ok"]
    assert reading.data("balance") == []
    reading.does(*REPORT, "--out", out.with_suffix(".json"))
    reading.does("export", "hledger", "--community", "willow", "--out", out)
    assert reading.run("member", "add", "Ana").exit_code == 1


def test_whoever_owns_the_tables_is_warned_of_and_refused_where_wanted(
    postgresql_engine: Engine, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = make(owned(postgresql_engine))
    warn_of_dangers(owner, strict=False)
    assert f"The login “{OWNER}” is a superuser" in capsys.readouterr().err
    with pytest.raises(LoginUnfit, match="superuser"):
        warn_of_dangers(owner, strict=True)


def test_rights_are_given_to_a_login_that_is_there_and_fit(owners_shell: Shell) -> None:
    assert "createuser --pwprompt ghost" in owners_shell.refusal("init", "--app-login", "ghost")
    assert "is a superuser" in owners_shell.refusal("init", "--app-login", OWNER)


def test_sqlite_knows_no_logins_but_closes_its_file(sqlite_shell: Shell, sqlite_url: str, make: Make) -> None:
    assert "no logins" in sqlite_shell.refusal("init", "--app-login", "ana")
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.chmod(0o644)
    with pytest.raises(LoginUnfit, match="chmod 600"):
        warn_of_dangers(make(sqlite_url), strict=True)
    sqlite_shell.does("init")
    warn_of_dangers(make(sqlite_url), strict=True)


def test_serving_strictly_is_refused_before_anything_is_served(owners_shell: Shell) -> None:
    assert "is a superuser" in owners_shell.refusal("serve", "--strict")
