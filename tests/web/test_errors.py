"""Refusals and faults are told in plain words, with nothing of the inside and everything that was written."""

from __future__ import annotations

import json
import logging
import re

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, TooManyRequests
from werkzeug.test import TestResponse

from ledger.core import errors
from ledger.core.errors import (
    BooksBusy,
    CommitFailed,
    CommitUnknown,
    CommunityUnknown,
    FieldsWrong,
    FieldWrong,
    KeyReused,
    LedgerError,
    NotAllowed,
    PeriodClosed,
    UnknownEntry,
)
from web.identity import permissions

FAULTS: dict[str, Exception] = {
    "closed": PeriodClosed("April is closed."),
    "busy": BooksBusy("Someone is writing."),
    "unsaved": CommitFailed("The disk is full of secrets."),
    "unsure": CommitUnknown("The line broke."),
    "other-key": KeyReused("That key stood for something else."),
    "forbidden": NotAllowed("Dee does this."),
    "no-entry": UnknownEntry("There is no entry 17."),
    "no-community": CommunityUnknown("There is no such community."),
    "broken": ZeroDivisionError("a secret of the inside"),
    "often": TooManyRequests(retry_after=60),
    "wrong-method": MethodNotAllowed(["POST"]),
}


def fail(fault: str) -> str:
    raise FAULTS[fault]


@pytest.fixture
def client(shell_app: Flask) -> FlaskClient:
    shell_app.config.update(WTF_CSRF_CHECK_DEFAULT=False, PROPAGATE_EXCEPTIONS=False)
    shell_app.add_url_rule("/<fault>", "fail", permissions.allow_anyone(fail), methods=["GET", "POST"])
    shell_app.add_url_rule("/api/<fault>", "api_fail", permissions.allow_anyone(fail), methods=["GET", "POST"])
    shell_app.add_url_rule("/gone", "gone", permissions.allow_anyone(lambda: abort(404)))
    return shell_app.test_client()


def words(answer: TestResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<main")[1].split("</main>")[0])
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("closed", 422),
        ("busy", 503),
        ("unsaved", 503),
        ("other-key", 409),
        ("forbidden", 403),
        ("no-entry", 422),
        ("broken", 500),
        ("often", 429),
    ],
)
def test_every_fault_has_its_status_and_says_that_nothing_was_written(
    client: FlaskClient, fault: str, status: int
) -> None:
    answer = client.post(f"/{fault}")
    assert answer.status_code == status
    assert "Nothing was written" in words(answer)


@pytest.mark.parametrize("fault", ["no-entry", "no-community", "gone"])
def test_what_is_not_there_is_not_there_and_no_more_is_said(client: FlaskClient, fault: str) -> None:
    answer = client.get(f"/{fault}")
    assert answer.status_code == 404
    assert words(answer) == words(client.get("/nothing/at/all"))


def test_what_may_have_been_written_is_not_called_unwritten(client: FlaskClient) -> None:
    answer = client.post("/unsure", data={"key": "k-1"})
    assert (answer.status_code, "Nothing was written" in words(answer)) == (503, False)
    assert "they count only once" in words(answer)
    assert 'value="k-1"' in answer.get_data(as_text=True)


def test_a_refusal_says_its_reason(client: FlaskClient) -> None:
    assert "April is closed." in words(client.post("/closed"))


def test_a_failed_commit_keeps_the_answers_and_the_key_but_no_password(client: FlaskClient) -> None:
    sent = {"key": "k-1", "what": "garden <b>", "who": ["3", "4"], "csrf_token": "old", "new_password": "secret words"}
    page = client.post("/unsaved", data=sent).get_data(as_text=True)
    kept = re.findall(r'<input type="hidden" name="(key|what|who|new_password)" value="([^"]*)">', page)
    assert kept == [("key", "k-1"), ("what", "garden &lt;b&gt;"), ("who", "3"), ("who", "4")]
    assert 'value="old"' not in page
    assert "Try again with the same answers" in page


def test_a_page_that_could_not_be_read_offers_no_form_to_send_again(client: FlaskClient) -> None:
    assert "Try again" not in words(client.get("/busy"))


@pytest.mark.parametrize("fault", ["broken", "unsaved"])
def test_a_fault_shows_a_reference_and_nothing_of_the_inside(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    shown = words(client.post(f"/{fault}", data={"what": "private words"}))
    reference = re.search(r"[a-z]+-\d\d", shown.split("about you:")[1])
    assert "secret" not in shown
    assert reference
    assert reference[0] in caplog.text
    assert "private words" not in caplog.text


def test_a_refusal_is_not_logged_as_a_fault(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/closed")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_program_gets_the_same_words_as_data(client: FlaskClient) -> None:
    body = json.loads(client.post("/api/closed").data)
    assert body == {"error": "period-closed", "message": "April is closed.", "reference": None}
    assert json.loads(client.post("/api/broken").data)["error"] == "500"


def test_what_the_web_wants_to_know_stays_in_the_headers(client: FlaskClient) -> None:
    assert client.post("/often").headers["Retry-After"] == "60"
    assert client.get("/wrong-method").headers["Allow"] == "POST"


def test_a_fault_page_speaks_the_language_of_the_visitor(client: FlaskClient) -> None:
    page = client.get("/gone?lang=en-XA").get_data(as_text=True)
    assert 'lang="en-XA"' in page
    assert "This page is not here" not in page


def test_every_refusal_of_the_books_is_answered_in_plain_words(client: FlaskClient) -> None:
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, LedgerError) and error not in (FieldWrong, FieldsWrong):
            FAULTS["any"] = error("A reason.")
            assert client.post("/any").status_code in {403, 409, 422, 503}, error


def test_reference_words_are_easy_to_say() -> None:
    from web.errors import _REFERENCE_WORDS

    assert len(set(_REFERENCE_WORDS)) == len(_REFERENCE_WORDS) > 50
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in _REFERENCE_WORDS)
