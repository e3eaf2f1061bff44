"""A closed month takes no entry, and only an act of its own closes or reopens it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from tests.attacks.books import FOREIGN_KEY, Books, Rows, entry, refused

HELP, APRIL = entry((1, 5), (2, -5)), entry((1, 5), (2, -5), effective_on="2026-04-05")
STATE = "UPDATE period SET state = :state, act_id = :act WHERE community_id = :c AND period_id = 202603"
OPEN = "INSERT INTO period (community_id, period_id, state, act_id) VALUES (:c, :month, :state, :act)"


def close(books: Books, kind: str = "close", month: int = 202603) -> int:
    return books.act(kind, period_id=month)


def test_a_closed_month_takes_no_entry(books: Books) -> None:
    close(books)
    with refused("period-closed"):
        books.post(HELP)
    assert books.post(APRIL)


def test_a_batch_with_one_entry_in_a_closed_month_is_refused_whole(books: Books) -> None:
    close(books)
    with refused("period-closed"):
        books.post(APRIL, HELP, APRIL)
    assert books.balance(1) == 90


def test_a_closed_month_takes_no_reversal(books: Books) -> None:
    close(books)
    with refused("period-closed"):
        books.post(entry((1, -90), (2, 90), reverses=2))


def test_a_reopened_month_takes_entries_again(books: Books) -> None:
    close(books)
    close(books, "reopen")
    assert books.post(HELP) == 6


def test_a_month_before_a_closed_one_takes_no_entry_though_nobody_closed_it(books: Books) -> None:
    close(books)
    early = entry((1, 5), (2, -5), effective_on="2026-01-05")
    for batch in ((early,), (APRIL, early)):
        with refused("period-closed"):
            books.post(*batch)
    close(books, "reopen")
    assert books.post(early)


def test_a_month_closed_in_the_same_transaction_takes_no_entry(books: Books) -> None:
    with refused("period-closed"), books.engine.begin() as connection:
        with books.acting("close", connection, period_id=202603):
            pass
        books.post(HELP, connection=connection)


@pytest.mark.parametrize(("kinds", "months"), [(("close", "close"), 1), (("reopen",), 1), (("close",), 0)])
def test_a_month_is_closed_or_reopened_only_when_it_can_be(books: Books, kinds: tuple[str, ...], months: int) -> None:
    month = 202603 if months else 203101
    with refused("act-target"):
        for kind in kinds:
            close(books, kind, month)


def filed(**values: object) -> Callable[[Rows], object]:
    return lambda rows: [row.update(values) for row in (*rows["journal_entry"], *rows["posting"])]


def test_a_month_that_is_not_there_takes_no_entry(books: Books) -> None:
    with refused(FOREIGN_KEY, "period-closed"):
        books.post(entry((1, 5), (2, -5), effective_on="2031-01-01"))


def test_an_entry_is_filed_in_the_month_of_its_day(books: Books) -> None:
    with refused("month_check"):
        books.post(HELP, spoil=filed(period_id=202604))


ENTRY_ON = (
    "INSERT INTO journal_entry (community_id, entry_id, kind, family, effective_on, period_id, recorded_at, "
    "entered_by, idem_scope, idem_key, fingerprint) "
    "VALUES (:c, 4, 'x', 'other', :day, 202602, '2026-01-01T00:00:00.000Z', 2, 'form', 'k', :print)"
)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-02", "2026-2-03", "2026-02-03 ", "2026-02-03T10:00"])
def test_a_day_is_a_day_of_the_calendar(sqlite_books: Books, day: str) -> None:
    with refused("effective_on_check"):
        sqlite_books.run(ENTRY_ON, day=day, print=b"f" * 32)


def test_the_thirtieth_of_february_is_no_day(postgresql_books: Books) -> None:
    with pytest.raises(DBAPIError, match="out of range"):
        postgresql_books.run(ENTRY_ON, day="2026-02-30", print=b"f" * 32)


def test_a_month_is_not_reopened_by_hand_with_an_old_act(books: Books) -> None:
    close(books)
    old = close(books, "reopen")
    close(books)
    with refused("period-guard"):
        books.run(STATE, state="open", act=old)


@pytest.mark.parametrize(("kind", "state"), [("record", "closed"), ("reopen", "closed"), ("close", "open")])
def test_a_month_is_not_moved_by_an_act_of_another_kind(books: Books, kind: str, state: str) -> None:
    if kind == "reopen":
        close(books)
    facts: dict[str, object] = {"opens": {}, "names": [], "registers": None}
    with refused("period-guard"), books.acting(kind, facts=facts, period_id=202603) as (connection, number):
        books.run(STATE, connection, state=state, act=number)


@pytest.mark.parametrize(
    ("month", "state", "act"), [(202713, "open", None), (202701, "closed", None), (202701, "open", 1)]
)
def test_a_month_is_made_open_and_in_the_calendar(books: Books, month: int, state: str, act: int | None) -> None:
    with refused("period-guard", "period_period_id_check"):
        books.run(OPEN, month=month, state=state, act=act)
