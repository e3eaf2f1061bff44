"""verify: a book of two hundred entries, and any one value of it changed behind the guards' back."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from ledger import chain
from ledger.checks import Verdict, verify
from ledger.db import Writing, reading, writing
from ledger.idempotency import Actors
from ledger.periods import Month
from ledger.posting import post_many, reverse
from ledger.snapshots import close_month
from tests.databases import Filling
from tests.ledger import village
from tests.ledger.checks.tampering import TABLES, all_values, guards_dropped, rows_of, set_value
from tests.ledger.village import ANA, BEA, hours, key, sale


def fill(engine: Engine, entries: int = 200) -> None:
    """Two hundred entries with reversals, a month closed twice, limits and erased words."""
    days = [dt.date(2026, month, 1 + number % 28) for month in (1, 2, 3) for number in range(entries // 3 + 1)]
    village.found(engine)
    drafts = [
        sale(100 + n, day) if n % 3 else hours(minutes=10 + n, day=day) for n, day in enumerate(days[: entries - 2])
    ]
    with writing(engine, "village") as unit:
        posted = post_many(unit, [(draft, Actors(ANA), key()) for draft in drafts])
        for number in (posted[4].entry_id, posted[5].entry_id):
            reverse(unit, number, "typed twice", Actors(BEA), key())
        govern(unit, posted[7].entry_id)


def govern(unit: Writing, erased: int) -> None:
    chain.append_act(unit, "limits", entered_by=BEA, facts={"floor": -60000, "ceiling": 90000}, account_id=1)
    chain.append_act(unit, "erase", entered_by=BEA, facts={"part": "narration"}, entry_id=erased)
    chain.append_act(unit, "erase", entered_by=BEA, facts={"party": village.CAI})
    january = Month(2026, 1)
    close_month(unit, january, entered_by=BEA)
    chain.append_act(unit, "reopen", entered_by=BEA, facts={"reason": "a late bill"}, period_id=january.id)
    close_month(unit, january, entered_by=BEA)


def verdict(engine: Engine, anchor: tuple[int, str] | None = None) -> Verdict:
    with reading(engine, "village") as unit:
        return verify(unit, anchor)


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(fill)


def test_honest_books_hold(books: Engine) -> None:
    found = verdict(books)
    assert [str(finding.says) for finding in found.findings] == []
    assert (found.ok, found.entries, found.postings) == (True, 200, 400)


def test_a_kept_head_is_found_again_and_a_false_one_is_not(books: Engine) -> None:
    head = verdict(books).head
    assert verdict(books, (head.seq, head.hash.hex()[:16])).ok
    assert verdict(books, (head.seq, "6c64 06fc")).findings[0].check == "anchor"
    assert verdict(books, (head.seq + 1, head.hash.hex())).findings[0].check == "anchor"
    assert not verdict(books, (head.seq, "")).ok


def test_a_missing_guard_is_found(books: Engine) -> None:
    guards_dropped(books)
    assert {finding.check for finding in verdict(books).findings} == {"guards"}


@pytest.mark.parametrize("table", TABLES)
def test_one_value_changed_anywhere_is_found_and_named(books: Engine, table: str, seeded: random.Random) -> None:
    guards_dropped(books)
    for row in rows_of(books, table, seeded, share=4):
        for column, value in all_values(table, row):
            with set_value(books, table, row, column, value) as written:
                found = [finding for finding in verdict(books).findings if finding.check != "guards"]
                assert bool(found) is written, f"{table}.{column} of {row} became {value!r} unseen"


def named(books: Engine) -> set[str]:
    """Name the checks that found something, besides the guards that the test dropped."""
    return {finding.check for finding in verdict(books).findings} - {"guards"}


@pytest.mark.parametrize(
    ("erased", "column", "value"),
    [(True, "salt", b"s" * 16), (True, "body", "Weeding"), (False, "salt", None), (False, "body", None)],
)
def test_half_erased_words_are_found(books: Engine, erased: bool, column: str, value: str | bytes | None) -> None:
    guards_dropped(books)
    rows = rows_of(books, "entry_text", random.Random(), share=10_000)
    row = next(row for row in rows if (row["body"] is None) is erased)
    with set_value(books, "entry_text", row, column, value) as written:
        assert ("texts" in named(books)) is written


@pytest.mark.parametrize("facts", ["no facts", "[1]"])
def test_facts_that_nobody_can_read_are_found(books: Engine, facts: str) -> None:
    guards_dropped(books)
    deed = rows_of(books, "act", random.Random(), share=10_000)[0]
    with set_value(books, "act", deed, "facts", facts) as written:
        assert bool(named(books)) is written
