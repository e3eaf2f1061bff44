"""A payment that waits for a member's yes: it is looked at whole before it is agreed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ledger.database.unit_of_work import write_books
from ledger.registers import members
from tests.neighbours import Browser, Neighbours
from tests.web.pages.conftest import HOME, WAITING, words

PAID = "/c/willow/desk/waiting/1"


@pytest.fixture
def payment(neighbours: Neighbours) -> str:
    """Return where Bea, one of three members and without an office, finds the payment that Eli wrote down."""
    with write_books(neighbours.engine, "willow") as books:
        cai = members.get(books, neighbours.people["Cai"])
        yesterday = neighbours.today() - dt.timedelta(days=1)
        members.change(books, replace(cai, left=yesterday), entered_by=neighbours.people["Ana"])
    eli = neighbours.signed_in("Eli")
    cost = {"amount": "140.00", "fund": "GEN", "account": "6340", "paid_from": "1000", "day": "today", "what": "Seeds"}
    eli.fill_in("/c/willow/record/cost", **cost, do="save")
    return f"{WAITING}/1"


def test_a_payment_is_shown_whole_before_its_yes(bea: Browser, payment: str) -> None:
    page = words(bea.open(payment))
    for told in ("Shall this be paid?", "Seeds", "140.00", "6340", "1000", "General", "Yes, pay 140.00 EUR"):
        assert told in page
    assert "Debit" not in page


def test_home_and_the_list_tell_the_amount_and_lead_to_the_whole(bea: Browser, payment: str) -> None:
    for address in (HOME, WAITING):
        page = bea.open(address)
        assert "A payment waits for your yes: Seeds" in words(page)
        assert "140.00 EUR" in words(page)
        assert f'href="{PAID}"' in page.text
        assert f'action="{payment}/confirm"' not in page.text


def test_a_member_says_yes_to_a_payment_and_sees_its_receipt(bea: Browser, payment: str) -> None:
    bea.open(payment)
    receipt = words(bea.send(f"{PAID}/confirm"))
    assert "Confirmed. It is in the book." in receipt
    assert "Confirmed by Bea" in receipt
    assert "Confirmed. It is in the book." in words(bea.open(PAID))


def test_a_member_who_declines_a_payment_comes_back_to_what_waits(bea: Browser, payment: str) -> None:
    bea.open(payment)
    assert "Nothing waits for you." in words(bea.send(f"{PAID}/decline"))
