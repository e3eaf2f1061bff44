"""`hourstead member` and `role`: people and offices from the shell."""

from __future__ import annotations

from tests.web.commands.conftest import Shell


def test_people_are_enrolled_and_get_a_way_in(shell: Shell) -> None:
    assert shell.data("member", "add", "Ana", "Bea", "--joined", "2026-01-05") == [
        {"number": 2, "name": "Ana"},
        {"number": 3, "name": "Bea"},
    ]
    assert shell.does("member", "add", "Cai", "--user", "cai") == "4  Cai\n"
    handed = shell.data("member", "link", "cai")
    assert (handed["number"], handed["link"].startswith("http://127.0.0.1:8000/link/")) == (4, True)
    assert handed["code"] in shell.does("member", "link", "Ana") or len(handed["code"]) == 9
    assert "taken" in shell.refusal("member", "add", "Ana")
    assert "nobody called" in shell.refusal("member", "link", "Dee")
    assert "one name" in shell.refusal("member", "add", "Dee", "Eli", "--user", "dee", status=2)


def test_offices_are_given_and_ended(shell: Shell) -> None:
    shell.does("member", "add", "Ana", "--joined", "2025-01-05")
    given = shell.data("role", "give", "treasurer", "Ana", "--from", "2026-01-01", "--to", "2026-12-31")
    assert given == {"role": "treasurer", "holder": "Ana", "from": "2026-01-01", "to": "2026-12-31"}
    assert shell.does("role", "end", "treasurer", "Ana", "--on", "2026-06-30") == (
        "Ana is treasurer from 2026-01-01 to 2026-06-30.\n"
    )
    assert "not treasurer" in shell.refusal("role", "end", "treasurer", "Ana", "--on", "2026-07-01")
    assert shell.data("role", "give", "checker", "Ana")["role"] == "checker"
    assert shell.data("role", "end", "checker", "Ana")["role"] == "checker"


def test_a_day_is_written_in_one_way(sqlite_shell: Shell) -> None:
    for day in ("5.1.2026", "2026-02-30", "20260105"):
        assert "is not a day" in sqlite_shell.refusal("member", "add", "Ana", "--joined", day, status=2)


def test_a_community_must_be_named_where_there_are_several_or_none(sqlite_shell: Shell) -> None:
    sqlite_shell.does("init", "--community", "lane", "--name", "Lane", "--currency", "EUR", "--timezone", "UTC")
    assert "--community" in sqlite_shell.refusal("member", "add", "Ana")
    assert sqlite_shell.does("member", "add", "Ana", "--community", "lane") == "2  Ana\n"
    assert "no community named" in sqlite_shell.refusal("balance", "--community", "nowhere")


def test_a_person_is_not_enrolled_under_a_user_name_or_household_that_cannot_be(sqlite_shell: Shell) -> None:
    assert "no spaces" in sqlite_shell.refusal("member", "add", "Ana", "--user", "ana the first!")
    assert "There is no household “H9”." in sqlite_shell.refusal("member", "add", "Ana", "--household", "H9")
    assert sqlite_shell.data("member", "add", "Ana", "--user", "ana")[0]["name"] == "Ana"
