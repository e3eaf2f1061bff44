"""The first hour in the browser: from a set-up link to a community with three people, without a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import read_books, read_transaction, write_transaction
from ledger.journal import balances
from ledger.registers import communities, members
from tests.applications import settings_in
from tests.neighbours import Browser
from web import create_app, identity

BASICS = {
    "name": "Green Lane",
    "currency": "EUR",
    "timezone": "Europe/Athens",
    "language": "en",
    "paper": "a4",
    "first_month": "1",
}


@pytest.fixture
def newborn(sqlite_url: str, tmp_path: Path) -> Browser:
    """Return a browser at a set-up link of books without any community."""
    app = create_app(settings_in(tmp_path, sqlite_url))
    browser = Browser(app.test_client())
    browser.open(identity.make_setup_link(app.extensions["engine"]).path)
    return browser


def filled(browser: Browser, **opening: str) -> None:
    browser.send("/setup/community", **BASICS)
    browser.send("/setup/people", you="Mia", others="1. Noor\n2. Ola, \n")
    browser.send("/setup/opening", day="2026-01-01", **opening)


def test_three_pages_a_look_and_a_password_make_a_community(newborn: Browser) -> None:
    filled(newborn, gen_bank="1,250.00", emf_savings="300")
    check = newborn.page
    assert check is not None
    for shown in ("Green Lane", "green-lane", "Noor and Ola", "1,250.00 EUR", "Thu 1 Jan 2026", "Set up Green Lane"):
        assert shown in check.text
    choose = newborn.send("/setup/check")
    assert "Hello, Mia. Choose how you sign in." in choose.text
    welcome = newborn.send("/link/open", user_name="mia", password="three odd words")
    assert "Your book is open." in welcome.text
    engine = newborn.client.application.extensions["engine"]
    with read_books(engine, "green-lane") as books:
        assert [member.name for member in members.get_all(books).values()] == ["Mia", "Noor", "Ola"]
        assert balances.balance_of(books, AccountKey("1000", "EUR", "GEN")) == 125_000


def test_nothing_is_made_before_the_last_look(newborn: Browser) -> None:
    filled(newborn)
    with read_transaction(newborn.client.application.extensions["engine"]) as connection:
        assert communities.slugs(connection) == []


def test_pages_come_back_as_they_were_filled_in(newborn: Browser) -> None:
    filled(newborn, gen_cash="12.50")
    assert 'value="Green Lane"' in newborn.open("/setup/community").text
    assert "1. Noor" in newborn.open("/setup/people").text
    assert 'value="12.50"' in newborn.open("/setup/opening").text


def test_pages_lead_to_the_first_one_that_is_missing(newborn: Browser) -> None:
    page = newborn.open("/setup/check")
    assert page.request.path == "/setup/community"
    assert newborn.open("/setup/opening").request.path == "/setup/community"
    newborn.open("/setup/community")
    page = newborn.send("/setup/community", **BASICS)
    assert page.request.path == "/setup/people"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the name of your community"),
        ({"currency": ""}, "Choose the money that you use"),
        ({"timezone": "Moon/Base"}, "A time zone is written like Europe/Athens."),
        ({"slug": "Green Lane"}, "Write a short name of small letters"),
        ({"name": "ウィロー"}, "Write a short name of small letters"),
        ({"paper": "papyrus"}, "Choose the paper that you print on"),
        ({"first_month": "13"}, "Choose a month"),
    ],
)
def test_a_first_page_that_cannot_be_comes_back(newborn: Browser, wrong: dict[str, str], says: str) -> None:
    page = newborn.send("/setup/community", **BASICS | wrong)
    assert page.status_code == 422
    assert says in page.text


def test_a_short_name_that_another_community_has_is_refused(newborn: Browser) -> None:
    with write_transaction(newborn.client.application.extensions["engine"]) as connection:
        communities.create(connection, "green-lane", "Green Lane", "EUR", "UTC")
    page = newborn.send("/setup/community", **BASICS)
    assert "Another community here has this short name." in page.text


def test_people_that_cannot_be_come_back(newborn: Browser) -> None:
    newborn.send("/setup/community", **BASICS)
    page = newborn.send("/setup/people", you=" ", others="Noor\nnoor")
    assert page.status_code == 422
    assert "Write your name" in page.text
    page = newborn.send("/setup/people", you="…", others="Noor\nnoor")
    assert [f'href="#f-{name}"' in page.text for name in ("you", "others")] == [True, True]


def test_amounts_that_could_mean_two_things_are_asked_about(newborn: Browser) -> None:
    newborn.send("/setup/community", **BASICS)
    newborn.send("/setup/people", you="Mia")
    page = newborn.send("/setup/opening", day="2999-01-01", gen_bank="1,5", emf_cash="lots")
    assert page.status_code == 422
    for name in ("gen_bank", "emf_cash", "day"):
        assert f'href="#f-{name}"' in page.text
    assert 'value="1,5"' in page.text


def test_without_money_the_first_day_may_be_left_out(newborn: Browser) -> None:
    newborn.send("/setup/community", **BASICS)
    newborn.send("/setup/people", you="Mia")
    page = newborn.send("/setup/opening", day="")
    assert "No money yet" in page.text
    assert "Nobody yet" in page.text


def test_a_set_up_sent_twice_makes_one_community(newborn: Browser) -> None:
    filled(newborn)
    check = newborn.page
    newborn.send("/setup/check")
    newborn.page = check
    again = newborn.send("/setup/check")
    assert "Hello, Mia." in again.text
    with read_transaction(newborn.client.application.extensions["engine"]) as connection:
        assert communities.slugs(connection) == ["green-lane"]
    assert "Hello, Mia." in newborn.open("/setup/people").text


def test_a_link_for_a_community_that_stands_asks_for_its_people(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path, sqlite_url))
    engine = app.extensions["engine"]
    with write_transaction(engine) as connection:
        communities.create(connection, "willow", "Willow", "EUR", "Europe/Athens")
    browser = Browser(app.test_client())
    page = browser.open(identity.make_setup_link(engine, "willow").path)
    assert page.request.path == "/setup/people"
    browser.send("/setup/people", you="Mia")
    check = browser.send("/setup/opening", day="")
    assert "Willow" in check.text
    assert 'href="/setup/community"' not in check.text


def test_a_sign_in_link_sets_nothing_up(newborn: Browser) -> None:
    filled(newborn)
    newborn.send("/setup/check")
    newborn.send("/link/open", user_name="mia", password="three odd words")
    engine = newborn.client.application.extensions["engine"]
    link = identity.make_sign_in_link(engine, "green-lane", 3, 2)
    assert newborn.client.get(link.path.replace("/link/", "/setup/")).status_code == 410
    newborn.open(link.path)
    assert newborn.client.get("/setup/community").status_code == 410
