"""`hourstead close` and `reopen`: the operator closes for the treasurer, and is nobody's second person."""

from __future__ import annotations

from ledger.closing import period_states, reopen
from ledger.core.periods import Month
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books
from tests.web.commands.conftest import Shell
from tests.web.commands.test_post import LINES


def begun(shell: Shell) -> None:
    lines = [part for line in LINES for part in ("--lines", line)]
    shell.does("post", "opening-balance", *lines, "--day", "2024-01-31")
    for name, role in (("Ana", "organiser"), ("Bea", "treasurer")):
        shell.does("member", "add", name, "--joined", "2020-01-01", "--user", name.lower())
        shell.does("role", "give", role, name)


def test_a_month_is_closed_and_its_balances_are_read_from_the_close(shell: Shell) -> None:
    begun(shell)
    before = shell.data("balance", "--at", "2024-02-10")
    assert "Close the earlier months first, beginning with: 2024-01" in shell.refusal("close", "2024-02")
    told = shell.data("close", "2024-01")
    assert (told["month"], told["notices"]) == ("2024-01", [])
    assert told["checked"] == told["seq"] - 1
    assert "2024-02 is closed" in shell.does("close", "2024-02")
    assert "closed already" in shell.refusal("close", "2024-02")
    assert shell.data("balance", "--at", "2024-02-10") == before
    assert shell.data("verify")["ok"]


def test_a_month_that_is_none_or_not_over_is_refused(shell: Shell) -> None:
    begun(shell)
    assert "write it like 2026-03" in shell.refusal("close", "March", status=2)
    assert "not over yet" in shell.refusal("close", "2199-01")


def test_reopening_is_asked_for_and_waits_for_two_people(shell: Shell) -> None:
    begun(shell)
    assert "is open" in shell.refusal("reopen", "2024-01", "--reason", "A late bill")
    for month in ("2024-01", "2024-02"):
        shell.does("close", month)
    told = shell.data("reopen", "2024-01", "--reason", "A late bill", "--key", "once")
    assert told["months"] == ["2024-01", "2024-02"]
    assert f"Asked as number {told['request']}" in shell.does(
        "reopen", "2024-01", "--reason", "A late bill", "--key", "once"
    )
    engine = make_engine(shell.env["HOURSTEAD_DATABASE_URL"])
    with read_books(engine, "willow") as books:
        assert reopen.find(books, told["request"]).people == frozenset()
        assert period_states.month_state(books, Month(2024, 1)).is_closed
    engine.dispose()
