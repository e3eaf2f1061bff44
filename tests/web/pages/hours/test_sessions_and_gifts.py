"""Sessions with everyone's part, and gifts of hours: looked at once more, then done."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from ledger.database.unit_of_work import read_books
from ledger.journal import balances
from tests.neighbours import Browser, Neighbours
from tests.web.pages.conftest import WAITING, words

SESSION, GIFT = "/c/willow/hours/session", "/c/willow/hours/gift"


def minutes_of(neighbours: Neighbours, name: str) -> int:
    with read_books(neighbours.engine, "willow") as books:
        return balances.member_minutes(books, neighbours.people[name])


def lead(browser: Browser, **answers: str | list[str]) -> TestResponse:
    browser.open(SESSION)
    return browser.send(SESSION, **answers)


@pytest.fixture
def pruning(neighbours: Neighbours) -> dict[str, str | list[str]]:
    """Return the answers of Bea, who led a session for Ana, Cai and Eli."""
    guests = [str(neighbours.people[name]) for name in ("Ana", "Cai", "Eli")]
    led = {"what": "Pruning", "leader": str(neighbours.people["Bea"]), "duration_own": "0:50", "day": "today"}
    return {**led, "guests": guests, "mode": "shared"}


def test_a_shared_session_shows_each_part_and_waits_for_every_guest(
    neighbours: Neighbours, bea: Browser, pruning: dict[str, str | list[str]]
) -> None:
    check = words(lead(bea, **pruning))
    assert "Ana 0:17" in check
    assert "Eli 0:16" in check
    assert "The minutes do not divide evenly" in check
    guests = pruning["guests"]
    assert "Each of them says yes or no: Ana, Cai, and Eli" in words(bea.send(SESSION, do="save", guests=guests))
    for name in ("Ana", "Cai", "Eli"):
        guest = neighbours.signed_in(name)
        assert "You took part in a session of 50 minutes led by Bea." in words(guest.open(WAITING))
        guest.send(f"{WAITING}/1/confirm")
    last = neighbours.signed_in("Eli").open(f"{WAITING}/1")
    assert "Your part 16 minutes" in words(last)
    assert minutes_of(neighbours, "Bea") == 50
    assert minutes_of(neighbours, "Eli") == -16


def test_each_who_came_may_receive_the_whole(bea: Browser, pruning: dict[str, str | list[str]]) -> None:
    check = words(lead(bea, **(pruning | {"mode": "each-pays"})))
    assert "Together 2:30" in check
    assert "do not divide" not in check


def test_where_the_community_gives_the_hours_nobody_is_named(
    neighbours: Neighbours, bea: Browser, pruning: dict[str, str | list[str]], garden: str
) -> None:
    missing = lead(bea, **(pruning | {"mode": "community"}))
    assert 'href="#f-programme"' in missing.text
    check = lead(bea, **(pruning | {"mode": "community", "programme": garden, "headcount": "9"}))
    assert "Who came" not in words(check)
    assert "It waits" in words(bea.send(SESSION, do="save"))


def test_a_session_says_what_is_missing_and_can_be_changed(bea: Browser, pruning: dict[str, str | list[str]]) -> None:
    page = bea.fill_in(SESSION, day="today")
    assert page.status_code == 422
    for field in ("what", "leader", "duration", "mode"):
        assert f'href="#f-{field}"' in page.text
    assert 'href="#f-guests"' in lead(bea, **(pruning | {"guests": []})).text
    assert 'href="#f-guests"' in lead(bea, **(pruning | {"guests": ["x", "y"]})).text
    lead(bea, **pruning)
    assert 'value="Pruning"' in bea.send(SESSION, do="change").text


def test_a_gift_names_its_act_and_is_given_at_once(neighbours: Neighbours, bea: Browser) -> None:
    to_ana = {"to": "member", "receiver": str(neighbours.people["Ana"]), "duration": "30", "note": "Thank you"}
    assert "Give 30 minutes to Ana" in words(bea.fill_in(GIFT, **to_ana))
    receipt = words(bea.send(GIFT, do="save"))
    assert "Passed on by Bea To Ana" in receipt
    assert "Thank you" in receipt
    assert minutes_of(neighbours, "Ana") == 30
    assert "You passed hours on to Ana" in words(bea.open("/c/willow/"))
    assert "A gift of hours from Bea" in words(neighbours.signed_in("Ana").open("/c/willow/"))


def test_a_gift_goes_to_the_pot(neighbours: Neighbours, bea: Browser) -> None:
    assert "Give 1 hour to the community’s pot" in words(bea.fill_in(GIFT, to="pot", duration="60"))
    assert "To the community’s pot" in words(bea.send(GIFT, do="save"))
    assert "You passed hours on to the community’s pot" in words(bea.open("/c/willow/"))


def test_a_gift_says_what_is_missing_and_can_be_changed(bea: Browser) -> None:
    page = bea.fill_in(GIFT)
    for field in ("to", "duration"):
        assert f'href="#f-{field}"' in page.text
    assert 'href="#f-receiver"' in bea.fill_in(GIFT, to="member", duration="30").text
    bea.fill_in(GIFT, to="pot", duration="60")
    assert "Check before giving" in bea.send(GIFT, do="change").text


def test_an_organiser_writes_a_gift_down_for_a_member(neighbours: Neighbours, ana: Browser) -> None:
    check = ana.fill_in(GIFT, person=str(neighbours.people["Bea"]), to="pot", duration="60")
    assert "Passed on by Bea" in words(check)
    assert "On behalf of Bea" in words(ana.send(GIFT, do="save"))
