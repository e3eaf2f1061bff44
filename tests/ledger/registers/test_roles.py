"""Offices: dated terms, given and ended, that give rights on the days they run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from ledger.core.errors import FieldWrong, UnknownMember
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.registers import members, roles
from ledger.registers.communities import OPERATOR
from ledger.registers.records import RoleTerm
from ledger.registers.registry import ROLES
from ledger.registers.roles import CHECKER, MEMBER, TREASURER, HolderNotHere, UnknownRole
from tests.communities import small_community
from tests.communities.small_community import JOINED, SLUG, add_members
from tests.databases import Filling

ANA, BEA = 2, 3
FIRST = dt.date(2026, 1, 31)


def begin(engine: Engine) -> None:
    small_community.create_empty(engine)
    add_members(engine, "Ana", "Bea")


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(begin)


def give(unit: WriteUnit, role: str = TREASURER, holder: int = ANA, first: dt.date = FIRST, **rest: object) -> RoleTerm:
    return roles.give(unit, role, holder, first, entered_by=OPERATOR, **rest)  # type: ignore[arg-type]


def test_an_office_is_held_on_the_days_of_its_term(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        term = give(unit, to=dt.date(2026, 6, 30))
        days = [FIRST - dt.timedelta(1), FIRST, term.to, term.to + dt.timedelta(1)]
        assert [TREASURER in roles.roles_held(unit, ANA, day) for day in days] == [False, True, True, False]
        assert [roles.holders(unit, TREASURER, day) for day in days] == [[], [ANA], [ANA], []]
        assert roles.roles_held(unit, BEA, FIRST) == {MEMBER}
        assert roles.roles_held(unit, 99, FIRST) == frozenset()


def test_a_term_lasts_as_long_as_the_policy_says(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert give(unit).to == dt.date(2027, 1, 30)
        assert give(unit, first=dt.date(2028, 2, 29), role=CHECKER).to == dt.date(2029, 2, 27)


def test_terms_in_a_row_are_counted(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        first = give(unit)
        assert give(unit, first=first.to + dt.timedelta(1)).term == 2
        assert give(unit, first=first.to + dt.timedelta(2), holder=BEA).term == 1


def test_the_same_term_again_is_one(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        assert give(unit, role=" treasurer ") == give(unit)
        assert len(roles.get_all(unit)) == 1


def test_ending_a_term_keeps_what_was_and_strikes_what_never_began(books: Engine) -> None:
    last = dt.date(2026, 3, 15)
    with write_books(books, SLUG) as unit:
        key, later = ROLES.key_of(give(unit)), ROLES.key_of(give(unit, holder=BEA, first=dt.date(2026, 6, 1)))
        assert roles.end(unit, key, last, entered_by=OPERATOR).to == last
        roles.end(unit, later, last, entered_by=OPERATOR)
    with read_books(books, SLUG) as unit:
        assert list(roles.get_all(unit)) == [key]
        assert TREASURER in roles.roles_held(unit, ANA, last)
        assert TREASURER not in roles.roles_held(unit, ANA, last + dt.timedelta(1))


def test_an_office_is_held_by_somebody_who_belongs_all_that_time(books: Engine) -> None:
    last = dt.date(2026, 6, 30)
    with write_books(books, SLUG) as unit:
        members.change(unit, replace(members.get(unit, ANA), left=last), entered_by=OPERATOR)
        assert give(unit).to == last
        late = last + dt.timedelta(1)
        for first, to in ((JOINED - dt.timedelta(1), last), (FIRST, late), (late, None)):
            with pytest.raises(HolderNotHere):
                give(unit, CHECKER, first=first, to=to)


def test_a_term_needs_a_member_an_order_of_days_and_to_exist(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        with pytest.raises(UnknownMember):
            give(unit, holder=99)
        with pytest.raises(FieldWrong, match="before it begins"):
            give(unit, to=FIRST - dt.timedelta(1))
        with pytest.raises(UnknownRole):
            roles.end(unit, "treasurer//2/2020-01-01", FIRST, entered_by=OPERATOR)
