"""Registers and names: each version once, by its act, as an object; a withdrawal is a version too."""

from __future__ import annotations

import pytest

from ledger.chain.record_acts import NameRow, RegisterRow, record
from tests.attacks.books import Books, Row, refused

FACTS: dict[str, object] = {"opens": {}, "names": [], "registers": None}
KEY: Row = {"register": "policy", "key": "k"}
NAME: Row = {"party_id": 4, "part": "name", "mac": b"m" * 32, "salt": b"s" * 32, "body": "Cai"}


def test_an_item_is_changed_and_withdrawn_by_acts_of_its_own(books: Books) -> None:
    for body in ({"value": 7}, None):
        with books.engine.begin() as connection:
            record(books.unit(connection), entered_by=2, rows=[RegisterRow("policy", "k", body)])
    sql = "SELECT body FROM register_row WHERE community_id = :c AND key = 'k' ORDER BY act_id"
    assert books.run(sql) == [('{"value":5}',), ('{"value":7}',), (None,)]


def test_a_name_is_given_anew_by_an_act_of_its_own(books: Books) -> None:
    with books.engine.begin() as connection:
        record(books.unit(connection), entered_by=2, names=[NameRow(2, "name", "Anna")])
    sql = "SELECT body FROM party_text WHERE community_id = :c AND party_id = 2 ORDER BY act_id"
    assert books.run(sql) == [("Ana",), ("Anna",)]


WRONG: dict[str, tuple[str, Row, str]] = {
    "a list": ("register_row", {**KEY, "body": "[]"}, "register_row_body_check"),
    "a number": ("register_row", {**KEY, "body": "5"}, "register_row_body_check"),
    "no register": ("register_row", {**KEY, "register": "", "body": "{}"}, "register_row_register_check"),
    "no key": ("register_row", {**KEY, "key": "", "body": "{}"}, "register_row_key_check"),
    "a name of another sort": ("party_text", {**NAME, "part": "email"}, "party_text_part_check"),
    "a name without salt": ("party_text", {**NAME, "salt": None}, "party_text_erased_check"),
    "a short salt": ("party_text", {**NAME, "salt": b"s"}, "party_text_salt_check"),
    "a short MAC": ("party_text", {**NAME, "mac": b"m"}, "party_text_mac_check"),
    "no name": ("party_text", {**NAME, "body": None, "salt": None, "erased_act": 1}, "late-name"),
    "a stranger's name": ("party_text", {**NAME, "party_id": 77}, "foreign key|FOREIGN KEY"),
}


@pytest.mark.parametrize(("table", "row", "sign"), WRONG.values(), ids=WRONG.keys())
def test_a_row_that_breaks_a_rule_does_not_enter(books: Books, table: str, row: Row, sign: str) -> None:
    with refused(sign), books.acting("record", facts=FACTS) as (connection, number):
        books.insert(connection, table, [{"community_id": books.number, **row, "act_id": number}])


def test_an_act_writes_each_item_once(books: Books) -> None:
    row = {"community_id": books.number, **KEY, "body": "{}"}
    with refused("already-there", "register_row_pkey"), books.acting("record", facts=FACTS) as (connection, number):
        books.insert(connection, "register_row", [{**row, "act_id": number}])
        books.insert(connection, "register_row", [{**row, "act_id": number}])
