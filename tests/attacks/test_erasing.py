"""Words and names are erased by an act that says so, and by nothing else; the books still hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import models
from tests.attacks.books import Books, Rows, entry, refused

TEXT = "SELECT salt, body, erased_act FROM entry_text WHERE community_id = :c AND entry_id = 2"
NAMES = "SELECT party_id, body FROM party_text WHERE community_id = :c ORDER BY 1"


def test_words_are_erased_by_their_act(books: Books) -> None:
    number = books.act("erase", entry_id=2)
    assert books.run(TEXT) == [(None, None, number)]


def test_one_part_is_erased_and_the_others_stay(books: Books) -> None:
    with refused("act-target"):
        books.act("erase", {"part": "note"}, entry_id=2)
    books.act("erase", {"part": "narration"}, entry_id=2)
    assert books.run(TEXT)[0][1] is None


def test_a_name_is_erased_by_an_act_that_names_its_owner(books: Books) -> None:
    books.act("erase", {"party": 2})
    assert books.run(NAMES) == [(2, None), (3, "Bea")]


NOTHING: dict[str, tuple[dict[str, object], dict[str, int]]] = {
    "nobody and nothing": ({}, {}),
    "an entry that is not there": ({}, {"entry_id": 99}),
    "a party without a name": ({"party": 4}, {}),
    "a party as text": ({"party": "2"}, {}),
    "no party": ({"party": None}, {}),
    "a name and an entry without words": ({"party": 2}, {"entry_id": 99}),
}


@pytest.mark.parametrize(("facts", "targets"), NOTHING.values(), ids=NOTHING.keys())
def test_an_erasure_erases_something(books: Books, facts: dict[str, object], targets: dict[str, int]) -> None:
    with refused("act-target"):
        books.act("erase", facts, **targets)


def test_what_is_erased_is_not_erased_again(books: Books) -> None:
    books.act("erase", {"party": 2}, entry_id=2)
    with refused("act-target"):
        books.act("erase", entry_id=2)


ERASE = "SET body = NULL, salt = NULL, erased_act = :act WHERE community_id = :c AND"


@pytest.mark.parametrize("where", ["entry_text {} entry_id = 3", "party_text {} party_id = 3"])
def test_an_erasure_reaches_only_what_it_names(books: Books, where: str) -> None:
    with refused("text-guard"), books.acting("erase", facts={"party": 2}, entry_id=2) as (connection, number):
        books.run(f"UPDATE {where.format(ERASE)}", connection, act=number)


def test_erased_words_are_not_written_again(books: Books) -> None:
    books.act("erase", entry_id=2)
    with refused("text-guard"):
        books.run(
            "UPDATE entry_text SET body = 'x', salt = mac, erased_act = NULL WHERE community_id = :c AND entry_id = 2"
        )


def test_erased_words_are_gone_from_file_and_log(sqlite_books: Books) -> None:
    word = "Zwetschkenknoedel"

    def spoil(rows: Rows) -> None:
        rows["entry_text"][0]["body"] = word

    number = sqlite_books.post(entry((1, 5), (2, -5)), spoil=spoil)
    path = Path(str(sqlite_books.engine.url.database))
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(word.encode() in file.read_bytes() for file in files)
    sqlite_books.act("erase", entry_id=number)
    with sqlite_books.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    assert not any(word.encode() in file.read_bytes() for file in files)


def test_no_table_keeps_a_name_where_it_cannot_be_erased() -> None:
    assert {"name", "title", "email"}.isdisjoint(
        column.name for table in models.metadata.tables.values() for column in table.columns
    )
