"""`import`, `export`, `balance`, `verify`: the golden year through the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.database.engine import make_engine
from ledger.models.sqlite_authorizer import without_authorizer
from tests.web.commands.conftest import GOLDEN, Shell

JOURNAL, REGISTERS = GOLDEN / "willow.jsonl", GOLDEN / "willow-registers.json"


def test_willow_comes_in_adds_up_and_goes_elsewhere(shell: Shell, tmp_path: Path) -> None:
    assert shell.data("import", "journal", JOURNAL) == {"read": 129, "posted": 129, "already": 0, "refused": []}
    assert shell.data("import", "registers", REGISTERS)["refused"] == []
    assert shell.does("import", "journal", JOURNAL) == "read 129, posted 0, already there 129\n"
    found = {(row["account"], row["fund"], row["unit"]): 0 for row in shell.data("balance", "--community", "willow")}
    for row in shell.data("balance"):
        found[row["account"], row["fund"], row["unit"]] += row["balance"]
    golden = json.loads((GOLDEN / "willow-closing.json").read_text())["closing_trial_balance"]
    assert {leaf: total for leaf, total in found.items() if total} == {
        (row["account"], row["fund"], row["unit"]): row["balance"] for row in golden
    }
    out = tmp_path / "out.jsonl"
    assert shell.data("export", "jsonl", "--out", out)["lines"] == 129
    shell.does("init", "--community", "copy", "--name", "Copy", "--currency", "EUR", "--timezone", "UTC")
    assert shell.data("import", "journal", out, "--community", "copy")["posted"] == 129
    one, other = shell.data("verify")
    assert (one["ok"], one["journal"]) == (True, other["journal"])
    assert shell.data("verify", "--community", "copy") == other
    assert (one["entries"], one["postings"], len(one["head"]["hash"]), one["findings"]) == (129, 410, 64, [])


def test_a_balance_of_an_earlier_day_and_its_table(sqlite_shell: Shell) -> None:
    sqlite_shell.does("import", "journal", JOURNAL)
    rows = sqlite_shell.data("balance", "--at", "2026-01-05")
    assert rows[-1] == {
        "account": "T2000",
        "name": "Member time",
        "unit": "min",
        "fund": "TB",
        "owner": "Bea",
        "balance": 90,
    }
    assert "Member time" in sqlite_shell.does("balance", "--at", "2026-01-05")


def test_refused_lines_are_named_and_nothing_is_posted(sqlite_shell: Shell, file: Callable[..., Path]) -> None:
    line = json.loads(JOURNAL.read_text().splitlines()[2])
    bad = file(line, line | {"key": "J02", "date": "soon"}, "{")
    result = sqlite_shell.run("import", "journal", bad, "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["posted"], [(one["line"], one["key"]) for one in said["refused"]]) == (0, [(2, "J02"), (3, None)])
    assert "line 2 (J02): date: a day is written" in result.stderr
    assert "Nothing was posted" in result.stderr
    partial = sqlite_shell.run("import", "journal", bad, "--partial")
    assert (partial.exit_code, partial.stdout) == (1, "read 3, posted 1, already there 0\n")
    assert "The rest was posted" in partial.stderr
    registers = file({"funds": [{"code": "A"}]})
    assert "funds[1]: funds[1].name: this field is missing" in sqlite_shell.refusal("import", "registers", registers)
    assert "does not exist" in sqlite_shell.refusal("import", "journal", "nowhere.jsonl", status=2)


@pytest.mark.parametrize("form", ["beancount", "csv", "hledger", "jsonl"])
def test_a_file_is_written_whole_or_not_at_all(sqlite_shell: Shell, tmp_path: Path, form: str) -> None:
    sqlite_shell.does("import", "journal", JOURNAL)
    printed = sqlite_shell.does("export", form, "--out", "-")
    path = tmp_path / "out"
    assert sqlite_shell.does("export", form, "--out", path) == ""
    assert path.read_text() == printed
    assert "cannot be written" in sqlite_shell.refusal("export", form, "--out", tmp_path / "nowhere" / "out")
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []
    early = sqlite_shell.does("export", form, "--out", "-", "--at", "10")
    assert 0 < len(early) < len(printed)


def test_verify_names_what_does_not_hold(sqlite_shell: Shell) -> None:
    sqlite_shell.does("import", "journal", JOURNAL)
    head = sqlite_shell.data("verify")["head"]
    kept = f"{head['seq']}:{head['hash'][:16]}"
    assert sqlite_shell.data("verify", "--anchor", kept)["ok"]
    refused = sqlite_shell.run("verify", "--anchor", f"{head['seq']}:00").stdout
    assert "not the one that was kept" in refused
    assert "willow: 1 finding. Head" in refused
    engine = make_engine(sqlite_shell.env["HOURSTEAD_DATABASE_URL"])
    with engine.begin() as connection, without_authorizer(connection):
        connection.execute(text("DROP TRIGGER journal_entry_frozen"))
        damaged = connection.scalar(text("SELECT min(entry_id) FROM journal_entry WHERE entry_id > 50"))
        connection.execute(text("UPDATE journal_entry SET document = 'other' WHERE entry_id = :id"), {"id": damaged})
    engine.dispose()
    result = sqlite_shell.run("verify", "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["ok"], said["journal"], said["findings"][0]["seq"]) == (False, None, damaged)
    assert "findings" in sqlite_shell.run("verify").stdout


def test_verify_that_could_not_run_says_so(sqlite_shell: Shell) -> None:
    assert "no community named" in sqlite_shell.refusal("verify", "--community", "nowhere", status=2)
    for wrong in ("12", "12:zzz", "12: ", "x:ab"):
        assert "as they are printed" in sqlite_shell.refusal("verify", "--anchor", wrong, status=2)
    sqlite_shell.does("init", "--community", "lane", "--name", "Lane", "--currency", "EUR", "--timezone", "UTC")
    assert "one community" in sqlite_shell.refusal("verify", "--anchor", "1:ab", status=2)
    assert len(sqlite_shell.does("verify").splitlines()) == 2


def test_an_entry_is_taken_back_once_with_a_reason(shell: Shell) -> None:
    shell.does("import", "journal", JOURNAL)
    seq = shell.data("verify")["head"]["seq"]
    back = shell.data("reverse", str(seq), "--reason", "typed twice", "--key", "one")
    assert (back["reverses"], back["was_there"]) == (seq, False)
    assert shell.data("reverse", str(seq), "--reason", "typed twice", "--key", "one") == back | {"was_there": True}
    assert "reversed already" in shell.refusal("reverse", str(seq), "--reason", "again")
    assert "no entry number 99999" in shell.refusal("reverse", "99999", "--reason", "none")
    assert "takes entry" in shell.does("reverse", str(seq - 1), "--reason", "wrong", "--on", "2026-12-31")
