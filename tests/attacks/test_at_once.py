"""Many writers at once: one chain, each key once, no limit passed, nothing after a close."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy.exc import IntegrityError

from tests.attacks.books import Books, Entry, entry, refused

Share = Callable[[int, int], int]
LAST = "SELECT seq FROM chain_head WHERE community_id = :c"
AFTER = (
    "SELECT count(*) FROM journal_entry e JOIN act a ON a.community_id = e.community_id AND a.kind = 'close' "
    "AND a.period_id = e.period_id WHERE e.community_id = :c AND e.entry_id > a.act_id"
)


def at_once(*jobs: Callable[[], object]) -> int:
    """Run the jobs at the same moment; give how many were not refused."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> bool:
        gate.wait()
        try:
            job()
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(len(jobs)) as crowd:
        return sum(crowd.map(run, jobs))


def step(**header: object) -> Entry:
    return entry((1, 1), (2, -1), **header)


def test_eight_writers_make_one_chain_without_a_gap(books: Books, share: Share) -> None:
    each = share(5, 100)
    assert at_once(*[lambda: [books.post(step()) for _ in range(each)]] * 8) == 8
    assert (books.run(LAST), books.balance(1)) == ([(3 + 8 * each,)], 90 + 8 * each)


def test_one_key_sixteen_times_at_once_is_one_entry(books: Books) -> None:
    assert at_once(*[lambda: books.post(step(idem_key="same"))] * 16) == 1
    assert (books.run(LAST), books.balance(1)) == ([(4,)], 91)


def test_sixteen_at_once_for_room_of_ten_are_ten(books: Books) -> None:
    books.limit(1, -100, 100)
    assert at_once(*[lambda: books.post(step())] * 16) == 10
    assert books.balance(1) == 100


def test_one_of_eight_reversals_at_once_is_kept(books: Books) -> None:
    assert at_once(*[lambda: books.post(entry((1, -90), (2, 90), reverses=2))] * 8) == 1
    assert books.balance(1) == 0


def test_a_hold_ends_once_however_many_end_it(books: Books) -> None:
    books.hold(1, 8)
    sql = "UPDATE hold SET state = '{}' WHERE community_id = :c AND hold_id = 2"
    assert at_once(*[partial(books.run, sql.format(state)) for state in ["voided", "expired"] * 4]) == 1
    assert books.run("SELECT held_debit FROM balance WHERE community_id = :c AND account_id = 1") == [(0,)]


def test_eight_posters_against_a_closer_post_nothing_after_the_close(books: Books, share: Share) -> None:
    for month in range(1, share(3, 12) + 1):
        poster = partial(books.post, step(effective_on=f"2026-{month:02}-05"))
        at_once(*[poster] * 4, partial(books.act, "close", period_id=202600 + month), *[poster] * 4)
        assert books.run("SELECT count(*) FROM act WHERE community_id = :c AND kind = 'close'") == [(month,)]
    assert books.run(AFTER) == [(0,)]


def test_an_entry_does_not_slip_under_a_number_that_is_just_being_sealed(books: Books) -> None:
    def unsealed() -> None:
        with books.engine.begin() as connection:
            row = {**books.rows(unit, (step(),))["journal_entry"][0], "entry_id": number}
            waiting.set()
            books.insert(connection, "journal_entry", [row])

    waiting = threading.Event()
    with ThreadPoolExecutor(1) as crowd:
        with books.acting("close", period_id=202603) as (connection, number):
            unit = books.unit(connection)
            outcome = crowd.submit(unsealed)
            waiting.wait(0.2)
        with refused("sealed"):
            outcome.result()
