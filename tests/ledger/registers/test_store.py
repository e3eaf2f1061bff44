"""The store of registers: newest stands, nothing is lost, the same again writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from ledger.chain.record_acts import NameRow, NewIdentities
from ledger.checks import verify
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import store
from ledger.registers.communities import OPERATOR
from ledger.registers.records import Assembly, Place, Programme
from ledger.registers.registry import ASSEMBLIES, PLACES, PROGRAMMES
from ledger.registers.store import Change
from tests.communities import small_community
from tests.communities.small_community import SLUG, add_members
from tests.databases import Filling


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(small_community.create_empty)


def put(engine: Engine, *changes: Change) -> int | None:
    with write_books(engine, SLUG) as unit:
        return store.write(unit, changes, entered_by=OPERATOR)


TIN = Place(code="tin", name="Tin", account="1020", funds=("GEN",))
BANK = Place(code="bank", name="Bank", account="1000")


def test_the_newest_version_stands_and_earlier_ones_stay_readable(books: Engine) -> None:
    first = put(books, PLACES.change(TIN), PLACES.change(BANK))
    renamed = Place(code="tin", name="Cash box", account="1020", funds=("GEN",))
    put(books, PLACES.change(renamed))
    with read_books(books, SLUG) as unit:
        assert PLACES.all(unit) == {"bank": BANK, "tin": renamed}
        assert PLACES.get(unit, "tin") == renamed
    with read_books(books, SLUG, first) as unit:
        assert PLACES.all(unit)["tin"] == TIN
        assert PLACES.get(unit, "tin") == TIN


def test_the_same_again_writes_nothing(books: Engine) -> None:
    assert put(books, PLACES.change(TIN)) is not None
    assert put(books, PLACES.change(TIN)) is None


def test_of_two_changes_of_one_item_the_later_counts(books: Engine) -> None:
    put(books, PLACES.change(BANK), PLACES.withdraw("bank"), PLACES.change(TIN, "bank"))
    with read_books(books, SLUG) as unit:
        assert PLACES.all(unit) == {"bank": TIN}


def test_a_withdrawn_item_is_gone_from_the_list_and_stays_on_record(books: Engine) -> None:
    first = put(books, PLACES.change(TIN))
    put(books, PLACES.withdraw("tin"))
    with read_books(books, SLUG) as unit:
        assert PLACES.all(unit) == {}
        assert PLACES.get(unit, "tin") is None
        assert verify(unit).findings == ()
    with read_books(books, SLUG, first) as unit:
        assert PLACES.all(unit) == {"tin": TIN}
    assert put(books, PLACES.withdraw("tin")) is None


def test_a_list_keeps_the_order_that_people_gave_it(books: Engine) -> None:
    ordered = [Programme(code=code, name=code, order=place) for place, code in enumerate(["C", "A", "B"])]
    put(books, *map(PROGRAMMES.change, ordered), PROGRAMMES.change(Programme(code="0", name="0")))
    with read_books(books, SLUG) as unit:
        assert list(PROGRAMMES.all(unit)) == ["C", "A", "B", "0"]


def test_keys_that_begin_alike_can_be_read_alone(books: Engine) -> None:
    days = [dt.date(2026, 1, 10), dt.date(2026, 2, 14), dt.date(2027, 1, 9)]
    put(books, *(ASSEMBLIES.change(Assembly(date=day, entitled=9, present=6)) for day in days))
    with read_books(books, SLUG) as unit:
        assert list(ASSEMBLIES.all(unit, "2026-")) == ["2026-01-10", "2026-02-14"]
        assert ASSEMBLIES.all(unit, "202%") == {}


def test_a_name_that_stands_is_not_written_again(books: Engine) -> None:
    (ana,) = add_members(books, "Ana")
    with write_books(books, SLUG) as unit:
        assert store.write(unit, [], [NameRow(ana, "name", "Ana")], entered_by=OPERATOR) is None
        assert store.write(unit, [], [NameRow(ana, "name", "Anna")], entered_by=OPERATOR) is not None
    with read_books(books, SLUG) as unit:
        assert store.party_names(unit)[ana] == store.PartyNames("Anna", "ana")


def test_identities_are_opened_by_the_same_act(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        act = store.write(unit, [], opens=NewIdentities(programmes=["GARDEN"]), entered_by=OPERATOR)
        assert act == unit.head.seq
