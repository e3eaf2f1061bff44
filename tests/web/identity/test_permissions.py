"""Every page says who it is for, and is for nobody else: each address, for each kind of visitor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, session
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.routing import AnyConverter, Rule

from ledger.database.unit_of_work import write_books, write_transaction
from ledger.registers import members, roles
from tests.neighbours import WILLOW, Neighbours
from web.identity import permissions, sessions
from web.identity.permissions import EndpointUndeclared, OfficeNeeded

OFFICES = {"Ana": "organiser", "Eli": "treasurer", "Cai": "checker", "Bea": "member"}
PEOPLE_PAGES = ("people.", "person.", "offices.", "slips.", "settings.", "setup.welcome")


def address(app: Flask, rule: Rule, slug: str = "willow") -> str:
    """Return an address that the rule answers to, with made-up numbers and names."""
    values = dict.fromkeys(rule.arguments, "1") | ({"slug": slug} if "slug" in rule.arguments else {})
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = sorted(converter.items)[0]
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=sorted(rule.methods or {"GET"})[0]))


def let_through(neighbours: Neighbours, rule: Rule, name: str | None, slug: str = "willow") -> str:
    """Return how a request for an address fares: `in`, `sign in`, `no such page`, `not your office`."""
    method = "POST" if "GET" not in (rule.methods or ()) else "GET"
    path = address(neighbours.app, rule, slug)
    with neighbours.app.test_request_context(path, method=method):
        if name is not None:
            with write_transaction(neighbours.engine) as connection:
                session["_user_id"] = sessions.begin(connection, neighbours.login_of(name), kept=True, device="")
        try:
            answer = permissions.check_request()
        except NotFound:
            return "no such page"
        except OfficeNeeded:
            return "not your office"
        except Unauthorized:
            return "sign in"
    return "in" if answer is None else "sign in"


def test_every_endpoint_says_who_may_use_it(neighbours: Neighbours) -> None:
    undeclared = []
    for endpoint in neighbours.app.view_functions:
        try:
            permissions.find_rule(neighbours.app, endpoint)
        except EndpointUndeclared:
            undeclared.append(endpoint)
    assert undeclared == []


def test_every_page_for_members_names_its_community(neighbours: Neighbours) -> None:
    rules = neighbours.app.url_map.iter_rules()
    nameless = [
        r.endpoint
        for r in rules
        if permissions.find_rule(neighbours.app, r.endpoint).roles and "slug" not in r.arguments
    ]
    assert nameless == []


def test_every_address_lets_in_whom_it_is_for(neighbours: Neighbours) -> None:
    wrong = []
    for rule in neighbours.app.url_map.iter_rules():
        declared = permissions.find_rule(neighbours.app, rule.endpoint)
        for name, office in OFFICES.items():
            may = not declared.roles or declared.roles & {office, "member"}
            if (let_through(neighbours, rule, name) == "in") is not bool(may):
                wrong.append((rule.rule, name))
    assert wrong == []


def test_every_address_asks_strangers_to_sign_in_or_is_public(neighbours: Neighbours) -> None:
    for rule in neighbours.app.url_map.iter_rules():
        declared = permissions.find_rule(neighbours.app, rule.endpoint)
        assert let_through(neighbours, rule, None) == ("sign in" if declared.signed_in else "in"), rule.rule


def test_every_address_of_another_community_is_no_such_page(neighbours: Neighbours) -> None:
    for rule in neighbours.app.url_map.iter_rules():
        if permissions.find_rule(neighbours.app, rule.endpoint).roles:
            assert let_through(neighbours, rule, "Rob") == "no such page", rule.rule
            assert let_through(neighbours, rule, "Ana", "river") == "no such page", rule.rule
            assert let_through(neighbours, rule, "Ana", "nowhere") == "no such page", rule.rule


def test_people_and_offices_are_for_organisers_only(neighbours: Neighbours) -> None:
    pages = [rule for rule in neighbours.app.url_map.iter_rules() if rule.endpoint.startswith(PEOPLE_PAGES)]
    assert len(pages) > 12
    for rule in pages:
        fares = {name: let_through(neighbours, rule, name) for name in OFFICES}
        assert fares == {"Ana": "in", "Eli": "not your office", "Cai": "not your office", "Bea": "not your office"}


def test_an_endpoint_that_says_nothing_is_open_to_nobody(neighbours: Neighbours) -> None:
    neighbours.app.view_functions["look.style"] = lambda: "open"
    answer = neighbours.browser().client.get("/style.css")
    assert answer.status_code == 500
    assert "open" not in answer.text.split()


@pytest.fixture
def visit(neighbours: Neighbours) -> Callable[[str, str], int]:
    browsers = {name: neighbours.signed_in(name) for name in WILLOW}
    return lambda name, address: browsers[name].client.get(address).status_code


def test_an_office_that_ends_is_gone_at_the_next_request(
    neighbours: Neighbours, visit: Callable[[str, str], int]
) -> None:
    assert visit("Ana", "/c/willow/people") == 200
    with write_books(neighbours.engine, "willow") as books:
        (key,) = [k for k, t in roles.get_all(books).items() if t.role == "organiser"]
        roles.end(books, key, neighbours.today() - dt.timedelta(days=1), entered_by=1)
    assert visit("Ana", "/c/willow/people") == 403
    assert visit("Ana", "/c/willow/account") == 200


def test_an_office_that_begins_is_there_at_the_next_request(
    neighbours: Neighbours, visit: Callable[[str, str], int]
) -> None:
    assert visit("Bea", "/c/willow/people") == 403
    with write_books(neighbours.engine, "willow") as books:
        roles.give(books, "organiser", neighbours.people["Bea"], neighbours.today(), entered_by=1)
    assert visit("Bea", "/c/willow/people") == 200


def test_an_office_of_tomorrow_gives_no_right_today(neighbours: Neighbours, visit: Callable[[str, str], int]) -> None:
    tomorrow = neighbours.today() + dt.timedelta(days=1)
    with write_books(neighbours.engine, "willow") as books:
        roles.give(books, "organiser", neighbours.people["Bea"], tomorrow, entered_by=1)
    assert visit("Bea", "/c/willow/people") == 403


def test_whoever_left_has_no_pages_here_any_more(neighbours: Neighbours, visit: Callable[[str, str], int]) -> None:
    assert visit("Ana", "/c/willow/account") == 200
    with write_books(neighbours.engine, "willow") as books:
        ana = members.get(books, neighbours.people["Ana"])
        members.change(books, replace(ana, left=neighbours.today() - dt.timedelta(days=1)), entered_by=1)
    assert visit("Ana", "/c/willow/account") == 404
    assert visit("Ana", "/c/willow/people") == 404


def test_who_lacks_the_office_is_told_which_one_it_takes(neighbours: Neighbours) -> None:
    page = neighbours.signed_in("Bea").open("/c/willow/people")
    assert page.status_code == 403
    assert "This is for whoever holds this office today: organiser." in page.text


def test_the_visitor_is_known_by_name_and_offices(neighbours: Neighbours) -> None:
    page = neighbours.signed_in("Ana").open("/c/willow/account")
    assert "<bdi>Ana</bdi>" in page.text
    assert "<bdi>Willow</bdi>" in page.text


def test_no_member_page_is_kept_on_the_way(neighbours: Neighbours) -> None:
    assert neighbours.signed_in("Ana").open("/c/willow/people").headers["Cache-Control"] == "no-store"


def test_holders_of_an_office_sign_in_more_often(neighbours: Neighbours) -> None:
    ana, bea = neighbours.signed_in("Ana"), neighbours.signed_in("Bea")
    neighbours.age(dt.timedelta(hours=9))
    assert ana.client.get("/c/willow/account").status_code == 303
    assert bea.client.get("/c/willow/account").status_code == 200
    assert ana.client.get("/communities").status_code == 303, "the old session is ended, not only doubted"
