"""Writing down any kind of entry: its form is made from its fields, its lines are shown, it is posted once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import read_books
from ledger.journal import balances, queries
from ledger.kinds import all_kinds, get_kind
from ledger.kinds.base import MEMBER
from ledger.registers import members
from ledger.workflow import record
from tests.web.filled_forms import Written, form_of
from tests.willow import SignIn, key_on, token_on

RECORD = "/c/willow/record"
MINE = [slug for slug, kind in all_kinds().items() if "treasurer" in kind.recorders]
ANY_DAY = [slug for slug in MINE if slug != "year-close"]
"""Kinds whose example may be dated today; a year is closed on its last day."""
COST = form_of("cost")


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


def form(client: FlaskClient, kind: str) -> str:
    answer = client.get(f"{RECORD}/{kind}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def send(client: FlaskClient, kind: str, sent: Written, key: str = "", do: str = "save") -> TestResponse:
    html = form(client, kind)
    hidden = {"csrf_token": token_on(html), "key": key or key_on(html), "do": do}
    return client.post(f"{RECORD}/{kind}", data={**hidden, **sent})


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", MINE)
def test_an_empty_form_comes_back_with_what_is_missing(eli: FlaskClient, kind: str) -> None:
    answer = send(eli, kind, {"note": "Something to keep"}, do="")
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert "Something to keep" in text(answer)


@pytest.mark.parametrize("kind", ANY_DAY)
def test_a_filled_form_is_written_down_and_its_receipt_opens_again(eli: FlaskClient, willow: Engine, kind: str) -> None:
    shown = send(eli, kind, form_of(kind), do="")
    if MEMBER not in get_kind(kind).recorders:
        assert shown.status_code == 200, text(shown)
        assert "This is what will be written" in text(shown)
        shown = send(eli, kind, form_of(kind))
    assert shown.status_code == 303, text(shown)
    first, second = (text(eli.get(shown.location)) for _ in range(2))
    assert "receipt" in first
    assert "Written down by" in second
    with read_books(willow, "willow") as unit:
        posted = queries.entries(unit, limit=1).entries[0]
        waiting = record.waiting(unit)
    assert posted.entered_by != 1 or waiting


def entries_in(willow: Engine) -> int:
    with read_books(willow, "willow") as unit:
        return unit.head.seq


def test_the_same_form_twice_posts_once_and_shows_the_first_receipt(eli: FlaskClient, willow: Engine) -> None:
    first = send(eli, "cost", COST, "one-key")
    head = entries_in(willow)
    again = send(eli, "cost", COST, "one-key")
    assert (again.status_code, again.location) == (303, first.location)
    other = send(eli, "cost", {**COST, "amount": "7.00"}, "one-key")
    assert other.status_code == 409
    assert "other content" in text(other)
    assert 'value="7.00"' in text(other)
    assert entries_in(willow) == head


def test_a_wrong_answer_stands_at_its_field_as_it_was_written(eli: FlaskClient) -> None:
    answer = send(eli, "cost", {**COST, "amount": "6,5", "quantity": "12", "quantity-method": "weighed"})
    html = text(answer)
    assert answer.status_code == 422
    for words in (
        'href="#f-amount"',
        'value="6,5"',
        "could mean two things",
        "Say what it is counted in",
        '<details class="fold" open>',
    ):
        assert words in html
    assert '<option value="weighed" selected>' in html


def test_a_wrong_line_says_which_field_of_it(eli: FlaskClient) -> None:
    sent: Written = {
        "day": "today",
        "what": "Mended",
        "lines-0-account": "1000",
        "lines-0-fund": "GEN",
        "lines-2-debit": "much",
    }
    html = text(send(eli, "journal", sent))
    for name in ("lines-0-debit", "lines-2-debit", "lines-2-account", "lines-2-fund"):
        assert f'href="#f-{name}"' in html
        assert f'id="f-{name}"' in html


def test_lines_that_do_not_balance_are_refused_at_the_lines(eli: FlaskClient) -> None:
    lines = form_of("journal") | {"lines-0-debit": "13.00"}
    answer = send(eli, "journal", lines, do="")
    assert answer.status_code == 422
    assert 'href="#f-lines"' in text(answer)


def test_more_lines_are_added_without_losing_any(eli: FlaskClient) -> None:
    html = text(send(eli, "journal", form_of("journal"), do="lines"))
    assert 'id="f-lines-7-account"' in html
    assert 'value="12.00"' in html
    assert "There is a problem" not in html


def test_change_goes_back_to_the_form_as_it_was(eli: FlaskClient) -> None:
    html = text(send(eli, "cost", COST, do="change"))
    assert 'value="6.50"' in html
    assert '<option value="COP" selected>' in html


def test_a_journal_counts_what_each_account_is_kept_in(eli: FlaskClient, willow: Engine) -> None:
    sent: Written = {
        "day": "today",
        "what": "Hours put right",
        "lines-0-account": "T2000",
        "lines-0-fund": "TB",
        "lines-0-owner": "Ana",
        "lines-0-debit": "1:30",
        "lines-1-account": "T3000",
        "lines-1-fund": "TB",
        "lines-1-credit": "90",
    }
    with read_books(willow, "willow") as unit:
        before = balances.balance_of(unit, AccountKey("T3000", "min", "TB"))
    assert send(eli, "journal", sent).status_code == 303
    with read_books(willow, "willow") as unit:
        assert balances.balance_of(unit, AccountKey("T3000", "min", "TB")) == before - 90


def test_a_quantity_is_kept_with_its_line(eli: FlaskClient, willow: Engine) -> None:
    measured: Written = {"quantity": "640", "quantity-unit": "kWh", "quantity-method": "metered", "account": "6100"}
    sent = {**COST, **measured, "more-0-account": "6110", "more-0-amount": "2.00"}
    assert "640 kWh" in text(send(eli, "cost", sent, do=""))
    send(eli, "cost", sent)
    with read_books(willow, "willow") as unit:
        lines = queries.entries(unit, limit=1).entries[0].lines
    assert [line.amount for line in lines] == [650, 200, -850]
    assert lines[0].quantity is not None


def test_the_fund_and_the_cash_box_of_last_time_are_suggested(eli: FlaskClient) -> None:
    send(eli, "cost", COST)
    html = form(eli, "cost")
    assert '<option value="COP" selected>' in html
    assert '<option value="1020" selected>' in html
    assert '<option value="5000" selected>' not in html


def test_a_private_kind_names_nobody_on_its_receipt(eli: FlaskClient) -> None:
    answer = send(eli, "emergency-grant", form_of("emergency-grant") | {"receiver": "Gus", "note": "For the stove"})
    html = text(eli.get(answer.location))
    assert "It is written down and waits." in html
    assert "80.00 EUR" in html
    assert "Gus" not in html.split("<main", 1)[1].split("</main>", 1)[0].replace("one of: Dee and Gus", "")
    assert "stove" not in html


def test_treasurers_write_down_for_others_whose_word_it_is(eli: FlaskClient, willow: Engine) -> None:
    with read_books(willow, "willow") as unit:
        bea = members.find_by_user(unit, "bea")
    send(eli, "hours", form_of("hours") | {"for_whom": str(bea)})
    with read_books(willow, "willow") as unit:
        entry = queries.entries(unit, limit=1).entries[0]
    assert (entry.kind, entry.on_behalf_of) == ("hours", bea)


def test_the_menu_holds_what_ones_offices_record(sign_in: SignIn) -> None:
    treasurers, everybodys = (text(sign_in(user).get(RECORD)) for user in ("eli", "bea"))
    assert "Cost paid" in treasurers
    assert "Opening balances" in treasurers
    assert "Hours of help" in everybodys
    assert "Cost paid" not in everybodys


@pytest.mark.parametrize(
    ("user", "kind", "status"),
    [("bea", "cost", 403), ("ana", "cost", 403), ("ana", "opening-balance", 200), ("eli", "poem", 404)],
)
def test_a_form_opens_for_those_whose_office_it_is(sign_in: SignIn, user: str, kind: str, status: int) -> None:
    assert sign_in(user).get(f"{RECORD}/{kind}").status_code == status


def test_a_receipt_is_for_those_who_may_see_the_entry(sign_in: SignIn, eli: FlaskClient) -> None:
    answer = send(eli, "emergency-grant", form_of("emergency-grant"))
    assert sign_in("bea").get(answer.location).status_code == 404
    assert sign_in("bea").get(f"{RECORD}/receipt/99999").status_code == 404
    assert sign_in("bea").get(f"{RECORD}/waiting/99999").status_code == 404
