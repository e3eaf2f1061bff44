"""Programmes, funds and accounts on screen: read by members, added by those who keep the books."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.database.unit_of_work import read_books
from ledger.registers.registry import ACCOUNTS, FUNDS, PROGRAMMES
from tests.willow import SignIn, token_on

LISTS = "/c/willow/lists"
FUND = {"name": "A new roof", "purpose": "The roof", "sort": "restricted", "by": "Roof Trust"}
ACCOUNT = {"sort": "usual-cost", "name": "Internet"}


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


def page(client: FlaskClient, path: str = "") -> str:
    return client.get(LISTS + path).get_data(as_text=True)


def send(client: FlaskClient, what: str, **sent: str) -> TestResponse:
    return client.post(f"{LISTS}/{what}", data={"csrf_token": token_on(page(client)), **sent})


def test_members_read_the_lists_and_add_nothing(sign_in: SignIn) -> None:
    bea = sign_in("bea")
    assert "House and energy" in page(bea)
    assert "Add a programme" not in page(bea)
    assert send(bea, "programme", name="Bees").status_code == 403


def test_a_programme_is_added_once_and_work_can_be_logged_for_it(eli: FlaskClient, willow: Engine) -> None:
    assert [send(eli, "programme", name="Bees", private="yes").status_code for _ in range(2)] == [303, 303]
    with read_books(willow, "willow") as unit:
        assert PROGRAMMES.all(unit)["BEES"].private
    for name, said in (("Geese", "It is on the list: “Geese”."), ("geese", "“geese” stands on the list already.")):
        assert said in eli.get(send(eli, "programme", name=name).location).get_data(as_text=True)
    assert ">Bees</option>" in eli.get("/c/willow/hours/work").get_data(as_text=True)


def test_a_fund_is_opened_with_its_purpose_and_its_giver(eli: FlaskClient, willow: Engine) -> None:
    assert send(eli, "fund", **FUND, code="roof").status_code == 303
    assert "A new roof" in page(eli)
    with read_books(willow, "willow") as unit:
        restriction = FUNDS.all(unit)["ROOF"].restriction
    assert restriction is not None
    assert restriction.by == "Roof Trust"


def test_an_account_is_added_with_the_next_free_number(eli: FlaskClient, willow: Engine) -> None:
    assert send(eli, "account", **ACCOUNT).status_code == 303
    with read_books(willow, "willow") as unit:
        made = [one for one in ACCOUNTS.all(unit).values() if one.name == "Internet"]
    assert [(one.code, one.essential, one.unit) for one in made] == [("6470", True, "EUR")]


@pytest.mark.parametrize(
    ("what", "wrong", "words"),
    [
        ("programme", {"name": ""}, "Write a name"),
        ("programme", {"name": "Garden", "private": "yes"}, "is on the list already"),
        ("programme", {"name": "Bees", "code": "GARDEN"}, "is taken"),
        ("programme", {"name": "Bees", "code": "B B"}, "figures and hyphens"),
        ("fund", FUND | {"purpose": ""}, "Say what it is for"),
        ("fund", FUND | {"sort": "other"}, "Choose who set its purpose"),
        ("account", ACCOUNT | {"code": "1999"}, "such as 6470"),
        ("account", {"name": "Internet"}, "Choose its sort"),
    ],
)
def test_what_cannot_stand_comes_back_as_filled_in(
    eli: FlaskClient, what: str, wrong: dict[str, str], words: str
) -> None:
    answer = send(eli, what, **wrong)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in html
    assert f'value="{wrong["name"]}"' in html


def test_every_form_says_where_it_belongs(eli: FlaskClient) -> None:
    for what, heading in (("programme", "Add a programme"), ("fund", "Open a fund"), ("account", "Add an account")):
        assert f"{heading}</h1>" in page(eli, f"/{what}")
