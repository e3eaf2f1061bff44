"""Logging hours: in three taps or by the longer form, at once or with the other side's yes, once and no more."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from ledger.database.unit_of_work import read_books
from ledger.journal import balances, queries
from ledger.models.sqlite_authorizer import without_authorizer
from tests.neighbours import HIDDEN, Browser, Neighbours
from tests.web.pages.conftest import HOME, HOURS, OTHER, Log, words


def minutes_of(neighbours: Neighbours, name: str) -> int:
    with read_books(neighbours.engine, "willow") as books:
        return balances.member_minutes(books, neighbours.people[name])


def entries(neighbours: Neighbours) -> int:
    with read_books(neighbours.engine, "willow") as books:
        return len(queries.entries(books).entries)


def test_a_new_member_sees_the_way_to_begin(bea: Browser) -> None:
    page = bea.open(HOME)
    assert "Welcome, Bea" in words(page)
    assert page.text.count('class="button"') == 1
    assert bea.open(HOURS).request.path == OTHER


def test_the_side_that_received_is_believed_at_once(neighbours: Neighbours, log: Log) -> None:
    receipt = log("Bea", "received", "Ana", what="Weeding the beans")
    assert "It is in the book." in words(receipt)
    assert "Weeding the beans" in words(receipt)
    assert (minutes_of(neighbours, "Ana"), minutes_of(neighbours, "Bea")) == (90, -90)


def test_what_the_giver_logs_waits_and_says_for_whom(neighbours: Neighbours, log: Log) -> None:
    receipt = log("Bea", "gave", "Ana")
    assert "It waits for a yes." in words(receipt)
    assert "Ana" in words(receipt)
    assert entries(neighbours) == 0


def test_the_same_again_is_three_taps_from_home(neighbours: Neighbours, bea: Browser, log: Log) -> None:
    log("Bea", "received", "Ana", what="Garden")
    home = bea.open(HOME)
    assert "Ana helped me" in words(home)
    again = bea.open(f"{HOURS}?what={_last(neighbours)}")
    assert f'value="{_last(neighbours)}" checked' in again.text
    receipt = bea.send(HOURS, what=str(_last(neighbours)), duration="90", day="today")
    assert "It is in the book." in words(receipt)
    assert minutes_of(neighbours, "Ana") == 180


def _last(neighbours: Neighbours) -> int:
    with read_books(neighbours.engine, "willow") as books:
        return queries.entries(books).entries[0].entry_id


def test_something_else_keeps_what_was_answered(bea: Browser, log: Log) -> None:
    log("Bea", "received", "Ana")
    page = bea.fill_in(HOURS, what="else", duration_own="1:45", day="yesterday")
    assert page.request.path == OTHER
    assert 'value="1:45"' in page.text


def test_wrong_answers_come_back_as_written_with_a_way_to_each(bea: Browser, log: Log) -> None:
    log("Bea", "received", "Ana")
    page = bea.fill_in(HOURS, duration_own="soon", day_own="31 Maybe")
    assert page.status_code == 422
    assert "<title>Error: Log hours" in page.text
    for line in ('href="#f-what"', 'href="#f-duration"', 'href="#f-day"', 'value="soon"', 'value="31 Maybe"'):
        assert line in page.text
    assert bea.fill_in(HOURS, what="999", duration="90", day="today").status_code in (404, 422)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"duration": "", "duration_own": "1.51"}, "duration"),
        ({"day": "", "day_own": "2999-01-01"}, "day"),
        ({"duration": "", "duration_own": "30 h"}, "duration"),
    ],
)
def test_every_field_of_the_longer_form_says_what_is_wrong(
    neighbours: Neighbours, log: Log, answers: dict[str, str], field: str
) -> None:
    page = log("Bea", "received", "Ana", **answers)
    assert page.status_code == 422
    assert f'href="#f-{field}"' in page.text
    assert entries(neighbours) == 0


def test_who_helped_whom_cannot_be_left_open(log: Log) -> None:
    page = log("Bea", "", "")
    assert 'href="#f-side"' in page.text
    assert 'href="#f-who"' in page.text


def test_what_is_too_long_ago_is_for_the_treasurer(neighbours: Neighbours, log: Log) -> None:
    long_ago = neighbours.today() - dt.timedelta(days=100)
    page = log("Bea", "received", "Ana", day="", day_own=long_ago.isoformat())
    assert "Only the treasurer can still enter it." in words(page)
    assert 'href="#f-day"' in page.text


def test_nobody_helps_themselves(neighbours: Neighbours, log: Log) -> None:
    page = log("Bea", "received", "Bea")
    assert page.status_code == 422
    assert 'href="#f-who"' in page.text


def test_an_organiser_writes_for_a_member_and_it_is_kept(neighbours: Neighbours, log: Log) -> None:
    receipt = log("Ana", "received", "Cai", person=str(neighbours.people["Bea"]))
    assert "On behalf of Bea" in words(receipt)
    assert minutes_of(neighbours, "Cai") == 90


def test_a_member_cannot_write_for_another(neighbours: Neighbours, log: Log) -> None:
    assert "For whom do you write" not in neighbours.signed_in("Bea").open(OTHER).text
    assert log("Bea", "received", "Ana", person=str(neighbours.people["Cai"])).status_code == 422


def test_the_same_form_twice_is_one_entry_and_one_receipt(neighbours: Neighbours, bea: Browser) -> None:
    form = bea.open(OTHER)
    sent = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "30", "day": "today"}
    first = bea.post(OTHER, **sent)
    bea.page = form
    second = bea.post(OTHER, **sent)
    assert (first.status_code, first.location) == (303, second.location)
    assert entries(neighbours) == 1


def test_other_content_under_the_same_key_is_refused_clearly(neighbours: Neighbours, bea: Browser) -> None:
    form = bea.open(OTHER)
    sent = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "30", "day": "today"}
    bea.post(OTHER, **sent)
    bea.page = form
    page = bea.post(OTHER, **(sent | {"duration": "60"}))
    assert page.status_code == 409
    assert "sent before with other content" in words(page)
    assert entries(neighbours) == 1


def test_thirty_two_at_once_are_one(neighbours: Neighbours, bea: Browser) -> None:
    hidden = _hidden(bea)
    sent = hidden | {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "30", "day": "today"}

    def once(_: int) -> str:
        answer = _again(bea.client).post(OTHER, data=sent)
        assert answer.status_code == 303
        return answer.location

    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(once, range(32)))) == 1
    assert entries(neighbours) == 1


def _hidden(browser: Browser) -> dict[str, str]:
    return dict(HIDDEN.findall(browser.open(OTHER).text))


def _again(client: FlaskClient) -> FlaskClient:
    """The same person's browser once more, with the same cookies."""
    other = client.application.test_client()
    with client.session_transaction() as mine, other.session_transaction() as its:
        its.update(mine)
    return other


def test_a_commit_that_fails_keeps_the_form_and_its_key(neighbours: Neighbours, bea: Browser) -> None:
    key = _hidden(bea)["key"]
    with neighbours.engine.begin() as connection, without_authorizer(connection):
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON seal BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    sent = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "30", "day": "today"}
    page = bea.post(OTHER, what="Beans", **sent)
    assert page.status_code == 503
    assert key in page.text
    assert "Beans" in page.text
    assert entries(neighbours) == 0


def test_a_key_that_is_none_is_not_taken(neighbours: Neighbours, bea: Browser) -> None:
    bea.open(OTHER)
    sent = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "30", "day": "today"}
    assert bea.post(OTHER, key="", **sent).status_code == 400


def test_work_for_the_community_is_confirmed_by_another(neighbours: Neighbours, bea: Browser, garden: str) -> None:
    work = "/c/willow/hours/work"
    refused = bea.fill_in(work, duration="60", day="today")
    assert 'href="#f-programme"' in refused.text
    receipt = bea.fill_in(work, programme=garden, duration="60", day="today", what="Paths", headcount="4")
    assert "One of them says yes or no" in words(receipt)
    ana = neighbours.signed_in("Ana")
    assert "Bea worked for the community for 1 hour: Garden" in words(ana.open("/c/willow/waiting"))
    ana.open("/c/willow/waiting/1")
    assert "Confirmed. It is in the book." in words(ana.send("/c/willow/waiting/1/confirm"))
    assert minutes_of(neighbours, "Bea") == 60
    home = words(bea.open(HOME))
    assert "You worked for the community" in home
    assert "I worked for the community" in home
    assert "It waits" in words(bea.fill_in(HOURS, what=str(_last(neighbours)), duration="30", day="today"))


def test_no_page_of_members_speaks_the_bookkeepers_language(bea: Browser, log: Log, garden: str) -> None:
    log("Bea", "received", "Ana", programme=garden)
    for path in ("", "hours", "hours/other", "hours/work", "hours/session", "hours/gift", "swap", "swap/work"):
        said = words(bea.open(HOME + path)).casefold()
        assert not {"debit", "credit", "debt", "owe", "send", "spend", "minus"} & set(said.replace(".", "").split())
