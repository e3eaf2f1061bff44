"""verify by two processes at once: what it says is what one process says, and a helper that stops is no clean bill."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection as Answers

import pytest
from sqlalchemy import Engine

from ledger.checks import Verdict, parallel, verify
from ledger.checks.chain import ChainFollower, PartResult
from ledger.checks.raw_reader import RawBooks, prepared
from ledger.checks.worker_process import Task, Worker, run_task
from ledger.core.errors import CheckCutShort
from ledger.database.unit_of_work import ReadUnit, read_for_verify, write_books
from ledger.exchange.exports.digest import Records
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post
from tests.communities.small_community import ANA, SLUG, new_key, post_draft, sale_draft
from tests.databases import Filling
from tests.ledger.checks.tampering import guards_dropped, unchecked
from tests.ledger.checks.test_verify import fill


def decided(engine: Engine) -> None:
    """Two hundred entries, the last of them decided by the assembly."""
    fill(engine)
    with write_books(engine, SLUG) as unit:
        post(unit, replace(sale_draft(), decision="A-01"), Actors(ANA), new_key())


@pytest.fixture
def books(own_filled: Callable[[Filling], Engine], monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(parallel, "PARALLEL_FROM", 100)
    return own_filled(decided)


def verdict(engine: Engine, processes: int) -> Verdict:
    with read_for_verify(engine, SLUG) as unit:
        return verify(unit, processes=processes)


FAULTS = (
    "UPDATE posting SET amount = amount + 1 WHERE entry_id IN (20, 180) AND line = 1",
    "UPDATE entry_text SET body = 'Resting' WHERE entry_id IN (30, 170) AND part = 'narration'",
    "UPDATE journal_entry SET effective_on = '2026-02-28', period_id = 202602 WHERE entry_id IN (21, 181)",
    "UPDATE journal_entry SET kind = 'gift' WHERE entry_id IN (3, 190)",
    "DELETE FROM seal WHERE seq IN (40, 41, 160, 161)",
    "DELETE FROM entry_text WHERE entry_id IN (50, 150)",
    "DELETE FROM posting WHERE entry_id IN (51, 151)",
    "UPDATE balance SET posted = posted + 1 WHERE account_id = 1",
)
COLUMNS = (
    "line, account_id, unit, fund, effective_on, period_id, programme, amount, quantity_milli, quantity_unit, method"
)
BEYOND = (
    f"INSERT INTO posting (community_id, entry_id, {COLUMNS}) SELECT 1, 900, {COLUMNS} FROM posting WHERE entry_id = 9",
)
FIRST_HALF = FAULTS[0].replace(", 180", "")
STUCK = (FIRST_HALF, "DELETE FROM decision")


@pytest.mark.unhurried
@pytest.mark.parametrize("statements", [(), FAULTS, (FIRST_HALF,), BEYOND, STUCK[1:], STUCK], ids=str)
def test_two_processes_say_what_one_says(books: Engine, statements: tuple[str, ...]) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    alone = verdict(books, 1)
    assert verdict(books, 2) == alone
    assert ({finding.check for finding in alone.findings} == {"guards"}) is (not statements)
    assert multiprocessing.active_children() == []


@pytest.mark.unhurried
def test_three_processes_give_the_digest_that_one_gives(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PARALLEL_FROM", 100)
    fill(sqlite_engine)
    together = verdict(sqlite_engine, 3)
    assert together.journal
    assert together == verdict(sqlite_engine, 1)


def test_nobody_helps_where_the_seal_in_the_middle_is_gone(books: Engine) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql("DELETE FROM seal WHERE seq BETWEEN 60 AND 150")
    assert verdict(books, 2) == verdict(books, 1)


@pytest.mark.parametrize(("processes", "after"), [(1, []), (2, [93]), (3, [60, 135])])
def test_the_numbers_are_shared_out_without_a_gap(books: Engine, processes: int, after: list[int]) -> None:
    with read_for_verify(books, SLUG) as unit:
        assert unit.head.seq == 211
        shared = RawBooks(unit, processes)
        found = parallel.make_tasks(shared)
        assert [one.start.after for one in found] == after
        assert [one.start.expected - 1 for one in found] == after
        assert [one.start.previous.hex() for one in found] == [shared.hash_at(number) for number in after]
        assert [one.upto for one in found] == [*after, 211][1:]
        assert {(one.url, one.slug, one.head) for one in found} <= {(books.url, SLUG, unit.head)}
        assert {one.snapshot is None for one in found} <= {books.dialect.name == "sqlite"}


def test_short_books_are_followed_by_one_process(books: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with read_for_verify(books, SLUG) as unit:
        for least, found in ((211, 1), (212, 0)):
            monkeypatch.setattr(parallel, "PARALLEL_FROM", least)
            assert len(parallel.make_tasks(RawBooks(unit, 2))) == found


def test_only_what_is_kept_and_read_is_seen_by_others(books: Engine) -> None:
    with read_for_verify(books, SLUG) as unit:
        assert parallel._is_seen_by_others(unit.connection)
    with write_books(books, SLUG) as unit:
        assert not parallel._is_seen_by_others(unit.connection)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_books_in_memory_are_seen_by_nobody_else(url: str, make: Callable[[str], Engine]) -> None:
    with make(url).connect().execution_options(reads=True) as connection:
        assert not parallel._is_seen_by_others(connection)


def test_nobody_helps_with_books_that_are_being_written(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        post(unit, sale_draft(), Actors(ANA), new_key())
        assert verify(ReadUnit(unit.connection, 1, unit.uid, SLUG, unit.head), processes=2).ok
    assert multiprocessing.active_children() == []


@contextmanager
def helping(order: Task) -> Iterator[tuple[PartResult | None, Iterator[Records]]]:
    """Follow an order in a thread of this process, and give what was told."""
    mine, its = multiprocessing.Pipe(duplex=False)

    def follow_to_the_end() -> None:
        with its:
            run_task(order, its)

    thread = threading.Thread(target=follow_to_the_end)
    with mine:
        thread.start()
        part: PartResult | None = mine.recv()
        records = _received(mine) if part is not None else iter(())
        yield part, records
        for _ in records:  # whoever asked may want no more
            pass
        thread.join()


def _received(answers: Answers) -> Iterator[Records]:
    while data := answers.recv_bytes():
        yield data.splitlines(keepends=True)


def ordered(unit: ReadUnit, upto: int, after: int = 90) -> Task:
    begin = parallel._start_after(RawBooks(unit), after)
    assert begin is not None
    snapshot = parallel._exported_snapshot(unit.connection)
    return Task(unit.connection.engine.url, SLUG, snapshot, unit.head, begin, upto)


@pytest.mark.parametrize("after", [90, 205])
@pytest.mark.parametrize("statements", [(), FAULTS, (FIRST_HALF,)], ids=str)
def test_what_a_helper_tells_is_what_one_process_finds(books: Engine, statements: tuple[str, ...], after: int) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    check_helped_as_alone(books, after, sound=not statements)


def test_values_that_no_column_holds_are_told_by_a_helper_too(sqlite_filled: Callable[[Filling], Engine]) -> None:
    books = sqlite_filled(decided)
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql("UPDATE entry_text SET body = CAST(X'C3FF' AS TEXT) WHERE entry_id IN (31, 171)")
    check_helped_as_alone(books, 90, sound=False)


def check_helped_as_alone(books: Engine, after: int, *, sound: bool) -> None:
    """What was found with a helper from a number on, against what one process finds."""
    with (
        read_for_verify(books, SLUG) as unit,
        prepared(alone := RawBooks(unit)),
        prepared(shared := RawBooks(unit)),
    ):
        found = [*parallel.check_links(alone)]
        with helping(ordered(unit, unit.head.seq, after)) as (part, records):
            assert part is not None
            links = ChainFollower(shared)
            joined = [*links.follow(after), *links.merge(part, records), *links.follow(None), *links.finish()]
            digests = [one.journal.hexdigest() if one.journal else None for one in (shared, alone)]
        assert sorted(map(str, joined)) == sorted(map(str, found))
        assert (digests[0], digests[0] is None) == (digests[1], not sound)
        mine, its = shared.require_totals(), alone.require_totals()
        assert (mine.intervals, mine.last, shared.damaged) == (its.intervals, its.last, alone.damaged)


def test_a_helper_tells_what_it_found_and_where_it_ended(books: Engine) -> None:
    with read_for_verify(books, SLUG) as unit, helping(ordered(unit, 150)) as (part, records):
        assert part is not None
        assert part.findings == ()
        assert (part.end.after, part.end.expected) == (150, 151)
        assert sum(len(some) for some in records) == 60


def test_a_helper_tells_findings_in_words_that_can_be_said_again(books: Engine) -> None:
    guards_dropped(books)
    with unchecked(books) as connection:
        connection.exec_driver_sql("UPDATE posting SET amount = amount + 1 WHERE entry_id = 120 AND line = 1")
    with read_for_verify(books, SLUG) as unit, helping(ordered(unit, 150)) as (part, records):
        assert part is not None
        assert [*records] == []
        assert part.findings == (
            ("links", 120, "Number %(number)s does not hold what was sealed.", {"number": 120}),
            ("entries", 120, "Entry %(number)s does not balance, or has too few lines.", {"number": 120}),
        )
        assert part.is_sound is False


@pytest.mark.unhurried
def test_a_helper_that_sees_other_books_leaves_the_work(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with read_for_verify(sqlite_engine, SLUG) as unit:
        order = ordered(unit, 150)
        post_draft(sqlite_engine, sale_draft())
        with helping(order) as (part, _):
            assert part is None


@pytest.mark.unhurried
def test_a_helper_that_cannot_reckon_with_a_value_leaves_the_work(sqlite_engine: Engine) -> None:
    decided(sqlite_engine)
    guards_dropped(sqlite_engine)
    with unchecked(sqlite_engine) as connection:
        connection.exec_driver_sql("DELETE FROM decision")
    with read_for_verify(sqlite_engine, SLUG) as unit, helping(ordered(unit, unit.head.seq)) as (part, _):
        assert part is None


@pytest.mark.unhurried
def test_what_was_written_meanwhile_changes_nothing(books: Engine) -> None:
    with read_for_verify(books, SLUG) as unit:
        post_draft(books, sale_draft())
        found = verify(unit, processes=2)
    assert (found.ok, found.entries) == (True, 201)


def test_a_helper_that_dies_is_no_clean_bill(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with ExitStack() as ending, read_for_verify(sqlite_engine, SLUG) as unit:
        helper = Worker(ordered(unit, 150))
        ending.callback(helper.close)
        assert helper.after == 90
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(CheckCutShort):
            helper.result()
