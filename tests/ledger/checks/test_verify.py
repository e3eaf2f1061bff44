"""verify: a book of two hundred entries, and any one value of it changed behind the guards' back."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any

import pytest
from sqlalchemy import Engine

from ledger.chain import hashing
from ledger.chain.record_acts import HoldEnd, HoldRow, record
from ledger.checks import Verdict, verify
from ledger.checks.raw_reader import SMALL_CACHE, RawBooks, prepared
from ledger.core.periods import Month
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.exchange.exports.digest import JournalDigest, journal_digest
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post, post_many
from ledger.journal.reversal import reverse
from ledger.journal.snapshots import close_month
from ledger.models import triggers
from tests.communities import small_community
from tests.communities.small_community import ANA, BEA, SLUG, close_without_balances, hours_draft, new_key, sale_draft
from tests.databases import Filling
from tests.ledger.checks.tampering import TABLES, all_values, guards_dropped, rows_of, set_value, unchecked

END = "2026-05-01T00:00:00.000Z"


def fill(engine: Engine, entries: int = 200) -> None:
    """Two hundred entries with reversals, a month closed twice, limits and erased words."""
    days = [dt.date(2026, month, 1 + number % 28) for month in (1, 2, 3) for number in range(entries // 3 + 1)]
    small_community.create_bare(engine)
    drafts = [
        sale_draft(100 + n, day) if n % 3 else hours_draft(minutes=10 + n, day=day)
        for n, day in enumerate(days[: entries - 3])
    ]
    with write_books(engine, SLUG) as unit:
        posted = post_many(unit, [(draft, Actors(ANA), new_key()) for draft in drafts])
        for number in (posted[4].entry_id, posted[5].entry_id):
            reverse(unit, number, "typed twice", Actors(BEA), new_key())
        keep_room(unit)
        govern(unit, posted[7].entry_id)


def keep_room(unit: WriteUnit) -> None:
    """Four holds: one settled by its entry, one voided, one expired, one that still keeps room."""
    kept = [HoldRow(1, 1, 40, ANA), HoldRow(2, 2, -40, ANA), HoldRow(3, 1, 5, BEA, END), HoldRow(4, 2, 7, BEA, END)]
    record(unit, entered_by=ANA, holds=kept)
    entry = post(unit, sale_draft(700), Actors(ANA), new_key(), settles=[1]).entry_id
    ended = [HoldEnd(1, "settled", entry), HoldEnd(2, "voided"), HoldEnd(3, "expired")]
    record(unit, entered_by=BEA, ended=ended)


def govern(unit: WriteUnit, erased: int) -> None:
    hashing.append_act(unit, "limits", entered_by=BEA, facts={"floor": -60000, "ceiling": 90000}, account_id=1)
    hashing.append_act(unit, "erase", entered_by=BEA, facts={"part": "narration"}, entry_id=erased)
    hashing.append_act(unit, "erase", entered_by=BEA, facts={"party": small_community.CAI})
    january = Month(2026, 1)
    close_month(unit, january, entered_by=BEA)
    hashing.append_act(unit, "reopen", entered_by=BEA, facts={"reason": "a late bill"}, period_id=january.id)
    close_month(unit, january, entered_by=BEA)


def verdict(engine: Engine, anchor: tuple[int, str] | None = None) -> Verdict:
    with read_books(engine, SLUG) as unit:
        return verify(unit, anchor)


def told(found: Verdict) -> list[str]:
    return [f"{one.check} {one.seq} {one.says}" for one in found.findings]


@pytest.fixture
def books(own_filled: Callable[[Filling], Engine]) -> Engine:
    return own_filled(fill)


@pytest.mark.strongest
def test_honest_books_hold(books: Engine) -> None:
    found = verdict(books)
    assert [str(finding.says) for finding in found.findings] == []
    assert (found.ok, found.entries, found.postings) == (True, 200, 400)
    with read_books(books, SLUG) as unit:
        assert found.journal == journal_digest(unit)


def test_a_month_that_was_closed_before_balances_were_kept_holds(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        close_without_balances(unit, 202602)
    assert told(verdict(books)) == []


def test_a_kept_head_is_found_again_and_a_false_one_is_not(books: Engine) -> None:
    head = verdict(books).head
    assert verdict(books, (head.seq, head.hash.hex()[:16])).ok
    assert verdict(books, (head.seq, " ".join(head.hash.hex()).upper())).ok
    assert told(verdict(books, (head.seq, "6c64 06fc"))) == [
        f"anchor {head.seq} Number {head.seq} is not the one that was kept."
    ]
    assert told(verdict(books, (head.seq + 1, head.hash.hex()))) == [
        f"anchor {head.seq + 1} The books no longer reach number {head.seq + 1}."
    ]
    assert not verdict(books, (head.seq, "")).ok


def test_words_that_were_erased_whole_hold(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        noted = post(unit, replace(sale_draft(), note="A gift of hers"), Actors(ANA), new_key()).entry_id
        back = reverse(unit, noted, "typed twice", Actors(BEA), new_key()).entry_id
        for number in (noted, back):
            hashing.append_act(unit, "erase", entered_by=BEA, facts={}, entry_id=number)
    assert told(verdict(books)) == []


def test_a_missing_guard_is_found(books: Engine) -> None:
    guards_dropped(books)
    found = told(verdict(books))
    wanted = triggers.expected(books.dialect.name)
    assert [one for one in found if "“" in one] == [
        f"guards None The database lacks the guard “{name}”." for name in sorted(wanted)
    ]


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


@pytest.mark.unhurried
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


@pytest.mark.unhurried
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM hold WHERE hold_id = 2",
        "UPDATE hold SET hold_id = 9 WHERE hold_id = 2",
        "UPDATE hold SET state = 'expired' WHERE hold_id = 2",
        "UPDATE hold SET state = 'open' WHERE hold_id = 2",
        "UPDATE hold SET expires_at = NULL WHERE hold_id = 4",
    ],
)
def test_room_kept_or_given_back_behind_the_chain_is_found(books: Engine, statement: str) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql(statement)
    assert "holds" in named(books)


def test_a_hold_that_acts_end_twice_is_found(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        facts: dict[str, Any] = {"names": [], "opens": {}, "registers": None, "ended": [[2, "voided", None]]}
        number = hashing.append_act(unit, "record", entered_by=BEA, facts=facts)
    assert told(verdict(books)) == [f"holds {number} Number {number} ends what was not kept, or ended before."]


@pytest.mark.unhurried
@pytest.mark.parametrize("facts", ["no facts", "[1]"])
def test_facts_that_nobody_can_read_are_found(books: Engine, facts: str) -> None:
    guards_dropped(books)
    deed = rows_of(books, "act", random.Random(), share=10_000)[0]
    with set_value(books, "act", deed, "facts", facts) as written:
        assert bool(named(books)) is written


@pytest.mark.unhurried
def test_a_check_leaves_no_file_open(books: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[IO[bytes]] = []
    monkeypatch.setattr(JournalDigest.__init__, "__defaults__", (50,))
    honest = tempfile.TemporaryFile

    def open_one() -> IO[bytes]:
        opened.append(honest())
        return opened[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", open_one)
    assert verdict(books).ok
    assert [file.closed for file in opened] == [True] * 4


@pytest.mark.unhurried
def test_a_check_takes_little_of_sqlites_memory_and_gives_it_back(sqlite_engine: Engine) -> None:
    fill(sqlite_engine, 20)
    with read_books(sqlite_engine, SLUG) as unit:
        sizes = [unit.connection.exec_driver_sql("PRAGMA cache_size").scalar_one()]
        with prepared(RawBooks(unit)):
            sizes.append(unit.connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
        sizes.append(unit.connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    assert sizes == [-65536, SMALL_CACHE, -65536]
