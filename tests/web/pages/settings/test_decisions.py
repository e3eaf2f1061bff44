"""Decisions on screen: listed, written down, and rested on."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.database.unit_of_work import read_books
from ledger.registers import decisions
from tests.willow import SignIn, token_on

DECISIONS = "/c/willow/decisions"
MADE = {"id": "A-77", "text": "A new roof", "date": "2026-10-10"}


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


def page(client: FlaskClient) -> str:
    return client.get(DECISIONS).get_data(as_text=True)


def send(client: FlaskClient, **sent: str) -> TestResponse:
    return client.post(DECISIONS, data={"csrf_token": token_on(page(client)), **sent})


def test_members_read_what_was_decided_but_not_in_closed_sessions(sign_in: SignIn) -> None:
    html = page(sign_in("bea"))
    assert "Budget 2026 presented" in html
    assert "Kept by the panel" not in html
    assert "Keep the decision" not in html


def test_a_decision_is_written_down_once_and_entries_may_name_it(eli: FlaskClient, willow: Engine) -> None:
    assert [send(eli, **MADE).status_code for _ in range(2)] == [303, 303]
    assert "A new roof" in page(eli)
    with read_books(willow, "willow") as unit:
        assert "A-77" in decisions.codes(unit)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"id": ""}, "Give it a short code"),
        ({"id": "A 7"}, "Letters, figures and hyphens"),
        ({"text": ""}, "Say what was decided"),
        ({"date": "someday"}, "day"),
        ({"id": "A-01"}, "Another decision has the code"),
    ],
)
def test_a_decision_with_a_fault_comes_back_as_filled_in(eli: FlaskClient, wrong: dict[str, str], words: str) -> None:
    answer = send(eli, **(MADE | wrong))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in html
    assert f'value="{(MADE | wrong)["text"]}"' in html


def test_members_do_not_write_decisions_down(sign_in: SignIn) -> None:
    assert send(sign_in("bea"), **MADE).status_code == 403
