"""What goes out to other programs is safe to open, and every leaf keeps a name of its own."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from beancount.core import account as account_type
from hypothesis import given
from hypothesis import strategies as st

from ledger.database.unit_of_work import read_books
from ledger.exchange.exports.beancount import beancount, component
from ledger.exchange.exports.csv_file import csv_rows, safe
from ledger.exchange.exports.hledger import hledger
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.exports.names import decimal, plain, sentence, thousandths
from tests.ledger.exchange.files import SLUG, Files, hours, posting
from tests.programs import needed

NASTY = ["=1+1", "+1", "-1", "@x", "; rm", "(Ana)", "[Ana]", 'A "B"', "A:B", "A B", "A|B", "Ö\tz", "*", "Ana = 5 EUR"]
AMOUNTS = [(0, "EUR", "0.00"), (5, "EUR", "0.05"), (-123456, "EUR", "-1234.56"), (90, "min", "90"), (7, "BHD", "0.007")]


@pytest.mark.parametrize(("amount", "unit", "said"), AMOUNTS)
def test_amounts_have_the_decimals_of_their_unit(amount: int, unit: str, said: str) -> None:
    assert decimal(amount, unit) == said


@pytest.mark.parametrize(("milli", "said"), [(2500, "2.5"), (640000, "640"), (-125, "-0.125"), (0, "0")])
def test_quantities_are_as_short_as_they_can_be(milli: int, said: str) -> None:
    assert thousandths(milli) == said


@given(st.text(max_size=30))
def test_names_for_other_programs_are_one_plain_line(text: str) -> None:
    assert set(plain(text)).isdisjoint(':;()[]{}|"*!=@#\n\t')
    assert plain(text) == plain(plain(text)) != ""
    assert set(sentence(text)).isdisjoint(";|\n")


@given(st.sampled_from("=+-@\t\r\n"), st.text(max_size=10))
def test_no_cell_is_taken_for_a_formula(sign: str, rest: str) -> None:
    assert safe(sign + rest) == "'" + sign + rest


def nasty_books(files: Files) -> None:
    lines = [
        hours(
            f"K{number} {name}",
            narration=name,
            document=name,
            decision=name,
            postings=[posting(90, owner=name, programme=name, quantity=[2.5, name, "stated"]), posting(-90)],
        )
        for number, name in enumerate(NASTY)
    ]
    assert files.journal(*lines).ok


def test_a_spreadsheet_finds_no_formula_in_any_cell(files: Files) -> None:
    nasty_books(files)
    with read_books(files.engine, SLUG) as unit:
        rows = list(csv.DictReader(io.StringIO("".join(csv_rows(unit)))))
    assert len(rows) == 2 * len(NASTY)
    for row in rows:
        numbers = {row.pop(name) for name in ("amount", "quantity")}
        assert numbers <= {"90", "-90", "2.5", ""}
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_hledger_takes_any_words_and_keeps_leaves_apart(files: Files, tmp_path: Path) -> None:
    program = needed("hledger")
    nasty_books(files)
    path = tmp_path / "nasty.journal"
    with read_books(files.engine, SLUG) as unit:
        path.write_text("".join(hledger(unit, with_private=True)), encoding="utf-8")
    subprocess.run([program, "-f", str(path), "check", "--strict"], check=True, timeout=60)
    said = subprocess.run(
        [program, "-f", str(path), "accounts", "--used"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    assert len(said.splitlines()) == len(NASTY) + 1


def bean_check(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("bean-check")
    return subprocess.run([program, "--no-cache", path], check=False, capture_output=True, text=True, timeout=60)


def test_beancount_takes_any_words_and_finds_the_same_balances(files: Files, tmp_path: Path) -> None:
    nasty_books(files)
    path = tmp_path / "nasty.beancount"
    with read_books(files.engine, SLUG) as unit:
        written = "".join(beancount(unit, with_private=True))
    path.write_text(written, encoding="utf-8")
    assert bean_check(path).stderr == ""
    assert written.count(" open ") == written.count(" balance ") == len(NASTY) + 1
    path.write_text(written.replace("  90 MIN", "  91 MIN", 1).replace(" -90 MIN", " -91 MIN", 1), encoding="utf-8")
    assert "Balance failed" in bean_check(path).stderr


@given(st.text(max_size=30))
def test_a_part_of_an_account_for_beancount_begins_with_a_capital_or_a_figure(text: str) -> None:
    written = component(text)
    assert account_type.is_valid(f"Assets:{written}")
    assert component(written) == written


def test_private_words_leave_only_when_asked_for(files: Files) -> None:
    files.journal(hours(private=True, narration="Between us"))
    with read_books(files.engine, SLUG) as unit:
        for form in (beancount, csv_rows, hledger):
            assert "Between us" not in "".join(form(unit))
            assert "Between us" in "".join(form(unit, with_private=True))


def test_the_journal_goes_out_as_it_stood_at_a_number(files: Files) -> None:
    files.journal(hours("K1"))
    with read_books(files.engine, SLUG) as unit:
        at, before = unit.at, [list(form(unit)) for form in (csv_rows,)]
    files.journal(hours("K2"))
    with read_books(files.engine, SLUG, at) as unit:
        assert [list(form(unit)) for form in (csv_rows,)] == before


def test_a_long_journal_goes_out_without_filling_the_memory(sqlite_files: Files) -> None:
    assert sqlite_files.journal(*(hours(f"K{number}", narration="x" * 1000) for number in range(1800))).ok
    for form in (beancount, csv_rows, hledger, jsonl):
        with read_books(sqlite_files.engine, SLUG, 700) as early, read_books(sqlite_files.engine, SLUG) as late:
            few, many = peak_bytes(form(early)), peak_bytes(form(late))
        assert many < few * 1.5


def peak_bytes(lines: Iterator[str]) -> int:
    """The most memory that is held at once while lines go by."""
    tracemalloc.start()
    try:
        for _ in lines:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
