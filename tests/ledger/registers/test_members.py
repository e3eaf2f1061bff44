"""People: who is in the community, what they are called, and that two owners never share a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from ledger.chain import hashing
from ledger.chain.record_acts import NewIdentities
from ledger.checks import verify
from ledger.core.errors import FieldWrong, NameTaken, UnknownMember
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import members, store
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember, Party
from ledger.registers.records import Household, Partner
from ledger.registers.registry import HOUSEHOLDS, PARTNERS
from tests.communities import small_community
from tests.communities.small_community import JOINED, SLUG, add_members
from tests.databases import Filling


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(small_community.create_empty)


def test_people_are_numbered_in_the_order_in_which_they_came(books: Engine) -> None:
    assert add_members(books, "Bea", "Ana") == [2, 3]
    assert add_members(books, "Cai") == [4]
    with read_books(books, SLUG) as unit:
        assert [member.name for member in members.get_all(unit).values()] == ["Bea", "Ana", "Cai"]
        assert [member.name for member in members.enrolled(unit, JOINED).values()] == ["Ana", "Bea", "Cai"]
        assert members.get(unit, 3).user == "ana"
        assert (members.find_by_name(unit, "Ana"), members.find_by_name(unit, "Dee")) == (3, None)
        assert (members.find_by_user(unit, "ana"), members.find_by_user(unit, "dee")) == (3, None)
        assert verify(unit).findings == ()


def test_a_member_is_enrolled_from_the_day_of_joining_to_the_day_of_leaving(books: Engine) -> None:
    (ana,) = add_members(books, "Ana")
    left = JOINED + dt.timedelta(days=30)
    with write_books(books, SLUG) as unit:
        assert members.change(unit, replace(members.get(unit, ana), left=left), entered_by=OPERATOR)
    with read_books(books, SLUG) as unit:
        days = [JOINED - dt.timedelta(1), JOINED, left, left + dt.timedelta(1)]
        assert [ana in members.enrolled(unit, day) for day in days] == [False, True, True, False]


def test_two_owners_never_share_a_name(books: Engine) -> None:
    add_members(books, "Ana")
    for taken in (["Ana"], [" Ana "], ["Bea", "Bea"], ["Small"]):
        with pytest.raises(NameTaken) as refusal:
            add_members(books, *taken)
        assert refusal.value.field == "name"
    with pytest.raises(NameTaken, match="ana") as refused, write_books(books, SLUG) as unit:
        members.add(unit, [NewMember(name="Anna", user="ana", joined=JOINED)], entered_by=OPERATOR)
    assert refused.value.field == "user"
    assert add_members(books, "Bea") == [3]


def test_a_member_may_have_no_name_to_sign_in_by(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        (ana,) = members.add(unit, [NewMember(name="Ana", joined=JOINED)], entered_by=OPERATOR)
        assert members.get(unit, ana).user is None
        members.change(unit, replace(members.get(unit, ana), name="Ana Maria"), entered_by=OPERATOR)
        assert members.get(unit, ana).name == "Ana Maria"


def test_outside_parties_own_accounts_and_are_no_members(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        mill = members.add_party(unit, "outside", "Mill  Bakery", entered_by=OPERATOR)
        assert members.parties(unit)[mill] == Party(mill, "outside", "Mill Bakery")
        assert mill not in members.get_all(unit)
        with pytest.raises(FieldWrong):
            members.add_party(unit, "member", "Ana", entered_by=OPERATOR)
        with pytest.raises(NameTaken):
            members.add_party(unit, "group", "Mill Bakery", entered_by=OPERATOR)


def test_a_number_that_nobody_has_is_refused(books: Engine) -> None:
    with pytest.raises(UnknownMember, match="99"), read_books(books, SLUG) as unit:
        members.get(unit, 99)


def test_households_and_partners_are_known_with_their_names(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        home = members.add_party(unit, "household", "Mill House", entered_by=OPERATOR)
        river = members.add_party(unit, "peer", "Riverbend", entered_by=OPERATOR)
        changes = [
            HOUSEHOLDS.change(Household(code="H1", party_id=home)),
            PARTNERS.change(Partner(party_id=river, code="riverbend")),
        ]
        store.write(unit, changes, entered_by=OPERATOR)
        assert members.households(unit)["H1"].name == "Mill House"
        assert members.partners(unit)[river].name == "Riverbend"


def test_an_erased_name_is_gone_and_the_books_still_hold(books: Engine) -> None:
    ana, bea = add_members(books, "Ana", "Bea")
    with write_books(books, SLUG) as unit:
        hashing.append_act(unit, "erase", entered_by=OPERATOR, facts={"party": ana})
    with read_books(books, SLUG) as unit:
        assert (members.get(unit, ana).name, members.get(unit, ana).user) == ("", None)
        assert members.owners(unit) == {"Bea": bea}
        assert verify(unit).findings == ()


def test_a_number_without_any_name_has_an_empty_one(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        store.write(unit, [], opens=NewIdentities(parties=[(9, "outside")]), entered_by=OPERATOR)
        assert members.parties(unit)[9].name == ""
