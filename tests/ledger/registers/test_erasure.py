"""Words and names go when someone asks; the books still hold, and an older copy forgets them again."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from ledger.checks import verify
from ledger.core.errors import NothingToErase, StillMember, UnknownEntry, UnknownMember
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.journal import queries
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import Erasure, all_erasures, erase_names, erase_words, last_erased_by, repeat_erasures
from tests.communities.small_community import ELI, SLUG, SmallCommunity

BEFORE = dt.timedelta(days=1)


@pytest.fixture
def noted(community: SmallCommunity) -> int:
    """An entry with words."""
    community.donate("GEN", 1200)
    with read_books(community.engine, SLUG) as books:
        return books.at


def leave(unit: WriteUnit, party_id: int) -> None:
    member = members.get(unit, party_id)
    gone = dataclasses.replace(member, left=communities.today(unit) - BEFORE)
    members.change(unit, gone, entered_by=OPERATOR)


def listed(community: SmallCommunity) -> set[Erasure]:
    with read_books(community.engine, SLUG) as books:
        return set(all_erasures(books))


def assert_all_holds(community: SmallCommunity) -> None:
    with read_books(community.engine, SLUG) as books:
        assert verify(books).findings == ()


def test_words_of_an_entry_go_and_its_amounts_stay(community: SmallCommunity, noted: int) -> None:
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, noted, entered_by=OPERATOR, part="narration")
    with read_books(community.engine, SLUG) as books:
        found = queries.entry(books, noted)
    assert (found.narration, sum(line.amount > 0 for line in found.lines)) == (None, 1)
    assert [(one.subject, one.number, one.part, len(one.mac)) for one in listed(community)] == [
        ("entry", noted, "narration", 64)
    ]
    assert_all_holds(community)


def test_the_books_say_who_erased_the_words(community: SmallCommunity, noted: int) -> None:
    with read_books(community.engine, SLUG) as books:
        assert last_erased_by(books, noted) is None
    with write_books(community.engine, SLUG) as unit:
        act, now = erase_words(unit, noted, entered_by=ELI), unit.now
    with read_books(community.engine, SLUG) as books:
        assert last_erased_by(books, noted) == (ELI, now)
    with read_books(community.engine, SLUG, at=act - 1) as books:
        assert last_erased_by(books, noted) is None


def test_names_go_once_their_owner_has_left(community: SmallCommunity) -> None:
    with pytest.raises(StillMember), write_books(community.engine, SLUG) as unit:
        erase_names(unit, ELI, entered_by=OPERATOR)
    with write_books(community.engine, SLUG) as unit:
        leave(unit, ELI)
        erase_names(unit, ELI, entered_by=OPERATOR)
        assert (members.get(unit, ELI).name, members.get(unit, ELI).user) == ("", None)
    assert {one.part for one in listed(community)} == {"name", "user"}
    assert_all_holds(community)


def test_names_of_somebody_who_is_yet_to_join_stay(community: SmallCommunity) -> None:
    with write_books(community.engine, SLUG) as unit:
        coming = dataclasses.replace(members.get(unit, ELI), joined=communities.today(unit) + BEFORE)
        members.change(unit, coming, entered_by=OPERATOR)
    with pytest.raises(StillMember), write_books(community.engine, SLUG) as unit:
        erase_names(unit, ELI, entered_by=OPERATOR)


def test_someone_outside_is_forgotten_at_once(community: SmallCommunity) -> None:
    with write_books(community.engine, SLUG) as unit:
        number = members.add_party(unit, "outside", "Seed Shop", entered_by=OPERATOR)
        erase_names(unit, number, entered_by=OPERATOR)
        with pytest.raises(NothingToErase):
            erase_names(unit, number, entered_by=OPERATOR)


@pytest.mark.parametrize("nobody", [0, OPERATOR, 99])
def test_only_people_s_names_are_erased(community: SmallCommunity, nobody: int) -> None:
    with pytest.raises(UnknownMember), write_books(community.engine, SLUG) as unit:
        erase_names(unit, nobody, entered_by=OPERATOR)


def test_what_is_gone_or_never_was_is_not_erased(community: SmallCommunity, noted: int) -> None:
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, noted, entered_by=OPERATOR)
        for part in (None, "narration", "note"):
            with pytest.raises(NothingToErase):
                erase_words(unit, noted, entered_by=OPERATOR, part=part)
        with pytest.raises(UnknownEntry):
            erase_words(unit, 9999, entered_by=OPERATOR)


def test_an_older_copy_forgets_again_and_only_that(community: SmallCommunity, noted: int) -> None:
    with read_books(community.engine, SLUG) as books:
        uid, words = books.uid, queries.entry(books, noted).narration
    with write_books(community.engine, SLUG) as unit:
        leave(unit, ELI)
    with pytest.raises(ZeroDivisionError), write_books(community.engine, SLUG) as unit:
        erase_words(unit, noted, entered_by=OPERATOR)
        erase_names(unit, ELI, entered_by=OPERATOR)
        gone = set(all_erasures(unit))
        raise ZeroDivisionError  # the copy knows nothing of it
    strangers = {dataclasses.replace(one, mac="00" * 32) for one in gone} | {
        dataclasses.replace(one, uid=uid[::-1]) for one in gone
    }
    with write_books(community.engine, SLUG) as unit:
        assert repeat_erasures(unit, strangers, entered_by=OPERATOR) == 0
        assert queries.entry(unit, noted).narration == words
        assert repeat_erasures(unit, gone, entered_by=OPERATOR) == len(gone) - 1
        assert repeat_erasures(unit, gone, entered_by=OPERATOR) == 0
    assert listed(community) == gone
    assert_all_holds(community)
