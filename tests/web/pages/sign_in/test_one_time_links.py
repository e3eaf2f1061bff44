"""One-time links and codes in the browser: looking uses nothing up, choosing does."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from ledger.database.unit_of_work import write_transaction
from tests.neighbours import PASSWORD, Browser, Neighbours
from web import identity
from web.models.identity import Membership

NEW = "three odd words"


@pytest.fixture
def newcomer(neighbours: Neighbours) -> identity.IssuedLink:
    """Return a link for Bea, who has no login yet."""
    login_id = neighbours.login_of("Bea")
    with write_transaction(neighbours.engine) as connection:
        connection.execute(delete(Membership).where(Membership.login_id == login_id))
    return identity.make_sign_in_link(neighbours.engine, "willow", neighbours.people["Bea"], 1)


def opened(neighbours: Neighbours, link: identity.IssuedLink) -> Browser:
    browser = neighbours.browser()
    browser.open(link.path)
    return browser


def test_a_link_says_whose_it_is_and_leaves_the_address_bar(
    neighbours: Neighbours, newcomer: identity.IssuedLink
) -> None:
    answer = neighbours.browser().client.get(newcomer.path)
    assert answer.location == "/link/open"
    page = opened(neighbours, newcomer).page
    assert page is not None
    assert "Hello, Bea. Choose how you sign in." in page.text
    assert "<bdi>Willow</bdi>" in page.text
    assert 'value="bea"' in page.text


def test_looking_at_a_link_uses_nothing_up(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    for _ in range(3):
        page = opened(neighbours, newcomer).page
        assert page is not None
        assert page.status_code == 200


def test_choosing_signs_in_and_uses_the_link_up(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    browser, late = opened(neighbours, newcomer), opened(neighbours, newcomer)
    page = browser.post("/link/open", user_name="beatrice", password=NEW)
    assert page.location == "/c/willow/"
    assert browser.client.get("/c/willow/account").status_code == 200
    assert neighbours.browser().client.get(newcomer.path).status_code == 410
    second = late.send("/link/open", user_name="beatrice2", password=NEW)
    assert second.status_code == 410
    assert late.client.get("/link/open").status_code == 410


def test_wrong_choices_come_back_as_filled_in(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    page = opened(neighbours, newcomer).send("/link/open", user_name="b b", password="willow 2026", stay="yes")
    assert page.status_code == 422
    assert [f'href="#f-{name}"' in page.text for name in ("user_name", "password")] == [True, True]
    assert 'value="b b"' in page.text
    assert 'value="yes" checked' in page.text
    assert "willow 2026" not in page.text


def test_a_taken_user_name_is_not_called_taken(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    pages = [
        opened(neighbours, newcomer).send("/link/open", user_name=name, password=NEW).text for name in ("eli", "admin")
    ]
    assert "This one cannot be used here." in pages[0]
    assert "taken" not in pages[0]
    assert "This one cannot be used here." in pages[1]


def test_a_link_for_someone_who_signs_in_asks_for_a_password_only(neighbours: Neighbours) -> None:
    link = identity.make_sign_in_link(neighbours.engine, "willow", neighbours.people["Bea"], 1)
    browser = opened(neighbours, link)
    assert browser.page is not None
    assert 'name="user_name"' not in browser.page.text
    browser.post("/link/open", password=NEW)
    again = neighbours.browser()
    again.open("/sign-in")
    assert again.post("/sign-in", identity="bea", password=PASSWORD).status_code == 422
    assert again.post("/sign-in", identity="bea", password=NEW).status_code == 303


def test_the_code_of_a_slip_opens_the_same_page(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    page = neighbours.browser().fill_in("/link", code=newcomer.code.lower().replace(" ", "-"))
    assert "Hello, Bea." in page.text


@pytest.mark.parametrize(("code", "says"), [("", "Write the code"), ("BCDF BCDF", "This code opens nothing")])
def test_a_wrong_code_comes_back_as_typed(neighbours: Neighbours, code: str, says: str) -> None:
    page = neighbours.browser().fill_in("/link", code=code)
    assert page.status_code == 422
    assert says in page.text
    assert f'value="{code}"' in page.text


def test_codes_cannot_be_guessed_on_and_on(neighbours: Neighbours, newcomer: identity.IssuedLink) -> None:
    browser = neighbours.browser()
    statuses = [browser.fill_in("/link", code="BCDF BCDF").status_code for _ in range(8)]
    assert statuses == [422] * 6 + [429] * 2
    assert browser.fill_in("/link", code=newcomer.code).status_code == 429
    browser.open(newcomer.path)
    assert browser.page is not None
    assert browser.page.status_code == 200, "the link itself is not slowed down"


def test_who_signs_in_elsewhere_can_use_the_same_login_here(
    neighbours: Neighbours, newcomer: identity.IssuedLink
) -> None:
    browser = neighbours.signed_in("Sol")
    page = browser.open(newcomer.path)
    assert "You are signed in on this device as: sol" in page.text
    answer = browser.post("/link/join")
    assert answer.location == "/c/willow/"
    assert browser.client.get("/c/willow/account").status_code == 200
    assert browser.client.get("/c/river/account").status_code == 200


def test_a_link_never_opened_here_opens_nothing(neighbours: Neighbours) -> None:
    browser = neighbours.browser()
    assert browser.client.get("/link/open").status_code == 410
    assert browser.client.get("/link/" + "0" * 64).status_code == 410
    page = browser.open("/link/open")
    assert "This link does not work any more." in page.text
