"""Every row stays in its own community, and every line is in the unit and fund of its account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from ledger import models
from tests.attacks.books import FOREIGN_KEY, Books, Rows, entry, refused

HELP, SALE = entry((1, 5), (2, -5)), entry((10, 5), (11, -5))


@pytest.fixture
def neighbour(books: Books) -> Books:
    """Return another community in the same database, with an account that the first has not."""
    other = Books(books.engine)
    opened: dict[str, object] = {"opens": {"account": [[99, "1000", "EUR", "TB", 0]]}, "names": [], "registers": None}
    with other.acting("record", facts=opened) as (connection, _):
        row = {"account_id": 99, "chart": "1000", "unit": "EUR", "fund": "TB", "owner_id": 0}
        other.insert(connection, "account", [{"community_id": other.number, **row}])
    return other


def lines(**values: object) -> Callable[[Rows], None]:
    return lambda rows: rows["posting"][0].update(values)


def test_an_account_of_another_community_takes_no_line(books: Books, neighbour: Books) -> None:
    assert neighbour.balance(99) == 0
    with refused(FOREIGN_KEY):
        books.post(SALE, spoil=lines(account_id=99, fund="TB"))


def test_a_line_is_not_filed_under_another_community(books: Books, neighbour: Books) -> None:
    with refused("late-posting", FOREIGN_KEY):
        books.post(HELP, spoil=lines(community_id=neighbour.number))


def test_an_entry_is_not_filed_under_another_community(books: Books, neighbour: Books) -> None:
    def spoil(rows: Rows) -> None:
        for row in [row for table in rows.values() for row in table]:
            row["community_id"] = neighbour.number

    neighbour.post(HELP)
    with refused("chain-broken", "already-posted", "sealed", "duplicate key"):
        books.post(HELP, spoil=spoil)
    assert neighbour.findings() == []


def every_line(**values: object) -> Callable[[Rows], object]:
    return lambda rows: [row.update(values) for row in rows["posting"]]


@pytest.mark.parametrize("wrong", [{"unit": "EUR"}, {"fund": "GEN"}], ids=["unit", "fund"])
def test_a_line_is_in_the_unit_and_fund_of_its_account(books: Books, wrong: dict[str, str]) -> None:
    with refused(FOREIGN_KEY):
        books.post(HELP, spoil=every_line(**wrong))


def test_a_programme_is_one_of_the_community_s(books: Books) -> None:
    with refused(FOREIGN_KEY):
        books.post(entry((1, 5, "CASTLE"), (2, -5)))


def test_there_is_one_account_for_a_line_unit_fund_and_owner(books: Books) -> None:
    twin = {"account_id": 99, "chart": "T2000", "unit": "min", "fund": "TB", "owner_id": 2}
    with refused("already-there", "account_owner_id_chart"), books.engine.begin() as connection:
        books.insert(connection, "account", [{"community_id": books.number, **twin}])


@pytest.mark.parametrize("wrong", [{"chart": "X"}, {"unit": "X"}, {"fund": "X"}, {"owner_id": 77}], ids=str)
def test_an_account_is_made_of_what_is_there(books: Books, wrong: dict[str, object]) -> None:
    leaf = {"account_id": 99, "chart": "1000", "unit": "EUR", "fund": "TB", "owner_id": 0, **wrong}
    with refused(FOREIGN_KEY), books.engine.begin() as connection:
        books.insert(connection, "account", [{"community_id": books.number, **leaf}])


def test_one_statement_does_not_seal_two_communities(postgresql_books: Books) -> None:
    other = Books(postgresql_books.engine)
    both = []
    for books in (postgresql_books, other):
        with books.engine.begin() as connection:
            both.append(books.rows(books.unit(connection), (HELP,)))
    with refused("two-communities"), postgresql_books.engine.begin() as connection:
        for table in ("journal_entry", "entry_text", "posting", "seal"):
            postgresql_books.insert(connection, table, [row for rows in both for row in rows[table]])
    assert other.findings() == []


def test_two_communities_never_share_a_uid(books: Books) -> None:
    twin = {"community_id": 999_999, "uid": books.uid, "slug": "twin"}
    with refused("already-there", "community_uid_key"), books.engine.begin() as connection:
        connection.execute(insert(models.community), twin)
