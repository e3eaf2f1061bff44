"""Months on screen: closed by the treasurer after a second look, opened again by two people."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.checks import verify
from ledger.closing import period_states
from ledger.closing.year_end import last_financial_year
from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.posting import post
from tests.willow import SignIn, key_on, token_on

MONTHS = "/c/willow/months"
JANUARY = Month(2026, 1)


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


@pytest.fixture
def dee(sign_in: SignIn) -> FlaskClient:
    return sign_in("dee")


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.get_data(as_text=True)
    return re.sub(r"\s+", " ", html.split("<main", 1)[-1].split("</main>", 1)[0])


def send(client: FlaskClient, path: str, to: str = "", key: str = "", **sent: str) -> TestResponse:
    """Open a page and send its form."""
    html = client.get(path).get_data(as_text=True)
    data = {"csrf_token": token_on(html), "key": key or key_on(html), **sent}
    return client.post(to or path, data=data)


def is_closed(willow: Engine, month: Month = JANUARY) -> bool:
    with read_books(willow, "willow") as books:
        return period_states.month_state(books, month).is_closed


def request_of(html: str) -> str:
    found = re.search(r'href="(/c/willow/reopenings/\d+)"', html)
    assert found, html
    return found[1]


def test_the_treasurer_looks_and_closes_a_month(eli: FlaskClient, willow: Engine) -> None:
    assert "over and open" in page(eli, MONTHS)
    look = page(eli, f"{MONTHS}/2026-01")
    assert "Nothing stands in the way." in look
    assert "Every sum and every seal holds." in look
    answer = send(eli, f"{MONTHS}/2026-01", key="once")
    assert answer.status_code == 303
    assert "Closed. Its days take no more entries." in page(eli, answer.location)
    assert "Closed on" in page(eli, MONTHS)
    assert is_closed(willow)
    assert "This month is closed already." in page(eli, f"{MONTHS}/2026-01")
    again = eli.post(f"{MONTHS}/2026-01", data={"csrf_token": token_on(eli.get(MONTHS).text), "key": "once"})
    assert again.status_code == 303


def test_a_month_out_of_turn_is_not_closed_and_says_which_comes_first(eli: FlaskClient, willow: Engine) -> None:
    look = page(eli, f"{MONTHS}/2026-02")
    assert "Still open: January 2026" in look
    assert "<button" not in look
    answer = eli.post(f"{MONTHS}/2026-02", data={"csrf_token": token_on(eli.get(MONTHS).text), "key": "k"})
    assert answer.status_code == 422
    assert "Close the earlier months first" in answer.text
    assert not is_closed(willow, Month(2026, 2))


def test_a_month_still_to_come_and_one_that_is_none_are_refused(eli: FlaskClient) -> None:
    assert "This month is not over yet." in page(eli, f"{MONTHS}/2099-01")
    page(eli, f"{MONTHS}/soon", 422)


def test_what_lies_in_clearing_is_told_with_its_days(eli: FlaskClient, willow: Engine) -> None:
    lines = (PostingDraft(AccountKey("1600", "EUR", "GEN"), 350), PostingDraft(AccountKey("1000", "EUR", "GEN"), -350))
    draft = EntryDraft(kind="journal", family=OTHER, effective_on=JANUARY.first, postings=lines, narration="?")
    with write_books(willow, "willow") as books:
        post(books, draft, Actors(1), Key(FORM, "suspense"))
    look = page(eli, f"{MONTHS}/2026-01")
    assert "Not at nought since" in look
    assert "30 days" in look
    assert "accounts/1600" in look


def test_members_read_how_months_stand_and_touch_none(sign_in: SignIn, willow: Engine) -> None:
    bea = sign_in("bea")
    shown = page(bea, MONTHS)
    assert "January 2026" in shown
    assert f"{MONTHS}/2026-01" not in shown
    page(bea, f"{MONTHS}/2026-01", 403)
    data = {"csrf_token": token_on(bea.get(MONTHS).text), "key": "k"}
    assert bea.post(f"{MONTHS}/2026-01", data=data).status_code == 403
    dee = sign_in("dee")
    assert "<button" not in page(dee, f"{MONTHS}/2026-01")
    assert not is_closed(willow)


@pytest.fixture
def asked(eli: FlaskClient, willow: Engine) -> str:
    """January closed, and asked to be opened again; give the request's page."""
    assert send(eli, f"{MONTHS}/2026-01").status_code == 303
    assert send(eli, f"{MONTHS}/2026-02").status_code == 303
    form = page(eli, f"{MONTHS}/2026-01/again")
    assert "January 2026 and February 2026" in form
    answer = send(eli, f"{MONTHS}/2026-01/again", reason="")
    assert answer.status_code == 422
    assert "Say why the month is opened again." in answer.text
    answer = send(eli, f"{MONTHS}/2026-01/again", reason="A bill of 90 came late")
    assert answer.status_code == 303
    return request_of(page(eli, answer.location))


def test_another_office_agrees_and_the_month_opens(
    asked: str, eli: FlaskClient, dee: FlaskClient, willow: Engine
) -> None:
    assert "Yes, open it again" not in page(eli, asked)
    assert "Asked to be opened again: January 2026" in page(dee, "/c/willow/desk")
    shown = page(dee, asked)
    assert "A bill of 90 came late" in shown
    answer = send(dee, asked, f"{asked}/agree")
    assert answer.status_code == 303
    assert "Open again" in page(dee, answer.location)
    assert not is_closed(willow)
    assert "This is settled." in page(dee, asked)
    assert "Asked to be opened" not in page(dee, "/c/willow/desk")
    with read_books(willow, "willow") as books:
        assert verify(books).ok


def test_who_asked_does_not_answer_and_may_take_it_back(asked: str, eli: FlaskClient, willow: Engine) -> None:
    assert send(eli, asked, f"{asked}/agree").status_code == 422
    assert send(eli, asked, f"{asked}/take-back").status_code == 303
    assert is_closed(willow)


def test_the_second_person_may_say_no(asked: str, dee: FlaskClient, willow: Engine) -> None:
    assert "It stays closed." in page(dee, send(dee, asked, f"{asked}/turn-down").location)
    assert is_closed(willow)


def test_members_without_office_do_not_read_why(asked: str, sign_in: SignIn) -> None:
    bea = sign_in("bea")
    page(bea, asked, 404)
    assert asked not in page(bea, MONTHS)
    page(bea, "/c/willow/reopenings/999", 404)
    token = token_on(bea.get(MONTHS).text)
    assert bea.post(f"{asked}/agree", data={"csrf_token": token, "key": "k"}).status_code == 404


def test_an_open_month_needs_no_opening(eli: FlaskClient) -> None:
    assert eli.get(f"{MONTHS}/2026-03/again").location.endswith("/months/2026-03")


def test_one_fund_is_closed_by_its_own_form(eli: FlaskClient, willow: Engine) -> None:
    lines = (PostingDraft(AccountKey("1000", "EUR", "GEN"), 900), PostingDraft(AccountKey("4000", "EUR", "GEN"), -900))
    with write_books(willow, "willow") as books:
        day = last_financial_year(books).last
        draft = EntryDraft(kind="journal", family=OTHER, effective_on=day, postings=lines, narration="Late gift")
        post(books, draft, Actors(1), Key(FORM, "late"))
    answer = send(eli, "/c/willow/record/year-close", fund="GEN", day=day.isoformat(), do="save")
    assert answer.status_code == 303, answer.text
    assert "Year-end close, fund GEN" in page(eli, answer.location)


def test_a_year_is_proposed_by_the_treasurer_and_closed_with_a_second_person(
    eli: FlaskClient, dee: FlaskClient, willow: Engine
) -> None:
    lines = (PostingDraft(AccountKey("1000", "EUR", "GEN"), 900), PostingDraft(AccountKey("4000", "EUR", "GEN"), -900))
    with write_books(willow, "willow") as books:
        day = last_financial_year(books).last
        draft = EntryDraft(kind="journal", family=OTHER, effective_on=day, postings=lines, narration="Late gift")
        post(books, draft, Actors(1), Key(FORM, "late"))
    end = "/c/willow/year-end"
    assert end in page(eli, MONTHS)
    assert "Year-end close: General" in page(eli, end)
    assert "Yes, close the year" not in page(eli, end)
    assert "Propose" not in page(dee, end)
    assert "Proposed." in page(eli, send(eli, end, f"{end}/propose").location)
    assert "It waits for a second person." in page(eli, end)
    refused = eli.post(f"{end}/agree", data={"csrf_token": token_on(eli.get(end).text), "key": "own"})
    assert refused.status_code == 422
    assert "The year’s close waits for your yes" in page(dee, "/c/willow/desk")
    answer = send(dee, end, f"{end}/agree")
    assert answer.status_code == 303
    assert "Nothing is left to close" in page(dee, answer.location)
    assert end not in page(eli, MONTHS)
    with read_books(willow, "willow") as books:
        assert verify(books).ok
