"""Erasing on screen: names of somebody who left, and words of an entry, after a second look."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.checks import verify
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import queries
from ledger.journal.idempotency import Actors, Key
from ledger.journal.posting import post
from ledger.journal.reversal import reversal_draft
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import erase_words
from tests.neighbours import Neighbours
from tests.web.pages.conftest import Log, words


def leave(neighbours: Neighbours, name: str) -> int:
    number = neighbours.people[name]
    with write_books(neighbours.engine, "willow") as books:
        gone = replace(members.get(books, number), left=communities.today(books) - dt.timedelta(1))
        members.change(books, gone, entered_by=OPERATOR)
    return number


@pytest.fixture
def number(neighbours: Neighbours, log: Log) -> int:
    """Return an entry with words that tell too much."""
    log("Bea", "received", "Ana", duration="1:30", what="Help after the operation")
    with read_books(neighbours.engine, "willow") as books:
        return queries.entries(books).entries[0].entry_id


def listed(neighbours: Neighbours) -> list[str]:
    path = Path(neighbours.app.extensions["settings"].data_dir) / "erasures.jsonl"
    return [json.loads(line)["subject"] for line in path.read_text().splitlines()] if path.exists() else []


def test_an_organiser_erases_the_names_of_somebody_who_left(neighbours: Neighbours) -> None:
    ana, number = neighbours.signed_in("Ana"), neighbours.people["Bea"]
    assert "Erase the names" not in ana.open(f"/c/willow/people/{number}").text
    leave(neighbours, "Bea")
    assert "Erase the names" in ana.open(f"/c/willow/people/{number}").text
    page = words(ana.open(f"/c/willow/people/{number}/erase"))
    assert "This cannot be undone" in page
    assert "An older backup still holds the names; books restored from it do not show them." in page
    done = words(ana.send(f"/c/willow/people/{number}/erase"))
    assert "The names are erased." in done
    assert "Bea" not in done
    assert f"Former member {number}" in done
    assert f"/c/willow/people/{number}/name" not in ana.open(f"/c/willow/people/{number}").text
    listed_people = words(ana.open("/c/willow/people"))
    assert "Bea" not in listed_people
    assert f"Former member {number}" in listed_people
    assert "party" in listed(neighbours)
    with read_books(neighbours.engine, "willow") as books:
        assert verify(books).ok
        assert members.get_all(books)[number].name == ""


def test_somebody_yet_to_join_is_not_offered_for_forgetting(neighbours: Neighbours) -> None:
    number = neighbours.people["Bea"]
    with write_books(neighbours.engine, "willow") as books:
        coming = replace(members.get(books, number), joined=communities.today(books) + dt.timedelta(1))
        members.change(books, coming, entered_by=OPERATOR)
    page = neighbours.signed_in("Ana").open(f"/c/willow/people/{number}").text
    assert "Bea" in page
    assert "Being forgotten" not in page
    assert "Note the last day" in page


def test_who_left_cannot_sign_in_and_the_page_says_so(neighbours: Neighbours) -> None:
    ana, number = neighbours.signed_in("Ana"), neighbours.people["Bea"]
    assert "Signs in" in words(ana.open(f"/c/willow/people/{number}"))
    leave(neighbours, "Bea")
    page = words(ana.open(f"/c/willow/people/{number}"))
    assert "Signs in" not in page
    assert "Cannot sign in here" in page


def test_the_page_lies_among_those_of_its_office(neighbours: Neighbours) -> None:
    number = leave(neighbours, "Bea")
    for page in (f"people/{number}", f"people/{number}/erase"):
        top = neighbours.signed_in("Ana").open(f"/c/willow/{page}").text.split("<main")[0]
        assert "/c/willow/desk" in top
        assert "/c/willow/hours" not in top


def test_who_still_belongs_keeps_their_names(neighbours: Neighbours) -> None:
    ana, number = neighbours.signed_in("Ana"), neighbours.people["Bea"]
    why = "once the last day of membership is over"
    page = ana.open(f"/c/willow/people/{number}/erase").text
    assert why in page
    assert "Erase for good" not in page
    refused = ana.send(f"/c/willow/people/{number}/erase")
    assert refused.status_code == 422
    assert why in words(refused)
    assert listed(neighbours) == []


@pytest.mark.parametrize("name", ["Bea", "Eli", "Cai"])
def test_only_organisers_erase_names(neighbours: Neighbours, name: str) -> None:
    number = leave(neighbours, "Bea") if name != "Bea" else neighbours.people["Eli"]
    assert neighbours.signed_in(name).open(f"/c/willow/people/{number}/erase").status_code == 403


def test_a_treasurer_erases_the_words_of_an_entry_and_everyone_sees_that(neighbours: Neighbours, number: int) -> None:
    eli, elsewhere = neighbours.signed_in("Eli"), neighbours.signed_in("Eli")
    elsewhere.open(f"/c/willow/entries/{number}/erase")
    assert "Erase the words" in eli.open(f"/c/willow/entries/{number}").text
    page = words(eli.open(f"/c/willow/entries/{number}/erase"))
    assert "operation" in page
    assert "An older backup still holds the words; books restored from it do not show them." in page
    after = words(eli.send(f"/c/willow/entries/{number}/erase"))
    assert "The words are erased." in after
    assert "operation" not in after
    assert "Its words were erased" in after
    assert "Eli" in after
    assert "Erase the words" not in after
    assert "entry" in listed(neighbours)
    assert "The words are gone." in words(eli.open(f"/c/willow/entries/{number}"))
    again = elsewhere.send(f"/c/willow/entries/{number}/erase")
    assert again.status_code == 422
    assert "This entry has no words." in words(again)
    assert "Erase for good" not in words(again)
    with read_books(neighbours.engine, "willow") as books:
        assert verify(books).ok


def test_only_the_treasurer_erases_words(neighbours: Neighbours, number: int) -> None:
    for name in ("Bea", "Ana", "Cai"):
        assert neighbours.signed_in(name).open(f"/c/willow/entries/{number}/erase").status_code == 403


def test_words_that_are_left_are_not_said_to_be_gone(neighbours: Neighbours, number: int) -> None:
    with write_books(neighbours.engine, "willow") as books:
        back = reversal_draft(books, number, "She was at home")
        other = replace(back, reverses=None, reason=None, narration="Weeding", note="Her back hurts")
        entry = post(books, other, Actors(OPERATOR), Key("form", "back")).entry_id
        erase_words(books, entry, entered_by=OPERATOR, part="note")
    page = words(neighbours.signed_in("Eli").open(f"/c/willow/entries/{entry}"))
    assert "Weeding" in page
    assert "back hurts" not in page
    assert "Its words were erased" in page
    assert "The words are gone." not in page
