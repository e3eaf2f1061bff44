"""A batch goes into PostgreSQL by one statement a table: its guards look once, and a long import stays quick."""

from __future__ import annotations

from sqlalchemy import event, insert

from ledger import models
from tests.attacks.books import ORDER, Books, entry


def test_a_hundred_entries_are_one_statement_a_table(postgresql_books: Books) -> None:
    books, said = postgresql_books, []

    def hear(*heard: object) -> None:
        said.append(str(heard[2]).split(" (")[0])

    with books.engine.begin() as connection:
        rows = books.rows(books.unit(connection), tuple(entry((1, 1), (2, -1)) for _ in range(100)))
        event.listen(books.engine, "before_cursor_execute", hear)
        for table in ORDER:
            connection.execute(insert(getattr(models, table)), rows[table])
        event.remove(books.engine, "before_cursor_execute", hear)
    assert said == [f"INSERT INTO {table}" for table in ORDER]
    assert books.balance(1) == 190
