"""What is sealed is finished: no line, no words, no register row and no name joins it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.models.sqlite_authorizer import without_authorizer
from tests.attacks.books import FOREIGN_KEY, ORDER, Books, Row, entry, refused

HELP = entry((1, 5), (2, -5))


def pair(books: Books, number: int) -> list[Row]:
    """Give two more lines that balance."""
    common: Row = {"community_id": books.number, "entry_id": number, "unit": "min", "fund": "TB"}
    common |= {"effective_on": "2026-03-05", "period_id": 202603}
    return [{**common, "line": 8, "account_id": 1, "amount": 5}, {**common, "line": 9, "account_id": 2, "amount": -5}]


def test_a_balanced_pair_of_lines_cannot_join_an_entry_in_the_books(books: Books) -> None:
    with refused("late-posting"), books.engine.begin() as connection:
        books.insert(connection, "posting", pair(books, 2))


def test_lines_cannot_join_between_seal_and_commit(books: Books) -> None:
    with refused("late-posting"), books.engine.begin() as connection:
        number = books.post(HELP, connection=connection)
        books.insert(connection, "posting", pair(books, number))


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_does_not_let_lines_join(postgresql_books: Books, level: str) -> None:
    books = postgresql_books
    older = books.engine.execution_options(isolation_level=level)
    with refused("late-posting", FOREIGN_KEY), older.begin() as connection:
        books.run("SELECT count(*) FROM journal_entry", connection)
        number = books.post(HELP)
        books.insert(connection, "posting", pair(books, number))


def test_a_second_connection_cannot_add_lines_to_an_open_entry(postgresql_books: Books) -> None:
    books = postgresql_books
    with books.engine.begin() as one, refused("late-posting", FOREIGN_KEY), books.engine.begin() as two:
        books.post(HELP, connection=one)
        books.insert(two, "posting", pair(books, 4))


def test_a_temporary_table_of_the_same_name_hides_no_seal(books: Books) -> None:
    with refused("late-posting"), books.engine.begin() as connection, without_authorizer(connection):
        connection.exec_driver_sql("CREATE TEMPORARY TABLE seal (community_id INTEGER, seq INTEGER)")
        books.insert(connection, "posting", pair(books, 2))


WORDS = {"mac": b"m" * 32, "salt": b"s" * 32, "body": "more"}
LATE: dict[str, tuple[str, Row]] = {
    "words to an entry": ("entry_text", {"entry_id": 2, "part": "note", **WORDS}),
    "a register row to an act": ("register_row", {"register": "policy", "key": "x", "act_id": 1, "body": "{}"}),
    "a name to an act": ("party_text", {"party_id": 4, "part": "name", "act_id": 1, **WORDS}),
    "a balance to a close": (
        "period_balance",
        {"act_id": 1, "account_id": 1, "opening": 0, "movement": 5, "closing": 5},
    ),
    "a movement to a close": (
        "period_movement",
        {"act_id": 1, "account_id": 1, "programme": "GARDEN", "movement": 5},
    ),
}


@pytest.mark.parametrize(("table", "row"), LATE.values(), ids=LATE.keys())
def test_nothing_joins_what_is_sealed(books: Books, table: str, row: Row) -> None:
    with refused("late-", FOREIGN_KEY), books.engine.begin() as connection:
        books.insert(connection, table, [{"community_id": books.number, **row}])


@pytest.mark.parametrize(("table", "row"), LATE.values(), ids=LATE.keys())
def test_nothing_joins_what_is_not_there(books: Books, table: str, row: Row) -> None:
    gone: dict[str, Any] = {name: 99 for name in ("entry_id", "act_id") if name in row}
    with refused("late-", FOREIGN_KEY), books.engine.begin() as connection:
        books.insert(connection, table, [{"community_id": books.number, **row, **gone}])


@pytest.mark.parametrize(("table", "row"), [LATE["a register row to an act"], LATE["a name to an act"]])
def test_only_a_record_act_brings_rows(books: Books, table: str, row: Row) -> None:
    with refused("late-"), books.acting("close", period_id=202603) as (connection, number):
        books.insert(connection, table, [{"community_id": books.number, **row, "act_id": number}])


@pytest.mark.parametrize(("table", "row"), [LATE["a balance to a close"], LATE["a movement to a close"]])
def test_only_a_close_brings_balances(books: Books, table: str, row: Row) -> None:
    facts: dict[str, Any] = {"opens": {}, "names": [], "registers": None}
    with refused("late-balance", FOREIGN_KEY), books.acting("record", facts=facts) as (connection, number):
        books.insert(connection, table, [{"community_id": books.number, **row, "act_id": number}])


@pytest.mark.parametrize("part", ["balance to", "movement to"])
def test_balances_of_a_closed_month_cannot_be_added_to(books: Books, part: str) -> None:
    number = books.close(202601)
    table, row = LATE[f"a {part} a close"]
    with refused("late-balance", FOREIGN_KEY), books.engine.begin() as connection:
        books.insert(connection, table, [{"community_id": books.number, **row, "act_id": number}])


def test_a_balance_that_does_not_add_up_is_not_kept(books: Books) -> None:
    row = {"community_id": books.number, "account_id": 1, "opening": 1, "movement": 5, "closing": 5}
    with refused("closing_check"), books.acting("close", period_id=202601) as (connection, number):
        books.insert(connection, "period_balance", [{**row, "act_id": number}])


def test_an_empty_text_cannot_be_written(books: Books) -> None:
    with refused("late-text"):
        books.post(HELP, spoil=lambda rows: rows["entry_text"][0].update(body=None, salt=None, erased_act=1))


def test_an_entry_that_was_never_sealed_does_not_last(books: Books) -> None:
    with refused(FOREIGN_KEY), books.engine.begin() as connection:
        number = books.post(HELP, connection=connection, tables=ORDER[:3])
        books.insert(connection, "posting", pair(books, number))
