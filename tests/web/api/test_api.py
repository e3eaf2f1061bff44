"""The reading API: what it says, to whom, and that its description holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.willow import SignIn

API = "/api/v1"
WILLOW = f"{API}/communities/willow"


def said(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json())


def test_the_api_describes_itself_by_openapi_3_1(willow_app: Flask) -> None:
    described = said(willow_app.test_client(), f"{API}/openapi.json")
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) >= {f"{API}/communities", WILLOW.replace("willow", "{slug}") + "/entries"}


def test_health_says_ok_and_nothing_else(willow_app: Flask) -> None:
    assert said(willow_app.test_client(), "/healthz") == {"status": "ok"}


@pytest.mark.parametrize("path", [f"{API}/communities", WILLOW, f"{WILLOW}/entries", f"{WILLOW}/balances"])
def test_whoever_is_not_signed_in_is_told_so(willow_app: Flask, path: str) -> None:
    answer = willow_app.test_client().get(path)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "401")


def test_a_foreign_community_is_not_there(sign_in: SignIn) -> None:
    assert sign_in("eli").get(f"{API}/communities/riverbend").status_code == 404


def test_members_read_their_community_and_its_chart(sign_in: SignIn) -> None:
    client = sign_in("bea")
    assert said(client, f"{API}/communities") == {"communities": [{"slug": "willow"}]}
    assert said(client, WILLOW)["currency"] == "EUR"
    assert len(list(said(client, f"{WILLOW}/accounts")["accounts"])) == 97


def test_balances_are_for_those_who_keep_or_check_the_books(sign_in: SignIn) -> None:
    assert sign_in("bea").get(f"{WILLOW}/balances").status_code == 403
    rows = said(sign_in("dee"), f"{WILLOW}/balances")["balances"]
    assert sum(row["balance"] for row in rows if row["unit"] == "EUR") == 0
    assert {"account": "T2000", "owner": "Ana", "balance": -27}.items() <= next(
        row for row in rows if row["owner"] == "Ana" and row["account"] == "T2000"
    ).items()


@pytest.mark.parametrize(("who", "count", "grants"), [("eli", 129, 1), ("bea", 93, 0)])
def test_entries_come_page_by_page_and_private_ones_to_few(sign_in: SignIn, who: str, count: int, grants: int) -> None:
    client = sign_in(who)
    seen: list[dict[str, Any]] = []
    before = None
    while True:
        page = said(client, f"{WILLOW}/entries?limit=40" + (f"&before={before}" if before else ""))
        seen += page["entries"]
        before = page["next"]
        if before is None:
            break
    assert len(seen) == len({entry["number"] for entry in seen}) == count
    assert len([entry for entry in seen if entry["kind"] == "emergency-grant"]) == grants


def test_entries_are_narrowed_and_opened(sign_in: SignIn) -> None:
    client = sign_in("eli")
    found = said(client, f"{WILLOW}/entries?kind=cost&first=2026-03-31&last=2026-03-31")["entries"]
    for entry in found:
        assert dt.date.fromisoformat(entry["date"]) == dt.date(2026, 3, 31)
        assert said(client, f"{WILLOW}/entries/{entry['number']}") == entry
    assert client.get(f"{WILLOW}/entries/99999").status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "before=-1", "first=someday", "colour=red", "limit=201"])
def test_a_parameter_that_is_not_understood_is_refused_by_name(sign_in: SignIn, query: str) -> None:
    answer = sign_in("bea").get(f"{WILLOW}/entries?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in str(answer.get_json()["errors"])
