"""A page makes few statements, in one read transaction; a form that posts makes a few more."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.filled_forms import form_of
from tests.web.pages.desk.test_desk import BIG
from tests.web.pages.entries.test_new_entry import send
from tests.willow import SignIn, key_on, token_on
from web.bench.pages.in_process import count_statements

MOST_FOR_A_PAGE, MOST_FOR_A_POST = 8, 25


def pages_of(app: Flask) -> list[str]:
    """Return the address of every page that needs nothing but the community."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.arguments == {"slug"} and "GET" in (rule.methods or ()))
    return sorted(str(rule).replace("<slug>", "willow") for rule in rules if not str(rule).startswith("/api/"))


@pytest.mark.parametrize("user", ["ana", "eli"])
def test_every_page_makes_few_statements_in_one_transaction(willow_app: Flask, sign_in: SignIn, user: str) -> None:
    client, slow = sign_in(user), {}
    for address in pages_of(willow_app):
        client.get(address)
        with count_statements(willow_app.extensions["engine"]) as sent:
            answer = client.get(address)
        if answer.status_code == 200 and (sent.statements > MOST_FOR_A_PAGE or sent.transactions > 1):
            slow[address] = sent
    assert slow == {}


def test_a_payment_is_posted_with_few_statements(willow_app: Flask, sign_in: SignIn) -> None:
    eli = sign_in("eli")
    send(eli, "donation", form_of("donation"))
    with count_statements(willow_app.extensions["engine"]) as sent:
        answer = send(eli, "donation", form_of("donation"))
    assert "/record/receipt/" in answer.location
    assert sent.statements <= MOST_FOR_A_POST


def test_a_second_person_confirms_a_payment_with_few_statements(willow_app: Flask, sign_in: SignIn) -> None:
    eli, dee = sign_in("eli"), sign_in("dee")
    send(eli, "cost", BIG)
    claim = "/c/willow/desk/waiting/1"
    page = dee.get(claim).get_data(as_text=True)
    data = {"csrf_token": token_on(page), "key": key_on(page)}
    with count_statements(willow_app.extensions["engine"]) as sent:
        answer = dee.post(f"{claim}/confirm", data=data)
    assert "/record/receipt/" in answer.location
    assert sent.statements <= MOST_FOR_A_POST
