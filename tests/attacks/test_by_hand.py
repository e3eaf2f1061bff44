"""What the database writes itself, nobody writes by hand: balances, heads, limits and what was promised."""

from __future__ import annotations

import pytest

from tests.attacks.books import AGREE, Books, refused

HASH = "(SELECT hash FROM seal WHERE community_id = :c"
BY_HAND = {
    "a balance": "UPDATE balance SET posted = posted + 1",
    "a balance and its entry": "UPDATE balance SET posted = 0, last_entry = 99",
    "the entry alone": "UPDATE balance SET last_entry = last_entry + 1",
    "a last move": "UPDATE balance SET last_move = 1",
    "no last move": "UPDATE balance SET last_move = 0",
    "a floor": "UPDATE balance SET floor = -999999, limits_act = 1",
    "an act's number": "UPDATE balance SET limits_act = 1",
    "a reserve": "UPDATE balance SET held_debit = 3",
    "another account": "UPDATE balance SET account_id = account_id + 50",
    "nothing at all": "UPDATE balance SET posted = posted",
    "a head's number": "UPDATE chain_head SET seq = seq - 1",
    "a head's hash": f"UPDATE chain_head SET hash = {HASH} AND seq = 1)",
    "the link before": f"UPDATE chain_head SET seq = 2, hash = {HASH} AND seq = 2)",
    "the same head": "UPDATE chain_head SET seq = seq",
    "a touch": "UPDATE chain_head SET touched = 1",
    "a month": "UPDATE period SET state = 'closed', act_id = 1",
    "words": "UPDATE entry_text SET body = 'other'",
    "no words": "UPDATE entry_text SET body = NULL, salt = NULL, erased_act = 1",
    "a name": "UPDATE party_text SET body = 'Eve'",
    "no name": "UPDATE party_text SET body = NULL, salt = NULL, erased_act = 1",
    "a new MAC": "UPDATE party_text SET mac = salt",
}


@pytest.mark.parametrize("sql", BY_HAND.values(), ids=BY_HAND.keys())
def test_what_the_database_writes_is_not_written_by_hand(books: Books, sql: str) -> None:
    with refused("-guard", "chain-broken"):
        books.run(f"{sql} WHERE community_id = :c")


MADE = {
    "a second head": f"INSERT INTO chain_head (community_id, hash) VALUES (:c, {HASH} AND seq = 1))",
    "a second balance": "INSERT INTO balance (community_id, account_id) VALUES (:c, 1)",
    "a balance out of nothing": "INSERT INTO balance (community_id, account_id, posted) VALUES (:c, 99, 7)",
}


@pytest.mark.parametrize("sql", MADE.values(), ids=MADE.keys())
def test_what_the_database_makes_is_not_made_by_hand(books: Books, sql: str) -> None:
    with refused("-guard", "chain-broken"):
        books.run(sql)


def test_a_head_begins_at_the_genesis_hash(postgresql_books: Books) -> None:
    sql = "INSERT INTO chain_head (community_id, hash) VALUES (:c, :hash)"
    with refused("chain-broken"):
        postgresql_books.run(sql, hash=b"x" * 32)


def test_limits_are_those_of_an_act_in_the_same_transaction(books: Books) -> None:
    facts = {"floor": -5, "ceiling": 5}
    with refused("-guard"), books.acting("limits", facts=facts, account_id=3) as (connection, number):
        sql = "UPDATE balance SET floor = -9, limits_act = :act WHERE community_id = :c AND account_id = 3"
        books.run(sql, connection, act=number)


def test_an_agreement_needs_its_community(books: Books) -> None:
    with refused("foreign key", "FOREIGN KEY"):
        books.run(AGREE.replace(":c, 1", ":c + 999999, 1"))
