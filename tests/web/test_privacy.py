"""What a member must not learn: who was helped, how much, when; and who helped whom."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import queries
from ledger.journal.posting import Actors, Key, post
from ledger.journal.queries import EntryFilter
from ledger.registers import communities, members, roles
from tests.willow import SignIn

API = "/api/v1/communities/willow"


def listed(client: FlaskClient, query: str = "") -> Iterator[dict[str, Any]]:
    """Every entry that the API lists, page by page."""
    before = ""
    while True:
        answer = client.get(f"{API}/entries?limit=200{query}{before}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        page = answer.get_json()
        yield from page["entries"]
        if page["next"] is None:
            return
        before = f"&before={page['next']}"


def number_of(engine: Engine, user: str) -> int:
    with read_books(engine, "willow") as books:
        return next(number for number, one in members.get_all(books).items() if one.user == user)


def names_in(engine: Engine) -> set[str]:
    with read_books(engine, "willow") as books:
        return {one.name for one in members.get_all(books).values()}


def private_ones(engine: Engine) -> list[queries.Entry]:
    with read_books(engine, "willow") as books:
        return [one for one in queries.entries(books, EntryFilter(), limit=500).entries if one.is_guarded]


@pytest.mark.parametrize(
    "query", ["", "&chart=6320", "&fund=EMF", "&kind=emergency-grant", "&document=loan-01", "&kind=solidarity-rate"]
)
def test_a_member_lists_no_private_entry_that_is_not_theirs(sign_in: SignIn, willow: Engine, query: str) -> None:
    hidden = {one.entry_id for one in private_ones(willow)}
    me = number_of(willow, "bea")
    hidden -= {one.entry_id for one in private_ones(willow) if me in {line.leaf.owner for line in one.lines}}
    assert hidden
    assert hidden.isdisjoint(one["number"] for one in listed(sign_in("bea"), query))
    assert hidden <= {one["number"] for one in listed(sign_in("eli"))}


def test_a_member_is_not_told_who_helped_whom(sign_in: SignIn, willow: Engine) -> None:
    client = sign_in("bea")
    for one in listed(client):
        owners = {line["owner"] for line in one["postings"]} - {None}
        assert not owners or "Bea" in owners
    with read_books(willow, "willow") as books:
        strange = queries.entries(books, EntryFilter(kind="hours", owner=number_of(willow, "gus")), limit=200).entries
    me = number_of(willow, "bea")
    number = next(one.entry_id for one in strange if me not in {line.leaf.owner for line in one.lines})
    for address in (f"{API}/entries/{number}", f"/c/willow/entries/{number}", f"/c/willow/receipts/entries/{number}"):
        assert client.get(address).status_code == 404, address
        assert sign_in("dee").get(address).status_code == 200, address


def test_of_a_private_entry_its_owner_sees_their_own_lines_only(sign_in: SignIn, willow: Engine) -> None:
    me = number_of(willow, "gus")
    mine = [one for one in private_ones(willow) if me in {line.leaf.owner for line in one.lines}]
    assert mine
    client = sign_in("gus")
    for one in mine:
        postings = client.get(f"{API}/entries/{one.entry_id}").get_json()["postings"]
        assert {line["owner"] for line in postings} == {"Gus"}
        page = client.get(f"/c/willow/entries/{one.entry_id}")
        assert (page.status_code, page.location) == (303, f"/c/willow/receipts/entries/{one.entry_id}")


@pytest.mark.parametrize("by", ["account", "fund", "programme"])
def test_the_budget_on_screen_waits_for_the_half_year_with_help(sign_in: SignIn, by: str) -> None:
    asked = "/c/willow/budgets?month=2026-04&span=month&by=" + by
    assert "250.00" not in sign_in("bea").get(asked).get_data(as_text=True)


def test_a_member_reads_reports_at_the_head_only(sign_in: SignIn) -> None:
    addresses = (
        f"{API}/reports/budget-review?period=2026-06&at=120",
        "/c/willow/reports/budget-review/2026-06?at=120",
        "/c/willow/reports/budget-review/2026-06.csv?at=120",
    )
    for address in addresses:
        assert sign_in("bea").get(address).status_code == 403, address
        assert sign_in("dee").get(address).status_code == 200, address


@pytest.mark.parametrize("kind", ["budget-review", "sustainability", "trial-balance"])
def test_a_report_holds_no_balance_of_a_named_member(sign_in: SignIn, willow: Engine, kind: str) -> None:
    said = sign_in("bea").get(f"{API}/reports/{kind}?period=2026-12").get_json()
    found = {name for name in names_in(willow) if re.search(rf'"{re.escape(name)}"', json.dumps(said))}
    assert found == set()


def test_who_wrote_down_help_reads_its_receipt_while_in_office_only(sign_in: SignIn, willow: Engine) -> None:
    bea = number_of(willow, "bea")
    lines = (
        PostingDraft(AccountKey("6320", "EUR", "EMF"), 5000),
        PostingDraft(AccountKey("1010", "EUR", "EMF"), -5000),
    )
    draft = EntryDraft(
        kind="emergency-grant",
        family="other",
        effective_on=dt.date(2026, 5, 4),
        postings=lines,
        privacy="private",
        decision="E-01",
    )
    with write_books(willow, "willow") as books:
        number = post(books, draft, Actors(bea), Key("form", "help written down by Bea")).entry_id
    address, client = f"/c/willow/record/receipt/{number}", sign_in("bea")
    assert client.get(address).status_code == 404
    with write_books(willow, "willow") as books:
        today = communities.today(books)
        roles.give(books, "treasurer", bea, today, today + dt.timedelta(30), entered_by=1)
    assert client.get(address).status_code == 200
