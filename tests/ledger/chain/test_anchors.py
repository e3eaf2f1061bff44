"""A mark that was kept on paper, held against the books."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from ledger.chain import anchors
from ledger.database.unit_of_work import WriteUnit, write_books, write_transaction
from ledger.registers import chart, communities
from ledger.registers.records import Programme


@pytest.fixture
def books(engine: Engine) -> Iterator[WriteUnit]:
    with write_transaction(engine) as connection:
        communities.create(connection, "lane", "Green Lane", "EUR", "Europe/Athens")
    with write_books(engine, "lane") as unit:
        chart.add_programme(unit, Programme(code="", name="Garden"), entered_by=1)
        yield unit


def test_a_mark_agrees_however_it_was_copied_from_paper(books: WriteUnit) -> None:
    mark = books.head.hash.hex()
    for kept in (mark, mark[:8], f" {mark[:4].upper()}  {mark[4:12]} "):
        assert anchors.is_anchor(kept)
        assert anchors.compare_anchor(books, books.at, kept).agrees


def test_another_mark_or_a_number_beyond_the_books_does_not_agree(books: WriteUnit) -> None:
    mark = books.head.hash.hex()
    other = ("0" if mark[0] != "0" else "1") + mark[1:]
    assert not anchors.compare_anchor(books, books.at, other).agrees
    assert not anchors.compare_anchor(books, books.at - 1, mark).agrees
    beyond = anchors.compare_anchor(books, books.at + 1, mark)
    assert (beyond.stored, beyond.agrees) == (None, False)


@pytest.mark.parametrize("written", ["", "abcdef1", "xyzxyzxy", "0" * 65])
def test_what_is_too_short_or_no_mark_is_told_apart(written: str) -> None:
    assert not anchors.is_anchor(written)
