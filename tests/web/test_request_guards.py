"""The walls around every page, route by route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.applications import settings_in
from web import create_app
from web.identity import permissions
from web.request_guards import HEADERS, cookie_name

SENT = "sent"


@pytest.fixture
def app(shell_app: Flask) -> Flask:
    """Return the application with one more form, open to anyone."""
    shell_app.add_url_rule("/form", "form", permissions.allow_anyone(lambda: SENT), methods=["GET", "POST"])
    return shell_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def addresses(app: Flask) -> Iterator[str]:
    """Give an address for every route that can be opened without knowing anything."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = {name: "1" if "int" in str(rule) else "willow" for name in rule.arguments}
            yield rule.build(values, append_unknown=False)[1]  # type: ignore[index]


def token(client: FlaskClient) -> str:
    """Return a CSRF token of this client's session, from a page of its own."""
    with client.application.test_request_context():
        from flask_wtf.csrf import generate_csrf

        fresh = generate_csrf()
        from flask import session

        secret = session["csrf_token"]
    with client.session_transaction() as kept:
        kept["csrf_token"] = secret
    return str(fresh)


def test_every_route_answers_with_every_header(app: Flask, client: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for address in addresses(app):
        headers = client.get(address).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, address
        assert "Cache-Control" in headers, address


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(client: FlaskClient) -> None:
    policy = client.get("/form").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*|data:", policy)
    assert all(
        wall in policy
        for wall in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'")
    )


def test_pages_are_never_stored_and_the_stylesheet_may_be(client: FlaskClient) -> None:
    assert client.get("/form").headers["Cache-Control"] == "no-store"
    assert "immutable" in client.get("/style.css").headers["Cache-Control"]


def test_a_form_with_its_token_counts(client: FlaskClient) -> None:
    answer = client.post("/form", data={"csrf_token": token(client)}, headers={"Origin": "http://localhost"})
    assert answer.get_data(as_text=True) == SENT


def test_a_form_without_a_token_is_refused(client: FlaskClient) -> None:
    answer = client.post("/form", data={})
    assert (answer.status_code, "Nothing was written" in answer.get_data(as_text=True)) == (400, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused_even_with_a_token(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/form", data={"csrf_token": token(client)}, headers=headers).status_code == 403


def test_a_link_from_elsewhere_still_opens(client: FlaskClient) -> None:
    assert client.get("/form", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example"])
def test_a_host_nobody_trusts_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/style.css", headers={"Host": host}).status_code == 400


def test_what_is_too_large_is_refused_in_words(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path, MAX_CONTENT_LENGTH="100"))
    app.add_url_rule("/form", "form", permissions.allow_anyone(lambda: request.form["x"]), methods=["POST"])
    answer = app.test_client().post("/form", data={"x": "x" * 200})
    assert (answer.status_code, "too large" in answer.get_data(as_text=True)) == (413, True)


def test_secure_cookies_are_tied_to_this_host_and_https(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, PUBLIC_URL="https://books.example", TRUSTED_HOSTS="books.example")
    answer = create_app(settings).test_client().get("/styleguide?lang=en", base_url="https://books.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all(
        cookie.startswith("__Host-hourstead-") and "Secure" in cookie and "HttpOnly" in cookie for cookie in cookies
    )
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_demo_on_this_machine_needs_no_https(client: FlaskClient, app: Flask) -> None:
    assert cookie_name("session", app.extensions["settings"]) == "hourstead-session"
    assert "Strict-Transport-Security" not in client.get("/form").headers


def test_a_proxys_word_counts_only_where_a_proxy_is_set(tmp_path: Path, client: FlaskClient) -> None:
    told = {"X-Forwarded-Host": "elsewhere.example"}
    assert client.get("/style.css", headers=told).status_code == 200
    behind = create_app(settings_in(tmp_path, PROXY_HOPS="1")).test_client()
    assert behind.get("/style.css", headers=told).status_code == 400


def test_an_answer_keeps_the_policy_it_sets_itself(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule(
        "/own",
        "own",
        permissions.allow_anyone(lambda: ("", {"Content-Security-Policy": "sandbox", "Cache-Control": "private"})),
    )
    headers = client.get("/own").headers
    assert (headers["Content-Security-Policy"], headers["Cache-Control"]) == ("sandbox", "private")
