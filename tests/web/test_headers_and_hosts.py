"""The walls stand around every page: nothing is stored on the way, nothing comes in from elsewhere."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.routing import Rule

from ledger.database.unit_of_work import write_books
from ledger.registers import communities, members, roles
from tests.neighbours import Neighbours
from tests.web.identity.test_permissions import address
from tests.willow import PASSWORD, SignIn, token_on

STORED = {"static", "look.style"}
KEPT = "/c/willow/reports/budget-review/2026-03"


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in set(rule.methods or ())]


@pytest.mark.parametrize("who", ["eli", "ana"])
def test_no_page_is_kept_on_the_way(willow_app: Flask, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    pages = [address(willow_app, rule) for rule in rules(willow_app, "GET") if rule.endpoint not in STORED]
    for page in (*pages, KEPT, f"{KEPT}.pdf", f"{KEPT}.csv", f"{KEPT}.json"):
        answer = client.get(page)
        assert answer.headers["Cache-Control"] == "no-store", page
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], page
        assert answer.headers["X-Content-Type-Options"] == "nosniff", page


def test_no_form_is_taken_without_its_token(willow_app: Flask, sign_in: SignIn) -> None:
    clients = [sign_in(who) for who in ("bea", "eli", "ana")]
    for rule in rules(willow_app, "POST"):
        page = address(willow_app, rule)
        for client in clients:
            answers = (
                client.post(page, data={"key": "k"}),
                client.post(page, data={"file": (io.BytesIO(b"a,b"), "a.csv")}, content_type="multipart/form-data"),
                client.post(page, json={"key": "k"}),
                client.post(page, data={"key": "k"}, headers={"Origin": "https://elsewhere.example"}),
            )
            assert [answer.status_code in (400, 403) for answer in answers] == [True] * 4, page


def test_a_strange_host_is_told_nothing(willow_app: Flask, sign_in: SignIn) -> None:
    answer = sign_in("eli").get("/c/willow/", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, b"Willow" in answer.data) == (400, False)


@pytest.mark.parametrize(
    "target", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/\t/x", "/%0d%0aX-Odd: 1"]
)
def test_signing_in_leads_nowhere_else(willow_app: Flask, target: str) -> None:
    client = willow_app.test_client()
    token = token_on(client.get("/sign-in", query_string={"next": target}).text)
    sent = {"identity": "bea", "password": PASSWORD, "next": target, "csrf_token": token}
    answer = client.post("/sign-in", data=sent)
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert "elsewhere" not in answer.location
    assert "X-Odd" not in answer.headers


def test_a_link_onward_takes_nothing_odd_along(sign_in: SignIn) -> None:
    odd = {"fund": "GEN", "_external": "1", "_scheme": "javascript", "_anchor": "odd", "slug": "other", "endpoint": "x"}
    page = sign_in("eli").get("/c/willow/entries", query_string=odd).text
    assert "javascript:" not in page
    onward = sign_in("eli").get("/c/willow/entries?_scheme=javascript&_external=1&_anchor=odd").text
    assert "javascript:" not in onward
    assert "#odd" not in onward


def test_whoever_belongs_elsewhere_finds_no_page_here(neighbours: Neighbours) -> None:
    client = neighbours.signed_in("Sol").client
    for method in ("GET", "POST"):
        for rule in rules(neighbours.app, method):
            if "slug" not in rule.arguments:
                continue
            page = address(neighbours.app, rule)
            answer = client.get(page) if method == "GET" else client.post(page)
            assert answer.status_code in ((404,) if method == "GET" else (400, 404)), page
            assert "Willow" not in answer.text, page


def test_an_office_that_ended_opens_nothing_at_once(neighbours: Neighbours) -> None:
    client = neighbours.signed_in("Eli").client
    assert client.get("/c/willow/entries").status_code == 200
    with write_books(neighbours.engine, "willow") as books:
        today, number = communities.today(books), neighbours.people["Eli"]
        for key, term in roles.get_all(books).items():
            if term.holder == number and term.role == "treasurer":
                roles.end(books, key, today - dt.timedelta(1), entered_by=1)
    assert client.get("/c/willow/entries").status_code == 403
    with write_books(neighbours.engine, "willow") as books:
        gone = replace(members.get(books, number), left=today - dt.timedelta(1))
        members.change(books, gone, entered_by=1)
    assert client.get("/c/willow/statement").status_code == 404
