"""The golden year, in and out: criteria that the whole exchange is measured by."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from beancount.core.data import Transaction
from beancount.loader import load_string
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.core.amounts import scale_of
from ledger.database.unit_of_work import ReadUnit, read_books
from ledger.exchange.exports.beancount import beancount
from ledger.exchange.exports.csv_file import csv_rows
from ledger.exchange.exports.digest import journal_digest
from ledger.exchange.exports.hledger import hledger
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.exports.names import decimal
from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from ledger.journal.balances import member_minutes, trial_balance
from ledger.registers import members
from ledger.registers.registry import FUNDS, MEMBERS, PARTNERS, PROGRAMMES
from tests.ledger.exchange.files import CLOSING, REGISTERS, SLUG, WILLOW, found
from tests.programs import needed

DIGEST = "25c171689fa8859c574e0ce20b0101115f4fa9f1daa47e8eacba7a4110d461ca"
"""Of Willow's journal, on every engine, in every order of imports: the format's own test vector."""


def closing() -> Counter[tuple[str, str, str]]:
    rows = json.loads(CLOSING.read_text())["closing_trial_balance"]
    return Counter({(row["account"], row["fund"], row["unit"]): row["balance"] for row in rows})


def balances(unit: ReadUnit) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for row in trial_balance(unit):
        found[row.leaf.chart, row.leaf.fund, row.leaf.unit] += row.balance
    return Counter({leaf: balance for leaf, balance in found.items() if balance})


def test_the_year_closes_to_the_unit_and_again_posts_nothing(books: Engine) -> None:
    first = import_journal(books, SLUG, WILLOW)
    assert (first.read, first.posted, first.already, first.refused) == (129, 129, 0, ())
    with read_books(books, SLUG) as unit:
        assert balances(unit) == closing()
        head, minutes = unit.head, json.loads(CLOSING.read_text())["member_time_balance_minutes"]
        assert {name: member_minutes(unit, members.owners(unit)[name]) for name in minutes} == minutes
        assert journal_digest(unit) == DIGEST
        assert (verify(unit).findings, verify(unit).journal) == ((), DIGEST)
    again = import_journal(books, SLUG, WILLOW)
    assert (again.read, again.posted, again.already, again.ok) == (129, 0, 129, True)
    with read_books(books, SLUG) as unit:
        assert unit.head == head


ORDERS: dict[str, list[Callable[[Engine], object]]] = {
    "journal first": [lambda e: import_journal(e, SLUG, WILLOW), lambda e: import_registers(e, SLUG, REGISTERS)],
    "registers first": [lambda e: import_registers(e, SLUG, REGISTERS), lambda e: import_journal(e, SLUG, WILLOW)],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_registers_before_or_after_the_journal_give_the_same(
    books: Engine, order: list[Callable[[Engine], object]]
) -> None:
    for step in order * 2:
        step(books)
    with read_books(books, SLUG) as unit:
        assert balances(unit) == closing()
        assert journal_digest(unit) == DIGEST
        people = {member.name: (member.user, member.household) for member in members.get_all(unit).values()}
        assert people["Cai"] == ("cai", "H3")
        assert len(people) == len(MEMBERS.all(unit)) == 9
        assert [partner.code for partner in PARTNERS.all(unit).values()] == ["riverbend"]
        assert list(FUNDS.all(unit)) == ["GEN", "EMF", "EDU", "TNK", "GRN", "CRW", "COP", "TB", "BAR"]
        assert list(PROGRAMMES.all(unit))[:3] == ["GARDEN", "KITCHEN", "HOME"]
        assert verify(unit).findings == ()
    assert import_registers(books, SLUG, REGISTERS).posted == 0


def test_the_journal_moves_to_other_books_and_keeps_its_digest(books: Engine, tmp_path: Path) -> None:
    import_journal(books, SLUG, WILLOW)
    found(books, "elsewhere")
    with read_books(books, SLUG) as unit:
        whole, discreet = (list(jsonl(unit, with_private=asked)) for asked in (True, False))
    for lines in (whole, discreet):
        (tmp_path / "out.jsonl").write_text("".join(lines))
        moved = import_journal(books, "elsewhere", tmp_path / "out.jsonl")
        assert (moved.read, moved.ok) == (129, True)
        assert import_journal(books, SLUG, tmp_path / "out.jsonl").already == 129
    assert [bool("narration" in json.loads(line)) for line in discreet].count(False) == 12
    with read_books(books, "elsewhere") as unit:
        assert journal_digest(unit) == DIGEST
        assert list(jsonl(unit, with_private=True)) == [line + "\n" for line in WILLOW.read_text().splitlines()]


def test_hledger_accepts_the_journal_and_finds_the_same_balances(books: Engine, tmp_path: Path) -> None:
    program = needed("hledger")
    import_journal(books, SLUG, WILLOW)
    import_registers(books, SLUG, REGISTERS)
    path = tmp_path / "willow.journal"
    with read_books(books, SLUG) as unit:
        path.write_text("".join(hledger(unit)), encoding="utf-8")
        ours = {
            (row.leaf.chart, row.leaf.fund, members.parties(unit)[row.leaf.owner].name): row
            for row in trial_balance(unit)
        }
    run = [program, "-f", str(path)]
    subprocess.run([*run, "check", "--strict"], check=True, timeout=60)
    said = subprocess.run(
        [*run, "balance", "--flat", "--no-total", "-O", "csv"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    theirs = {}
    for name, amount in list(csv.reader(io.StringIO(said)))[1:]:
        _, title, fund, unit_code, *owner = name.split(":")
        theirs[title.split()[0], fund, owner[0] if owner else "Willow"] = f"{amount}"
        assert amount.endswith(unit_code)
    assert theirs == {key: f"{decimal(row.balance, row.leaf.unit)} {row.leaf.unit}" for key, row in ours.items()}


def test_beancount_accepts_the_journal_and_finds_the_same_balances(books: Engine) -> None:
    import_journal(books, SLUG, WILLOW)
    import_registers(books, SLUG, REGISTERS)
    with read_books(books, SLUG) as unit:
        directives, errors, _ = load_string("".join(beancount(unit)))
    assert errors == []
    theirs: Counter[tuple[str, str, str]] = Counter()
    for directive in directives:
        for line in directive.postings if isinstance(directive, Transaction) else ():
            _, title, fund, unit_code, _ = line.account.split(":")
            unit_code = "min" if unit_code == "Min" else unit_code
            assert line.units is not None
            theirs[title.split("-")[0], fund, unit_code] += int(line.units.number * 10 ** scale_of(unit_code))
    assert Counter({leaf: balance for leaf, balance in theirs.items() if balance}) == closing()


def test_the_table_adds_up_to_the_same_balances(books: Engine) -> None:
    import_journal(books, SLUG, WILLOW)
    with read_books(books, SLUG) as unit:
        rows = list(csv.DictReader(io.StringIO("".join(csv_rows(unit)))))
    sums: dict[tuple[str, str, str], Decimal] = {}
    for row in rows:
        leaf = (row["account"], row["fund"], row["unit"])
        sums[leaf] = sums.get(leaf, Decimal(0)) + Decimal(row["amount"])
    expected = {leaf: Decimal(decimal(balance, leaf[2])) for leaf, balance in closing().items()}
    assert {leaf: amount for leaf, amount in sums.items() if amount} == expected
    assert len(rows) == 410
    assert {row["narration"] for row in rows if row["private"] == "yes"} == {""}
