"""`hourstead post KIND`: one entry from the shell, its options made from the kind's fields."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books
from ledger.registers import communities
from tests.web.commands.conftest import Shell

COST = (
    "post",
    "cost",
    "--what",
    "Leaflets",
    "--amount",
    "12.50",
    "--fund",
    "GEN",
    "--account",
    "6340",
    "--paid-from",
    "1000",
)
LINES = ("account=1000 fund=GEN debit=500.00", "account=3030 fund=GEN credit=500.00")
HOURS = ("post", "hours", "--helpers", "Ana", "--receiver", "bea", "--minutes", "1:30", "--what", "Weeding")


def today(shell: Shell) -> str:
    engine = make_engine(shell.env["HOURSTEAD_DATABASE_URL"])
    with read_books(engine, "willow") as unit:
        day = communities.today(unit)
    engine.dispose()
    return day.isoformat()


def opened(shell: Shell) -> str:
    """Enrol three people and put money in the bank; give today's date."""
    day = today(shell)
    shell.does("member", "add", "Ana", "--joined", "2020-01-01", "--user", "ana")
    shell.does("member", "add", "Bea", "--joined", "2020-01-01", "--user", "bea")
    lines = [part for line in LINES for part in ("--lines", line)]
    shell.does("post", "opening-balance", *lines, "--day", day)
    return day


def test_an_entry_is_posted_once_under_its_key(shell: Shell) -> None:
    day = opened(shell)
    first = shell.data(*COST, "--day", day, "--key", "one")
    assert (first["was_there"], first["waiting"]) == (False, None)
    assert shell.data(*COST, "--day", day, "--key", "one") == first | {"was_there": True}
    assert shell.does(*COST, "--day", day, "--key", "one") == f"Entry {first['seq']} stood already.\n"
    assert "other content" in shell.refusal(*COST, "--day", day, "--key", "one", "--programme", "", "--note", "twice")
    assert {"account": "6340", "balance": 1250}.items() <= shell.data("balance")[-1].items()


def test_hours_wait_for_the_other_side_and_people_are_named(shell: Shell) -> None:
    day = opened(shell)
    said = shell.data(*HOURS, "--day", day)
    assert (said["seq"], said["waiting"]) == (None, 1)
    assert "when the other side says yes" in shell.does(*HOURS, "--day", day, "--note", "again")
    assert "T2000" not in shell.does("balance")


WRONG = {
    "a person whom nobody knows": ((*HOURS[:3], "Zoe", *HOURS[4:]), "--helpers: There is nobody called “Zoe”"),
    "a time that is none": ((*HOURS[:7], "a while", *HOURS[8:]), "--minutes: "),
    "an amount with two meanings": ((*COST[:5], "1,5", *COST[6:]), "--amount: "),
    "a quantity without a method": ((*COST, "--quantity", "12 kg"), "--quantity: Write a quantity as 12 kg stated"),
    "a count that is none": (
        (
            "post",
            "group-session",
            "--what",
            "x",
            "--leaders",
            "Ana",
            "--minutes",
            "60",
            "--mode",
            "community",
            "--headcount",
            "many",
        ),
        "--headcount: Write a whole number",
    ),
    "a line without names": (
        ("post", "journal", "--what", "x", "--lines", "1000 GEN 5"),
        "--lines: Write a line as name=value",
    ),
    "a line with half a quotation": (
        ("post", "journal", "--what", "x", "--lines", "account='1000 fund=GEN"),
        "--lines: Write a line as name=value",
    ),
    "an empty line": (("post", "journal", "--what", "x", "--lines", " "), "--lines: Write a line as name=value"),
    "a wrong answer in a line": (
        ("post", "journal", "--what", "x", "--lines", "account=1000 fund=GEN debit=much"),
        "--lines.debit: ",
    ),
    "a line that asks nothing of the kind": (
        ("post", "journal", "--what", "x", "--lines", "account=1000 fund=GEN colour=red debit=5.00"),
        "--lines.colour: ",
    ),
    "an owner whom nobody knows": (
        ("post", "journal", "--what", "x", "--lines", "account=2050 fund=GEN debit=5.00 owner=Zoe"),
        "--lines.owner: ",
    ),
}


@pytest.mark.parametrize(("asked", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_understood_is_refused_by_option(sqlite_shell: Shell, asked: tuple[str, ...], said: str) -> None:
    day = opened(sqlite_shell)
    before = sqlite_shell.data("verify")["head"]
    assert said in sqlite_shell.refusal(*asked, "--day", day)
    assert sqlite_shell.data("verify")["head"] == before


def test_lines_take_units_owners_and_quantities(sqlite_shell: Shell) -> None:
    day = opened(sqlite_shell)
    lines = (
        "account=T2000 fund=TB owner=Ana debit=90",
        "account=T3000 fund=TB credit=90",
        'account=6100 fund=GEN debit=20.00 quantity="64.5 kWh metered"',
        "account=1000 fund=GEN credit=20.00",
    )
    options = [part for line in lines for part in ("--lines", line)]
    sqlite_shell.does("post", "journal", "--what", "Power", *options, "--day", day)
    rows = {row["account"]: (row["owner"], row["balance"]) for row in sqlite_shell.data("balance")}
    assert rows["T2000"] == ("Ana", 90)
    assert "64.5,kWh,metered" in sqlite_shell.does("export", "csv", "--out", "-")


def test_a_kind_that_is_not_there_and_a_day_of_another_form_are_refused(sqlite_shell: Shell) -> None:
    assert "No such command" in sqlite_shell.refusal("post", "poem", status=2)
    assert "is not a day" in sqlite_shell.refusal(*COST, "--day", "tomorrow", status=2)
    late = dt.date.fromisoformat(opened(sqlite_shell)) + dt.timedelta(days=2)
    assert "hourstead: " in sqlite_shell.refusal(*COST, "--day", late.isoformat())


def test_the_help_shows_a_whole_line_that_can_be_typed_as_it_stands(sqlite_shell: Shell) -> None:
    journal = " ".join(sqlite_shell.does("post", "journal", "--help").split())
    assert "account=1000 fund=GEN" in journal
    assert "[debit=" in journal
    assert "what='Jars of jam'" in " ".join(sqlite_shell.does("post", "barter", "--help").split())
