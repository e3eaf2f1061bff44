"""Swaps on screen: checked before saving, confirmed by the other side, in values or equal by agreement."""

from __future__ import annotations

import pytest

from ledger.database.unit_of_work import read_books
from ledger.journal import balances, queries
from tests.neighbours import Browser, Neighbours
from tests.web.pages.conftest import WAITING, words

SWAP, WORK = "/c/willow/swap", "/c/willow/swap/work"


@pytest.fixture
def jam(neighbours: Neighbours) -> dict[str, str]:
    """Return the answers of somebody who swaps jam with Ana for a chair."""
    things = {"gave1_thing": "Jam", "gave1_much": "10", "gave1_unit": "jars", "got1_thing": "Chair"}
    return {"who": str(neighbours.people["Ana"]), "day": "today", **things}


def test_a_swap_is_checked_then_waits_then_stands_on_both_statements(
    neighbours: Neighbours, bea: Browser, ana: Browser, jam: dict[str, str]
) -> None:
    check = bea.fill_in(SWAP, gave1_value="40", got1_value="40.00", **jam)
    assert "Jam, 10 jars" in words(check)
    assert "agreed at 40.00" in words(check)
    assert "It waits for a yes." in words(bea.send(SWAP, do="save"))
    assert "to confirm" in words(ana.open("/c/willow/statement"))
    assert "You swapped with Bea. You gave: Chair. You received: Jam, 10 jars." in words(ana.open(WAITING))
    ana.open(f"{WAITING}/1")
    assert "A swap" in words(ana.send(f"{WAITING}/1/confirm"))
    for browser in (ana, bea):
        assert "40.00 40.00" in words(browser.open("/c/willow/statement"))
    with read_books(neighbours.engine, "willow") as books:
        assert balances.member_minutes(books, neighbours.people["Bea"]) == 0


def test_things_without_a_value_are_equal_by_agreement(bea: Browser, ana: Browser, jam: dict[str, str]) -> None:
    assert "equal by agreement" in words(bea.fill_in(SWAP, **jam))
    bea.send(SWAP, do="save")
    ana.open(f"{WAITING}/1")
    ana.send(f"{WAITING}/1/confirm")
    assert "even even" in words(bea.open("/c/willow/statement"))


def test_several_things_on_one_side_are_even_together(bea: Browser, jam: dict[str, str]) -> None:
    more = {"gave1_value": "30", "gave2_thing": "Honey", "gave2_value": "10", "got1_value": "40"}
    check = bea.fill_in(SWAP, **(jam | more))
    assert "Jam, 10 jars and Honey" in words(check)
    assert bea.post(SWAP, do="save").status_code == 303


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"who": ""}, "who"),
        ({"gave1_thing": ""}, "gave1_thing"),
        ({"gave1_much": "some"}, "gave1_much"),
        ({"gave1_unit": ""}, "gave1_unit"),
        ({"gave1_much": ""}, "gave1_much"),
        ({"gave1_value": "1,5"}, "gave1_value"),
        ({"gave2_value": "5"}, "gave2_thing"),
        ({"day": "", "day_own": "31 Maybe"}, "day"),
        ({"gave1_value": "10", "got1_value": "5", "do": "save"}, "form"),
        ({"gave1_value": "10", "got1_value": "5", "gave2_thing": "Honey"}, "gave1_value"),
    ],
)
def test_each_wrong_answer_comes_back_with_a_way_to_it(
    neighbours: Neighbours, bea: Browser, jam: dict[str, str], answers: dict[str, str], field: str
) -> None:
    page = bea.fill_in(SWAP, **(jam | answers))
    assert page.status_code == 422
    assert (f'href="#f-{field}"' in page.text) or field == "form"
    assert 'value="Chair"' in page.text
    with read_books(neighbours.engine, "willow") as books:
        assert not queries.entries(books).entries


def test_an_answer_can_be_changed_after_the_check(bea: Browser, jam: dict[str, str]) -> None:
    bea.fill_in(SWAP, **jam)
    form = bea.send(SWAP, do="change")
    assert 'value="Jam"' in form.text
    assert "Check before saving" in form.text


def test_goods_for_work_move_no_hours(neighbours: Neighbours, bea: Browser, ana: Browser) -> None:
    answers = {"side": "worked", "who": str(neighbours.people["Ana"]), "work": "Gardening", "duration": "180"}
    goods = {"goods": "Potatoes", "much": "12", "unit": "kg", "value": "24.00", "day": "today"}
    check = bea.fill_in(WORK, **answers, **goods)
    assert "Gardening, 3 hours" in words(check)
    bea.send(WORK, do="save")
    ana.open(f"{WAITING}/1")
    ana.send(f"{WAITING}/1/confirm")
    with read_books(neighbours.engine, "willow") as books:
        assert balances.member_minutes(books, neighbours.people["Bea"]) == 0
        assert queries.entries(books).entries[0].kind == "goods-for-hours"


def test_goods_for_work_say_what_is_missing_and_can_be_changed(neighbours: Neighbours, bea: Browser) -> None:
    page = bea.fill_in(WORK, day="today", goods="Potatoes", much="12")
    for field in ("side", "who", "work", "duration"):
        assert f'href="#f-{field}"' in page.text
    answers = {"side": "gave", "who": str(neighbours.people["Ana"]), "work": "Gardening", "duration": "180"}
    assert 'href="#f-unit"' in bea.fill_in(WORK, **answers, goods="Potatoes", much="12", day="today").text
    bea.fill_in(WORK, **answers, goods="Potatoes", day="today")
    assert "Check before saving" in bea.send(WORK, do="change").text
