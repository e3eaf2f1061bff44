"""One's own sign-in: password, address, devices."""

from __future__ import annotations

import pytest

from ledger.database.unit_of_work import read_transaction
from tests.neighbours import PASSWORD, Neighbours
from web import identity
from web.identity import sessions

NEW = "three odd words"


def test_the_page_lists_ones_devices(neighbours: Neighbours) -> None:
    neighbours.signed_in("Bea")
    page = neighbours.signed_in("Bea").open("/c/willow/account")
    assert page.text.count("<bdi>Test</bdi>") == 2
    assert page.text.count("this device") == 1


def test_whose_slip_a_password_came_from_is_seen_by_its_owner(neighbours: Neighbours) -> None:
    assert "with a slip made by" not in neighbours.signed_in("Bea").open("/c/willow/account").text
    link = identity.make_sign_in_link(neighbours.engine, "willow", neighbours.people["Bea"], neighbours.people["Ana"])
    browser = neighbours.browser()
    browser.open(link.path)
    browser.post("/link/open", password=NEW)
    assert "with a slip made by: Ana" in browser.open("/c/willow/account").text


def test_a_device_can_be_signed_out_from_another(neighbours: Neighbours) -> None:
    lost, here = neighbours.signed_in("Bea"), neighbours.signed_in("Bea")
    with read_transaction(neighbours.engine) as connection:
        first = min(session.session_id for session in sessions.list_for_login(connection, neighbours.login_of("Bea")))
    here.open("/c/willow/account")
    page = here.send(f"/c/willow/account/devices/{first}/end")
    assert "That device is signed out." in page.text
    assert lost.client.get("/c/willow/account").status_code == 303


def test_nobody_signs_out_somebody_elses_device(neighbours: Neighbours) -> None:
    ana, bea = neighbours.signed_in("Ana"), neighbours.signed_in("Bea")
    with read_transaction(neighbours.engine) as connection:
        (session,) = sessions.list_for_login(connection, neighbours.login_of("Ana"))
    bea.open("/c/willow/account")
    bea.send(f"/c/willow/account/devices/{session.session_id}/end")
    assert ana.client.get("/c/willow/account").status_code == 200


def test_every_other_device_can_be_signed_out(neighbours: Neighbours) -> None:
    others, here = [neighbours.signed_in("Bea") for _ in range(2)], neighbours.signed_in("Bea")
    here.open("/c/willow/account")
    here.send("/c/willow/account/devices/end")
    assert [other.client.get("/c/willow/account").status_code for other in others] == [303, 303]
    assert here.client.get("/c/willow/account").status_code == 200


def test_a_new_password_signs_every_other_device_out(neighbours: Neighbours) -> None:
    other, here = neighbours.signed_in("Bea"), neighbours.signed_in("Bea")
    page = here.fill_in("/c/willow/account/password", old_password=PASSWORD, password=NEW)
    assert "Your password is changed." in page.text
    assert other.client.get("/c/willow/account").status_code == 303
    again = neighbours.browser()
    again.open("/sign-in")
    assert again.post("/sign-in", identity="bea", password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", "Write the password you have now"),
        ("tomato ladder sea", NEW, "This is not your password."),
        (PASSWORD, "bea willow", "That one is easily guessed"),
        (PASSWORD, "short", "Write 8 characters or more"),
    ],
)
def test_a_password_is_changed_by_who_knows_the_old_one(neighbours: Neighbours, old: str, new: str, says: str) -> None:
    page = neighbours.signed_in("Bea").fill_in("/c/willow/account/password", old_password=old, password=new)
    assert page.status_code == 422
    assert says in page.text


def test_the_old_password_cannot_be_guessed_on_and_on(neighbours: Neighbours) -> None:
    browser = neighbours.signed_in("Bea")
    browser.open("/c/willow/account/password")
    tries = [
        browser.send("/c/willow/account/password", old_password="tomato ladder sea", password=NEW).status_code
        for _ in range(7)
    ]
    assert tries == [422] * 6 + [429]


def test_an_address_can_be_noted_used_and_removed(neighbours: Neighbours) -> None:
    browser = neighbours.signed_in("Bea")
    page = browser.fill_in("/c/willow/account/email", email="Bea@Example.org", old_password=PASSWORD)
    assert "Bea@Example.org" in page.text
    again = neighbours.browser()
    again.open("/sign-in")
    assert again.post("/sign-in", identity="bea@example.org", password=PASSWORD).status_code == 303
    page = browser.fill_in("/c/willow/account/email", email="", old_password=PASSWORD)
    assert "Your address is removed." in page.text


def test_an_address_of_somebody_else_is_not_called_theirs(neighbours: Neighbours) -> None:
    neighbours.signed_in("Ana").fill_in("/c/willow/account/email", email="ana@example.org", old_password=PASSWORD)
    page = neighbours.signed_in("Bea").fill_in(
        "/c/willow/account/email", email="ANA@example.org", old_password=PASSWORD
    )
    assert page.status_code == 422
    assert "This address cannot be used here." in page.text
