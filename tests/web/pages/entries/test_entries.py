"""Entries and accounts on screen."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import queries
from ledger.journal.account_history import history
from ledger.journal.idempotency import Actors, Key
from ledger.journal.posting import post_many
from ledger.journal.queries import EntryFilter
from ledger.models.sqlite_authorizer import without_authorizer
from ledger.registers import members
from tests.willow import SignIn, key_on, token_on

HOME = "/c/willow"


def number_of(engine: Engine, kind: str, **more: str) -> int:
    with read_books(engine, "willow") as unit:
        return queries.entries(unit, EntryFilter(kind=kind, **more)).entries[0].entry_id  # type: ignore[arg-type]


def test_the_treasurer_lists_entries_newest_first_and_pages_back(sign_in: SignIn) -> None:
    client = sign_in("eli")
    first = client.get(f"{HOME}/entries").get_data(as_text=True)
    assert "Year-end close" in first
    assert "Earlier entries" in first


@pytest.mark.parametrize(
    ("asked", "seen", "unseen"),
    [
        ("kind=hours", "Bea helps Eli", "Electricity"),
        ("chart=6100&fund=COP", "Electricity 640 kWh", "Bea helps Eli"),
        ("first=2026-03-31&last=2026-03-31", "Electricity 640 kWh", "Farm inputs"),
        ("programme=PEER&fund=GEN", "petty cash", "Farm inputs"),
    ],
)
def test_entries_are_narrowed_by_what_is_asked(sign_in: SignIn, asked: str, seen: str, unseen: str) -> None:
    html = sign_in("eli").get(f"{HOME}/entries?{asked}").get_data(as_text=True)
    assert seen in html
    assert unseen not in html


def test_a_day_that_is_not_understood_comes_back_with_what_to_write(sign_in: SignIn) -> None:
    answer = sign_in("eli").get(f"{HOME}/entries?first=someday")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is a problem" in html
    assert 'value="someday"' in html


def test_an_entry_shows_its_lines_its_link_and_who_did_what(sign_in: SignIn, willow: Engine) -> None:
    number = number_of(willow, "hours", programme="GARDEN")
    html = sign_in("dee").get(f"{HOME}/entries/{number}").get_data(as_text=True)
    for words in (f"Entry {number}", "T2000 Member time", "Recorded at", "imported from a journal", "every later seal"):
        assert words in html
    assert "Reverse with a reason" not in html


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("hours", "Nothing more to do. Both sides see it on their statements."),
        ("cost", "Nothing more to do.</p>"),
        ("cost", "Back to the first page"),
    ],
)
def test_members_are_shown_an_entry_in_their_own_words(sign_in: SignIn, willow: Engine, kind: str, says: str) -> None:
    bea = sign_in("bea")
    with read_books(willow, "willow") as books:
        mine = members.find_by_name(books, "Bea")
        found = queries.entries(books, EntryFilter(kind=kind), limit=200).entries
    entry = next(one for one in found if mine is not None and one.is_open_to(mine))
    answer = bea.get(f"{HOME}/entries/{entry.entry_id}", follow_redirects=True)
    assert answer.request.path == f"{HOME}/receipts/entries/{entry.entry_id}"
    assert says in answer.text
    assert not {word for word in ("Debit", "Credit", "T2000") if word in answer.text}


def test_a_private_entry_is_closed_to_other_members(sign_in: SignIn, willow: Engine) -> None:
    number = number_of(willow, "emergency-grant")
    assert sign_in("bea").get(f"{HOME}/entries/{number}").status_code == 404
    assert sign_in("eli").get(f"{HOME}/entries/{number}").status_code == 200


def test_an_entry_that_is_not_there_is_not_found(sign_in: SignIn) -> None:
    assert sign_in("eli").get(f"{HOME}/entries/99999").status_code == 404


def test_the_treasurer_takes_an_entry_back_once_however_often_it_is_sent(sign_in: SignIn, willow: Engine) -> None:
    number, client = number_of(willow, "hours"), sign_in("eli")
    page = client.get(f"{HOME}/entries/{number}/reverse").get_data(as_text=True)
    sent = {"csrf_token": token_on(page), "key": key_on(page), "reason": "typed twice"}
    answers = [client.post(f"{HOME}/entries/{number}/reverse", data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert "typed twice" in client.get(answers[0].location).get_data(as_text=True)


def test_taking_back_wants_a_reason_and_keeps_the_form(sign_in: SignIn, willow: Engine) -> None:
    number, client = number_of(willow, "hours"), sign_in("eli")
    page = client.get(f"{HOME}/entries/{number}/reverse").get_data(as_text=True)
    sent = {"csrf_token": token_on(page), "key": key_on(page), "reason": " "}
    answer = client.post(f"{HOME}/entries/{number}/reverse", data=sent)
    assert answer.status_code == 422
    assert "Say why the entry is taken back" in answer.get_data(as_text=True)
    assert key_on(answer.get_data(as_text=True)) == sent["key"]


def test_only_the_treasurer_takes_back(sign_in: SignIn, willow: Engine) -> None:
    number = number_of(willow, "hours")
    assert sign_in("dee").get(f"{HOME}/entries/{number}/reverse").status_code == 403


def test_the_trial_balance_adds_up_for_each_unit_and_day(sign_in: SignIn) -> None:
    client = sign_in("dee")
    assert "both come to 30,154.60" in client.get(f"{HOME}/accounts").get_data(as_text=True)
    assert "both come to" in client.get(f"{HOME}/accounts?unit=min&at=2026-03-31").get_data(as_text=True)
    unknown = client.get(f"{HOME}/accounts?unit=hours")
    assert unknown.status_code == 422
    assert "Choose one from the list." in unknown.get_data(as_text=True)
    answer = client.get(f"{HOME}/accounts?at=nonsense")
    assert answer.status_code == 422


def test_a_shared_account_shows_its_balance_and_each_owner_what_moved_it(sign_in: SignIn) -> None:
    client = sign_in("eli")
    html = client.get(f"{HOME}/accounts/3010/COP").get_data(as_text=True)
    assert "Credit 1,424.00 EUR" in html
    href = re.search(r'href="(/c/willow/accounts/3010/COP\?owner=\d+)">Ana<', html)
    assert href
    own = client.get(href[1]).get_data(as_text=True)
    assert "3010" in own
    assert "Ana" in own
    assert "What moved it" in own
    assert re.search(r'href="/c/willow/accounts/3010/COP">All who have this account<', own)
    assert "All who have this account" not in html
    assert client.get(f"{HOME}/accounts/3010/COP?owner=999").status_code == 404


def test_who_stands_at_nought_is_found_on_a_shared_account(sign_in: SignIn) -> None:
    html = sign_in("eli").get(f"{HOME}/accounts/T2000/TB").get_data(as_text=True)
    assert re.search(r'owner=\d+">Hana</a></t[dh]>\s*<td[^>]*>0:00<', html)


def test_an_unknown_account_is_no_page_and_a_still_one_says_so(sign_in: SignIn) -> None:
    assert sign_in("eli").get(f"{HOME}/accounts/9999/COP").status_code == 404
    assert "Nothing has moved" in sign_in("eli").get(f"{HOME}/accounts/1100/GEN").get_data(as_text=True)


def test_an_accounts_pages_lead_from_move_to_move_and_back(sign_in: SignIn, willow: Engine) -> None:
    with write_books(willow, "willow") as unit:
        post_many(unit, [(_carried(cents), Actors(1), Key("form", f"carried {cents}")) for cents in range(1, 50)])
    client, at = sign_in("eli"), f"{HOME}/accounts/1000/GEN"
    first = _page(client, at)
    second = _page(client, _link(first, "next"))
    with read_books(willow, "willow") as unit:
        whole = [
            f"{move.balance / 100:,.2f}" for move in history(unit, AccountKey("1000", "EUR", "GEN"), limit=99).moves
        ]
    assert _balances(first) + _balances(second) == whole
    assert len(_balances(first)) == 50
    assert _link(first, "prev") == _link(second, "next") == ""
    assert _balances(_page(client, _link(second, "prev"))) == whole[:50]
    assert _balances(_page(client, f"{at}?before=nonsense")) == whole[:50]


def _carried(cents: int) -> EntryDraft:
    lines = (
        PostingDraft(AccountKey("1020", "EUR", "GEN"), cents),
        PostingDraft(AccountKey("1000", "EUR", "GEN"), -cents),
    )
    day = dt.date(2026, 5, 1 + cents % 28)
    return EntryDraft(kind="journal", family=OTHER, effective_on=day, postings=lines, narration="Carried to the tin")


def _page(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def _link(html: str, rel: str) -> str:
    found = re.search(rf'<a href="([^"]+)" rel="{rel}">', html)
    return unescape(found[1]) if found else ""


def _balances(html: str) -> list[str]:
    return re.findall(r'data-label="Balance" class="num">([^<]+)', html)


def test_an_account_at_the_end_of_a_day_stops_there(sign_in: SignIn) -> None:
    client = sign_in("eli")
    assert 'accounts/1000/GEN?at=2026-03-31"' in _page(client, f"{HOME}/accounts?at=2026-03-31")
    page = _page(client, f"{HOME}/accounts/1000/GEN?at=2026-03-31")
    assert "At the end of Tue 31 Mar 2026." in page
    assert "April 2026" not in page
    assert f"Debit {_balances(page)[0]} EUR." in page
    assert _balances(_page(client, f"{HOME}/accounts/1000/GEN?at=nonsense"))[0] != _balances(page)[0]


def test_a_commit_that_fails_shows_no_success_and_keeps_the_form(sign_in: SignIn, willow: Engine) -> None:
    number, client = number_of(willow, "hours"), sign_in("eli")
    page = client.get(f"{HOME}/entries/{number}/reverse").get_data(as_text=True)
    with willow.begin() as connection, without_authorizer(connection):
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON seal BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    sent = {"csrf_token": token_on(page), "key": key_on(page), "reason": "typed twice"}
    answer = client.post(f"{HOME}/entries/{number}/reverse", data=sent)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "typed twice" in html
    assert sent["key"] in html
    with read_books(willow, "willow") as unit:
        assert queries.entry(unit, number).reversed_by is None


def test_thirty_two_sendings_at_once_take_back_once(sign_in: SignIn, willow: Engine) -> None:
    number, client = number_of(willow, "hours"), sign_in("eli")
    page = client.get(f"{HOME}/entries/{number}/reverse").get_data(as_text=True)
    sent = {"csrf_token": token_on(page), "key": key_on(page), "reason": "typed twice"}

    def once(_: int) -> str:
        answer = sign_in_again(client).post(f"{HOME}/entries/{number}/reverse", data=sent)
        assert answer.status_code == 303
        return answer.location

    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(once, range(32)))) == 1


def sign_in_again(client: FlaskClient) -> FlaskClient:
    """The same person's browser once more, with the same cookies."""
    other = client.application.test_client()
    for cookie in (client._cookies or {}).values():
        other.set_cookie(cookie.key, cookie.value)
    return other
