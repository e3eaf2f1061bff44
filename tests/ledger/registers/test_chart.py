"""Lists that grow: programmes, funds and accounts get codes that stay, and verify replays them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.core.errors import FieldWrong, NameTaken
from ledger.database.unit_of_work import WriteUnit, read_books, write_books, write_transaction
from ledger.registers import chart, communities
from ledger.registers.chart import NewAccount
from ledger.registers.records import Fund, Programme
from ledger.registers.registry import ACCOUNTS, FUNDS, PROGRAMMES


@pytest.fixture
def books(engine: Engine) -> Iterator[WriteUnit]:
    with write_transaction(engine) as connection:
        communities.create(connection, "lane", "Green Lane", "EUR", "Europe/Athens")
    with write_books(engine, "lane") as unit:
        yield unit


@pytest.mark.parametrize(
    ("name", "code"), [("Garden", "GARDEN"), ("  Küche und  Haus ", "KUCHEUND"), ("Κήπος", "P1"), ("7 bees", "7BEES")]
)
def test_a_programme_without_a_code_gets_one_from_its_name(books: WriteUnit, name: str, code: str) -> None:
    chart.add_programme(books, Programme(code="", name=name), entered_by=1)
    assert PROGRAMMES.all(books)[code].name == " ".join(name.split())


def test_a_code_that_is_made_is_never_taken_twice(books: WriteUnit) -> None:
    for name in ("Gardening", "Gardeninge", "Garden-ing"):
        chart.add_programme(books, Programme(code="", name=name), entered_by=1)
    assert set(PROGRAMMES.all(books)) == {"GARDENIN", "GARDENIN2", "GARDENIN3"}


def test_the_same_written_down_twice_stands_once(books: WriteUnit) -> None:
    garden = Programme(code="", name="Garden")
    assert chart.add_programme(books, garden, entered_by=1) is not None
    assert chart.add_programme(books, garden, entered_by=1) is None
    assert len(PROGRAMMES.all(books)) == 1


def test_a_fund_or_an_account_written_down_twice_stands_once(books: WriteUnit) -> None:
    roof = Fund(code="", name="Roof", class_="unrestricted-designated")
    bank = NewAccount(sort="bank", name="Second bank")
    assert chart.add_fund(books, roof, entered_by=1) is not None
    assert chart.add_fund(books, roof, entered_by=1) is None
    assert chart.add_account(books, bank, entered_by=1) is not None
    assert chart.add_account(books, bank, entered_by=1) is None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Programme(code="", name="garden", private=True), "name"),
        (Programme(code="GARDEN", name="Other"), "code"),
    ],
)
def test_something_else_under_a_known_name_or_code_is_refused(books: WriteUnit, wanted: Programme, field: str) -> None:
    chart.add_programme(books, Programme(code="", name="Garden"), entered_by=1)
    with pytest.raises(NameTaken) as refusal:
        chart.add_programme(books, wanted, entered_by=1)
    assert refusal.value.field == field


@pytest.mark.parametrize(("code", "name", "field"), [("A B", "Garden", "code"), ("", " ", "name")])
def test_a_code_or_a_name_that_cannot_be_is_refused(books: WriteUnit, code: str, name: str, field: str) -> None:
    with pytest.raises(FieldWrong) as refusal:
        chart.add_programme(books, Programme(code=code, name=name), entered_by=1)
    assert refusal.value.field == field


def test_a_fund_and_accounts_of_every_sort_stand_and_verify_replays_them(books: WriteUnit, engine: Engine) -> None:
    roof = Fund(code="roof", name="A new roof", class_="unrestricted-designated", purpose="The roof")
    chart.add_fund(books, roof, entered_by=1)
    for sort in chart.ACCOUNT_SORTS:
        chart.add_account(books, NewAccount(sort=sort, name=f"One more {sort}"), entered_by=1)
    assert FUNDS.all(books)["ROOF"].purpose == "The roof"
    made = {account.name: account for account in ACCOUNTS.all(books).values()}
    assert made["One more bank"].cash
    assert made["One more bank"].unit == "EUR"
    assert (made["One more cost"].code, made["One more usual-cost"].code) == ("6470", "6471")
    books.connection.commit()
    with read_books(engine, "lane") as unit:
        assert verify(unit).ok


@pytest.mark.parametrize("code", ["1000", "6999", "61000", "abcd"])
def test_an_account_has_a_free_code_of_its_own_sort(books: WriteUnit, code: str) -> None:
    with pytest.raises((FieldWrong, NameTaken)):
        chart.add_account(books, NewAccount(sort="bank", name="Second bank", code=code), entered_by=1)
