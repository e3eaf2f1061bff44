"""Nothing in the books is changed, deleted, emptied or written over, in any table, by any verb of SQL."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from ledger import models
from tests.attacks.books import MOVE, NOT_THIS_LOGIN, Books, entry, refused, switched

CHANGES = {
    "community": "uid = '0192f0c4-7c1e-7b3a-9d52-ffffffffffff'",
    "party": "kind = 'peer'",
    "unit": "scale = 3",
    "fund": "code = 'X'",
    "chart_line": "class = 'EXPENSE'",
    "programme": "code = 'X'",
    "decision": "code = 'X'",
    "account": "owner_id = 5",
    "seal": "subject = 'A'",
    "chain_head": "seq = 7",
    "act": "kind = 'x'",
    "agreement": "kind = 'x'",
    "agreement_move": "to_state = 'x'",
    "period": "state = 'closed'",
    "journal_entry": "kind = 'x'",
    "period_balance": "opening = 3, movement = 3, closing = 6",
    "period_movement": "movement = 1",
    "posting": "amount = 1",
    "entry_text": "body = 'x'",
    "balance": "posted = 0, last_entry = 99",
    "hold": "amount = 7",
    "register_row": "body = '{}'",
    "party_text": "body = 'x'",
    "standing": "state = 'open'",
}
STOPPED = "INSERT INTO standing VALUES (:c, 1, 'read-only', 'balances', '2026-01-01T00:00:00.000Z')"
HERE = "WHERE community_id = :c"


def with_a_closed_month(books: Books) -> Books:
    """Give books with a row in the tables of closed months and of their standing, too."""
    books.post(entry((1, 5, "GARDEN"), (2, -5, "GARDEN"), effective_on="2026-01-05"))
    books.close(202601)
    books.run(STOPPED)
    return books


@pytest.fixture(name="books")
def _books(books: Books) -> Books:
    return with_a_closed_month(books)


@pytest.fixture(name="sqlite_books")
def _sqlite_books(sqlite_books: Books) -> Books:
    return with_a_closed_month(sqlite_books)


@pytest.fixture(name="postgresql_books")
def _postgresql_books(postgresql_books: Books) -> Books:
    return with_a_closed_month(postgresql_books)


every_table = pytest.mark.parametrize("table", CHANGES)


def test_every_table_is_under_attack_here() -> None:
    assert CHANGES.keys() == models.metadata.tables.keys()


@every_table
def test_a_row_is_not_changed(books: Books, table: str) -> None:
    with refused("append-only", "-guard", "chain-broken", "hold-ended"):
        books.run(f"UPDATE {table} SET {CHANGES[table]} {HERE}")


@pytest.mark.parametrize("way", ["REPLACE", "IGNORE"])
@every_table
def test_a_row_is_not_changed_by_the_way_round(sqlite_books: Books, table: str, way: str) -> None:
    with refused("append-only", "-guard", "chain-broken", "hold-ended"):
        sqlite_books.run(f"UPDATE OR {way} {table} SET {CHANGES[table]} {HERE}")


@every_table
def test_a_row_is_not_deleted(books: Books, table: str) -> None:
    with refused("append-only"):
        books.run(f"DELETE FROM {table} {HERE}")


@pytest.mark.parametrize("more", ["", " CASCADE"])
@every_table
def test_a_table_is_not_emptied(postgresql_books: Books, table: str, more: str) -> None:
    with pytest.raises(DBAPIError, match=rf"append-only|cannot truncate a table referenced|{NOT_THIS_LOGIN}"):
        postgresql_books.run(f"TRUNCATE {table}{more}")


def columns(table: str) -> tuple[str, str]:
    names = models.metadata.tables[table].columns.keys()
    return ", ".join(names), ", ".join(column.name for column in models.metadata.tables[table].primary_key)


@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"])
@every_table
def test_a_row_is_not_written_over(sqlite_books: Books, table: str, verb: str) -> None:
    names, _ = columns(table)
    over = f"{verb} INTO {table} ({names}) SELECT {names} FROM {table} {HERE} LIMIT 1"
    signs = ("already-", "-guard", "sealed", "chain-broken", "late-", "act-target")
    with (
        switched(sqlite_books.engine, "recursive_triggers=OFF", "recursive_triggers=ON") as connection,
        refused(*signs),
    ):
        sqlite_books.run(over, connection)


@every_table
def test_a_row_is_not_merged_into(books: Books, table: str) -> None:
    names, key = columns(table)
    merge = f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} {HERE} LIMIT 1 ON CONFLICT ({key})"
    with refused("append-only", "already-", "-guard", "sealed", "chain-broken", "late-", "hold-ended", "act-target"):
        books.run(f"{merge.replace(' LIMIT 1', '')} DO UPDATE SET {CHANGES[table]}")


def test_only_its_slug_changes_about_a_community(books: Books) -> None:
    assert books.run(f"UPDATE community SET slug = slug || '-new' {HERE}") == 1
    books.slug += "-new"


def test_a_slug_is_not_taken_from_another_community(books: Books) -> None:
    Books(books.engine)
    with refused("append-only", "community_slug_key"):
        books.run(f"UPDATE community SET slug = (SELECT max(slug) FROM community WHERE community_id > :c) {HERE}")


def test_an_agreement_moves_and_keeps_what_it_is(books: Books) -> None:
    assert books.run(f"UPDATE agreement SET state = 'done', body = '{{}}' {HERE}") == 1
    with refused("append-only"):
        books.run(f"UPDATE agreement SET opened_at = '2027-01-01T00:00:00.000Z' {HERE}")


def test_a_move_s_key_is_used_once(books: Books) -> None:
    with refused("already-there", "agreement_move_idem_key"):
        books.run(MOVE.replace("1, 1, 'open'", "1, 2, 'open'"), print=b"f" * 32)
