"""Reliability test 16: the journal goes out to other programs and back; every balance is the same, to the unit."""

from __future__ import annotations

import csv
import io
import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.core.amounts import scale_of
from ledger.database.unit_of_work import ReadUnit, read_books, write_transaction
from ledger.exchange.exports import csv_file, names
from ledger.exchange.exports.beancount import beancount
from ledger.exchange.exports.csv_file import csv_rows
from ledger.exchange.exports.digest import journal_digest
from ledger.exchange.exports.hledger import hledger
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.journal import import_journal
from ledger.registers import communities
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.ledger.exchange.exports.test_other_programs import bean_check
from tests.programs import needed
from tests.reliability.conftest import Tell
from tests.reliability.market import Market

Share = Callable[[int, int], int]
Place = tuple[str, str, str, str]
PEOPLE = {0: "", 2: "Ana", 3: "Bea", 4: "Cai"}
BALANCE = re.compile(r"^\S+ balance (\S+)\s+(\S+) ~ \S+ \S+$", re.MULTILINE)


def expected(market: Market) -> Counter[Place]:
    """Give what every account should hold, by chart line, fund, unit and the owner's name."""
    sums: Counter[Place] = Counter()
    for leaf, amount in market.standing.items():
        sums[leaf.chart, leaf.fund, leaf.unit, PEOPLE[leaf.owner]] += amount
    return Counter({place: amount for place, amount in sums.items() if amount})


def minor(decimal: str, unit: str) -> int:
    """Read a decimal number without the help of the exporter."""
    whole, _, rest = decimal.lstrip("-").partition(".")
    return (-1 if decimal.startswith("-") else 1) * int(whole + rest.ljust(scale_of(unit), "0"))


def by_hledger(books: ReadUnit, folder: Path, program: str) -> Counter[Place]:
    path = folder / "out.journal"
    path.write_text("".join(hledger(books)), encoding="utf-8")
    run = [program, "-f", str(path)]
    subprocess.run([*run, "check", "--strict"], check=True, timeout=600)
    ask = [*run, "balance", "--flat", "--no-total", "-O", "csv"]
    said = subprocess.run(ask, check=True, capture_output=True, text=True, timeout=600).stdout
    found: Counter[Place] = Counter()
    for name, amount in list(csv.reader(io.StringIO(said)))[1:]:
        _, title, fund, unit, *owner = name.split(":")
        found[title.split()[0], fund, unit, owner[0] if owner else ""] = minor(amount.split()[0], unit)
    return found


def by_beancount(books: ReadUnit, folder: Path) -> Counter[Place]:
    """Let beancount check the balances that stand in the file, and read them from there."""
    path, written = folder / "out.beancount", "".join(beancount(books))
    path.write_text(written, encoding="utf-8")
    assert bean_check(path).stderr == ""
    found: Counter[Place] = Counter()
    for account, amount in BALANCE.findall(written):
        _, title, fund, unit, *owner = account.split(":")
        unit = "min" if unit == "Min" else unit.upper()
        name = owner[0] if owner and owner[0] in PEOPLE.values() else ""
        found[title.split("-")[0], fund.upper(), unit, name] = minor(amount, unit)
    return Counter({place: amount for place, amount in found.items() if amount})


def by_table(rows: Iterable[str]) -> Counter[Place]:
    found: Counter[Place] = Counter()
    for row in csv.DictReader(io.StringIO("".join(rows))):
        found[row["account"], row["fund"], row["unit"], row["owner"]] += minor(row["amount"], row["unit"])
    return Counter({place: amount for place, amount in found.items() if amount})


def traded(engine: Engine, chance: random.Random, size: int) -> Market:
    small_community.create(engine)
    market = Market(engine, chance)
    while market.entries < size:
        market.trade(min(size, 1000))
    return market


def test_reliability_16_other_programs_find_the_same_balances(
    engine: Engine, seeded: random.Random, share: Share, tmp_path: Path, tell: Tell
) -> None:
    size = share(100, 20_000)
    market = traded(engine, seeded, size)
    due = expected(market)
    with read_books(engine, SLUG) as books:
        assert by_hledger(books, tmp_path, needed("hledger")) == due
        assert by_beancount(books, tmp_path) == due
        assert by_table(csv_rows(books)) == due
    tell(f"{size:,} entries: hledger, beancount and the table agree on {len(due)} balances")


def test_reliability_16_a_journal_comes_back_with_its_digest_and_only_once(
    engine: Engine, seeded: random.Random, share: Share, tmp_path: Path, tell: Tell
) -> None:
    size = share(100, 20_000)
    market = traded(engine, seeded, size)
    with read_books(engine, SLUG) as books:
        (tmp_path / "out.jsonl").write_text("".join(jsonl(books, with_private=True)))
        digest = journal_digest(books)
    with write_transaction(engine) as connection:
        communities.create(connection, "elsewhere", "Elsewhere", "EUR", "Europe/Athens")
    first = import_journal(engine, "elsewhere", tmp_path / "out.jsonl")
    again = import_journal(engine, "elsewhere", tmp_path / "out.jsonl")
    assert [str(one.error) for one in (*first.refused, *again.refused)] == []
    assert (first.posted, again.posted, again.already) == (size, 0, size)
    with read_books(engine, "elsewhere") as books:
        assert journal_digest(books) == digest
        assert by_table(csv_rows(books)) == expected(market)
    tell(f"{size:,} entries out as JSON lines and in again, the same digest, nothing twice")


@pytest.mark.slow
def test_reliability_16_fails_when_decimals_are_shifted(
    engine: Engine, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = traded(engine, seeded, 20)
    honest = names.decimal
    monkeypatch.setattr(csv_file, "decimal", lambda amount, unit: honest(amount - amount % 10, unit))
    with read_books(engine, SLUG) as books:
        assert by_table(csv_rows(books)) != expected(market)
