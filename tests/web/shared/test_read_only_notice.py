"""Books in which a check found something say so on every page, and take nothing; the desk says what was found."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, update

from ledger.database.book_status import MOVED, READ_ONLY
from ledger.database.unit_of_work import set_book_status, write_transaction
from tests.web.filled_forms import form_of
from tests.web.pages.entries.test_new_entry import send
from tests.willow import SignIn
from web.jobs import queue
from web.models.identity import now
from web.models.jobs import FAILED, Job

SAID = "nothing can be written down until they have been checked"


@pytest.mark.parametrize("page", ["", "hours", "statement", "entries", "desk"])
def test_every_page_says_that_the_books_are_read_only(willow: Engine, sign_in: SignIn, page: str) -> None:
    eli = sign_in("eli")
    assert SAID not in eli.get(f"/c/willow/{page}", follow_redirects=True).get_data(as_text=True)
    set_book_status(willow, "willow", READ_ONLY, "balances:17")
    assert SAID in eli.get(f"/c/willow/{page}", follow_redirects=True).get_data(as_text=True)


def test_a_form_comes_back_filled_in_while_the_books_are_read_only(willow: Engine, sign_in: SignIn) -> None:
    eli = sign_in("eli")
    set_book_status(willow, "willow", READ_ONLY, "balances:17")
    answer = send(eli, "donation", form_of("donation"))
    html = answer.get_data(as_text=True)
    assert answer.status_code in {409, 422}
    assert "can be read, but not written in" in html


def test_the_desk_says_what_was_found(willow: Engine, sign_in: SignIn) -> None:
    eli = sign_in("eli")
    set_book_status(willow, "willow", READ_ONLY, "balances:17")
    html = eli.get("/c/willow/desk").get_data(as_text=True)
    assert "The books are read-only" in html
    assert "number 17 does not hold" in html


def test_books_that_moved_say_so(willow: Engine, sign_in: SignIn) -> None:
    set_book_status(willow, "willow", MOVED, "elsewhere")
    assert "kept in another place now" in sign_in("bea").get("/c/willow/").get_data(as_text=True)


def test_the_desk_tells_of_nightly_work_that_did_not_succeed(willow: Engine, sign_in: SignIn) -> None:
    queue.file_job(willow, "backup", "", "2026-11-20")
    with write_transaction(willow) as connection:
        connection.execute(update(Job).values(state=FAILED, ended_at=now() - dt.timedelta(days=1)))
    eli = sign_in("eli")
    assert "The nightly backup" in eli.get("/c/willow/desk").get_data(as_text=True)
    queue.file_job(willow, "backup", "", "2026-11-21")
    task = queue.claim_job(willow, "one")
    assert task
    queue.finish(willow, task, "done")
    assert "The nightly backup" not in eli.get("/c/willow/desk").get_data(as_text=True)
