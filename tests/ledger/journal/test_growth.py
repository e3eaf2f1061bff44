"""What is done daily costs the same, however long the history is: in statements, and in SQLite's own steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ledger.core.drafts import AccountKey
from ledger.core.periods import Span
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.account_history import history
from ledger.journal.balances import balance_of, trial_balance
from ledger.journal.idempotency import Actors
from ledger.journal.posting import BATCH_SIZE, FIRST_BATCH_SIZE, post, post_many
from ledger.journal.statements import get_statement
from tests.communities import small_community
from tests.communities.small_community import ANA, BANK, BEA, CAI, SLUG, hours_draft, new_key, sale_draft

DAY = dt.date(2026, 3, 5)


def live(engine: Engine, entries: int) -> None:
    """Sales of other people's, over three months."""
    with write_books(engine, SLUG) as unit:
        drafts = [sale_draft(100 + number, dt.date(2026, 1 + number % 3, 1 + number % 28)) for number in range(entries)]
        post_many(unit, [(draft, Actors(ANA), new_key()) for draft in drafts])


@contextmanager
def steps(engine: Engine) -> Iterator[Callable[[], int]]:
    """How many hundreds of steps SQLite's machine takes, in reading and in writing."""
    taken = [0]

    def tick() -> None:
        taken[0] += 1

    def listen(driver: Any, *_: object) -> None:
        driver.set_progress_handler(tick, 100)

    engine.dispose()
    both = (engine, engine.get_execution_options()["readers"])
    for one in both:
        event.listen(one, "connect", listen)
    yield lambda: taken[0]
    for one in both:
        event.remove(one, "connect", listen)
    engine.dispose()


def read(question: Callable[[Any], object]) -> Callable[[Engine], object]:
    def ask(engine: Engine) -> object:
        with read_books(engine, SLUG) as unit:
            return question(unit)

    return ask


def help_again(engine: Engine) -> None:
    with write_books(engine, SLUG) as unit:
        post(unit, hours_draft(minutes=30, day=DAY), Actors(ANA), new_key())


DAILY = {
    "a post": help_again,
    "a balance": read(lambda unit: balance_of(unit, AccountKey("T2000", "min", "TB", BEA))),
    "a statement": read(lambda unit: get_statement(unit, CAI, Span(DAY.replace(day=1), DAY))),
    "the newest page of an account": read(lambda unit: history(unit, BANK)),
    "the trial balance": read(trial_balance),
}


@pytest.mark.parametrize("name", DAILY)
def test_what_is_done_daily_does_not_read_the_history(sqlite_engine: Engine, name: str) -> None:
    small_community.create(sqlite_engine)
    costs = []
    for entries in (200, 2000):
        live(sqlite_engine, entries)
        with steps(sqlite_engine) as taken:
            DAILY[name](sqlite_engine)
            before = taken()
            DAILY[name](sqlite_engine)
            costs.append(taken() - before)
    assert costs[1] <= 1.5 * costs[0] + 2


def test_a_post_takes_few_statements_and_a_batch_hardly_more(engine: Engine) -> None:
    small_community.create(engine)
    live(engine, 3)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    help_again(engine)
    counts = []
    for entries in (1, FIRST_BATCH_SIZE, FIRST_BATCH_SIZE + 2 * BATCH_SIZE):
        with write_books(engine, SLUG) as unit:
            asked.clear()
            post_many(unit, [(hours_draft(minutes=10 + n, day=DAY), Actors(ANA), new_key()) for n in range(entries)])
            counts.append(len(asked))
    assert counts == ([3, 3, 5] if engine.dialect.name == "postgresql" else [5, 5, 5])
