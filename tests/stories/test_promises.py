"""The eight promises, each kept before one's eyes; the tests of each room prove them at length."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from ledger.checks import verify
from ledger.core import errors
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors, Posted
from ledger.journal.posting import post
from ledger.kinds import fill
from ledger.models import metadata
from ledger.registers import communities, members
from ledger.rules.people import OwnApproval
from ledger.workflow.record import confirm, record
from tests.communities import small_community
from tests.communities.small_community import BEA, SLUG, hours_draft, new_key, post_draft, sale_draft, time_account
from tests.ledger.checks.tampering import guards_dropped
from tests.willow import SignIn

NEVER_ASKED = ("health", "diagnos", "illness", "medic", "treatment", "disab")


@pytest.fixture
def books(engine: Engine) -> Engine:
    small_community.create(engine)
    return engine


def unbalanced(*lines: PostingDraft) -> EntryDraft:
    """A draft that slipped past every check of the program, to meet the database alone."""
    draft = hours_draft()
    object.__setattr__(draft, "postings", lines)
    return draft


def test_promise_balanced_is_kept(books: Engine) -> None:
    for lines in (
        (PostingDraft(time_account(BEA), 90), PostingDraft(time_account(small_community.ANA), -60)),
        (PostingDraft(time_account(BEA), 90), PostingDraft(small_community.BANK, -90)),
    ):
        with pytest.raises(errors.EntryUnbalanced):
            post_draft(books, unbalanced(*lines))


@pytest.mark.parametrize("table", ["journal_entry", "posting", "seal", "act"])
def test_promise_append_only_is_kept(books: Engine, table: str) -> None:
    post_draft(books, sale_draft())
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET community_id = community_id"):
        refused = pytest.raises((IntegrityError, ProgrammingError), match=r"append-only|permission denied")
        with refused, books.begin() as connection:
            connection.execute(text(sql))


def test_promise_never_lost_never_doubled_is_kept(books: Engine) -> None:
    one = new_key()
    assert [post_draft(books, hours_draft(), one) for _ in range(2)] == [Posted(10), Posted(10, was_there=True)]
    with pytest.raises(errors.KeyReused):
        post_draft(books, sale_draft(), one)
    with pytest.raises(KeyboardInterrupt), write_books(books, SLUG) as unit:
        post(unit, sale_draft(), Actors(small_community.ANA), new_key())
        raise KeyboardInterrupt
    with read_books(books, SLUG) as unit:
        assert unit.head.seq == 10


def test_promise_checkable_is_kept(own_engine: Engine) -> None:
    books = own_engine
    small_community.create(books)
    for _ in range(3):
        post_draft(books, hours_draft())
    with read_books(books, SLUG) as unit:
        kept = (unit.head.seq, unit.head.hash.hex())
        assert verify(unit, kept).ok
    guards_dropped(books)
    with books.begin() as connection:
        connection.execute(text("UPDATE posting SET amount = amount * 2 WHERE entry_id = 11"))
    with read_books(books, SLUG) as unit:
        assert verify(unit, kept).findings[0].seq == 11


def test_promise_no_price_on_an_hour_is_kept() -> None:
    hour, euro = PostingDraft(time_account(BEA), 60), PostingDraft(small_community.BANK, -60)
    with pytest.raises(errors.EntryUnbalanced):
        EntryDraft(kind="journal", family="other", effective_on=small_community.DAY, postings=(hour, euro))


def test_promise_dignity_is_kept(sign_in: SignIn) -> None:
    columns = [column.name for table in metadata.tables.values() for column in table.columns]
    assert not [name for name in columns if any(word in name for word in NEVER_ASKED)]
    listed = sign_in("bea").get("/api/v1/communities/willow/entries?kind=emergency-grant").get_json()["entries"]
    assert not [entry for entry in listed if entry["postings"] or entry["narration"]]


def test_promise_two_people_is_kept(willow: Engine) -> None:
    with write_books(willow, "willow") as unit:
        eli = next(number for number, person in members.get_all(unit).items() if person.user == "eli")
        cost = fill(
            "cost", what="Roof", amount=20000, fund="GEN", account="6220", paid_from="1000", day=communities.today(unit)
        )
        waits = record(unit, cost, Actors(eli), new_key())
        assert waits.posted is None
        assert waits.agreement_id is not None
    with pytest.raises(OwnApproval), write_books(willow, "willow") as unit:
        confirm(unit, waits.agreement_id, Actors(eli), new_key())


def test_promise_works_for_everyone_is_kept(sign_in: SignIn) -> None:
    client: FlaskClient = sign_in("bea")
    for path in ("", "hours", "statement", "swap", "budgets", "reports"):
        html = client.get(f"/c/willow/{path}").get_data(as_text=True)
        assert "<script" not in html
        assert re.search(r'<html lang="en" dir="ltr">', html)
        assert 'href="#main"' in html
