"""The front door: in, out, and choosing a community."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.database.unit_of_work import read_transaction, write_transaction
from tests.applications import settings_in
from tests.neighbours import PASSWORD, Browser, Neighbours
from web import create_app
from web.identity import logins, passwords, resume_form, sessions
from web.identity.rate_limits import PER_ACCOUNT_AND_NETWORK


def signs_in(browser: Browser, identity: str = "bea", password: str = PASSWORD, **more: str) -> Browser:
    browser.open("/sign-in")
    browser.post("/sign-in", identity=identity, password=password, **more)
    return browser


def test_a_stranger_is_shown_the_door_with_the_way_back_in_it(neighbours: Neighbours) -> None:
    answer = neighbours.browser().client.get("/c/willow/account?x=1")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/c/willow/account?x%3D1"


def test_one_membership_goes_straight_home(neighbours: Neighbours) -> None:
    browser = signs_in(neighbours.browser())
    assert browser.page is not None
    assert browser.page.location == "/c/willow/"
    assert browser.client.get("/").location == "/c/willow/"


def test_several_memberships_get_a_chooser(neighbours: Neighbours) -> None:
    with write_transaction(neighbours.engine) as connection:
        logins.add_membership(connection, neighbours.login_of("Bea"), 2, 0)
    browser = signs_in(neighbours.browser())
    assert browser.page is not None
    assert browser.page.location == "/communities"
    page = browser.open("/communities")
    assert [name in page.text for name in ('href="/c/willow/"><bdi>Willow', 'href="/c/river/"><bdi>River')] == [
        True,
        True,
    ]


def test_nobodys_login_is_told_to_ask(neighbours: Neighbours) -> None:
    with write_transaction(neighbours.engine) as connection:
        connection.exec_driver_sql("DELETE FROM membership")
    browser = signs_in(neighbours.browser())
    assert browser.page is not None
    assert "Ask an organiser" in browser.open(browser.page.location).text


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(neighbours: Neighbours) -> None:
    pages = []
    for name in ("bea", "nobody"):
        browser = neighbours.browser()
        browser.open("/sign-in")
        page = browser.send("/sign-in", identity=name, password="tomato ladder sea")
        hidden = [line for line in page.text.replace(name, "NAME").splitlines() if "csrf_token" not in line]
        pages.append((page.status_code, hidden))
    assert pages[0] == pages[1]
    assert pages[0][0] == 422


def test_an_unknown_name_is_checked_against_a_hash_of_the_same_cost(neighbours: Neighbours) -> None:
    with neighbours.app.app_context(), read_transaction(neighbours.engine) as connection:
        known = logins.find(connection, "bea")
        nobody = passwords.unmatched_hash()
    assert known is not None
    assert known.password is not None
    assert cost_of(nobody) == cost_of(known.password)


def cost_of(hashed: str) -> list[str]:
    """The algorithm and its parameters, without salt and digest."""
    return hashed.split("$")[:-2]


def test_a_refused_form_comes_back_with_its_name_but_never_its_password(neighbours: Neighbours) -> None:
    browser = neighbours.browser()
    browser.open("/sign-in")
    page = browser.send("/sign-in", identity="bea", password="tomato ladder sea", stay="yes")
    assert "<title>Error: Sign in" in page.text
    assert 'value="bea"' in page.text
    assert "checked" in page.text
    assert "tomato" not in page.text
    assert '<a href="#f-identity">' in page.text


def test_an_empty_form_says_what_to_write(neighbours: Neighbours) -> None:
    page = neighbours.browser().fill_in("/sign-in", identity="", password="")
    assert page.status_code == 422
    assert '<a href="#f-identity">Write your user name or e-mail address</a>' in page.text
    assert '<a href="#f-password">Write your password</a>' in page.text


def test_too_many_tries_are_told_to_wait(neighbours: Neighbours) -> None:
    for _ in range(PER_ACCOUNT_AND_NETWORK.tries):
        signs_in(neighbours.browser(), password="tomato ladder sea")
    page = signs_in(neighbours.browser()).page
    assert page is not None
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in page.text


def test_a_form_without_its_token_is_refused(neighbours: Neighbours) -> None:
    answer = neighbours.browser().client.post("/sign-in", data={"identity": "bea", "password": PASSWORD})
    assert answer.status_code == 400


def test_signing_in_makes_a_new_cookie(neighbours: Neighbours) -> None:
    browser = neighbours.browser()
    browser.open("/sign-in")
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        before = cookie["csrf_token"]
    browser.post("/sign-in", identity="bea", password=PASSWORD)
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != before
        assert len(cookie["_user_id"]) >= 43


def test_a_device_is_kept_only_when_it_is_ones_own(neighbours: Neighbours) -> None:
    for stay, kept_in in (("", False), ("yes", True)):
        browser = signs_in(neighbours.browser(), stay=stay)
        assert browser.page is not None
        assert ("Expires" in browser.page.headers["Set-Cookie"]) is kept_in


def test_signing_out_ends_the_session_in_the_database(neighbours: Neighbours) -> None:
    browser = neighbours.signed_in("Bea")
    with browser.client.session_transaction() as cookie:
        reference = cookie["_user_id"]
    browser.open("/c/willow/account")
    answer = browser.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    with read_transaction(neighbours.engine) as connection:
        assert sessions.find(connection, reference) is None
    assert browser.client.get("/c/willow/account").status_code == 303


def test_a_cookie_of_an_ended_session_opens_nothing(neighbours: Neighbours) -> None:
    browser = neighbours.signed_in("Bea")
    assert browser.client.get("/c/willow/account").status_code == 200
    with write_transaction(neighbours.engine) as connection:
        sessions.end_all(connection, neighbours.login_of("Bea"))
    assert browser.client.get("/c/willow/account").status_code == 303


def test_what_was_written_survives_signing_in_again(neighbours: Neighbours) -> None:
    browser = neighbours.signed_in("Ana")
    browser.open("/c/willow/people/add")
    with write_transaction(neighbours.engine) as connection:
        sessions.end_all(connection, neighbours.login_of("Ana"))
    page = browser.send("/c/willow/people/add", names="Mia\nNoor")
    assert page.status_code == 403
    assert "nothing was written" in page.text
    again = browser.send("/sign-in", identity="ana", password=PASSWORD)
    assert "You are signed in again" in again.text
    check = browser.send("/c/willow/people/add")
    assert "Add 2 people" in check.text


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", "/\\/x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(neighbours: Neighbours, target: str) -> None:
    assert resume_form.local_address(target) == ""
    browser = neighbours.browser()
    browser.client.get("/sign-in", query_string={"next": target})
    browser.open("/sign-in")
    page = browser.post("/sign-in", identity="bea", password=PASSWORD, next=target)
    assert page.location == "/c/willow/"


def test_one_comes_to_the_page_one_wanted(neighbours: Neighbours) -> None:
    browser = neighbours.browser()
    browser.open("/c/willow/account")
    page = browser.post("/sign-in", identity="bea", password=PASSWORD)
    assert page.location == "/c/willow/account"


def test_the_door_says_how_to_begin_where_nothing_is_set_up(sqlite_url: str, tmp_path: Path) -> None:
    page = create_app(settings_in(tmp_path, sqlite_url)).test_client().get("/sign-in")
    assert "hourstead init" in page.text


def test_kept_answers_that_are_no_answers_are_dropped() -> None:
    assert [resume_form.unpack_fields(text) for text in ("", "{", "[1]", '{"a": 1}', '[["a"]]', "x" * 200_000)] == [
        []
    ] * 6
    assert resume_form.unpack_fields('[["a", "b"]]') == [("a", "b")]
