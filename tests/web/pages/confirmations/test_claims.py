"""What waits: confirmed, declined with a word why, taken back, and seen by those whom it concerns only."""

from __future__ import annotations

import pytest

from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import balances
from ledger.registers import members
from tests.neighbours import PASSWORD, Browser, Neighbours
from tests.web.pages.conftest import HOME, WAITING, Log, words
from web.identity import make_login


@pytest.fixture
def claim(log: Log) -> str:
    """Return the address of Bea's claim that she helped Ana."""
    log("Bea", "gave", "Ana", what="Kitchen shelf")
    return f"{WAITING}/1"


def test_it_waits_at_home_and_on_the_page_of_answers(ana: Browser, bea: Browser, claim: str) -> None:
    assert "You were helped by Bea for 1 hour 30 minutes. to confirm Kitchen shelf" in words(ana.open(HOME))
    assert "waiting for Ana" in words(bea.open(HOME))
    assert "Yes, I received 1 hour 30 minutes" in words(ana.open(WAITING))
    assert "You wrote, they answer" in words(bea.open(WAITING))


def test_a_yes_puts_it_into_the_book_and_both_see_it(
    neighbours: Neighbours, ana: Browser, bea: Browser, claim: str
) -> None:
    ana.open(claim)
    receipt = ana.send(f"{claim}/confirm")
    assert "Confirmed. It is in the book." in words(receipt)
    assert "You have received 1 hour 30 minutes more than you gave." in words(receipt)
    assert "Helped by Bea: Kitchen shelf" in words(ana.open("/c/willow/statement"))
    assert "You helped Ana: Kitchen shelf" in words(bea.open("/c/willow/statement"))
    assert "Nothing waits for you." in words(ana.open(WAITING))
    assert bea.open(claim).request.path.startswith("/c/willow/receipts/entries/")


def test_a_second_yes_changes_nothing_and_shows_the_receipt(neighbours: Neighbours, ana: Browser, claim: str) -> None:
    page = ana.open(WAITING)
    for key in ("one page", "another page"):
        ana.page = page
        assert "It is in the book." in words(ana.send(f"{claim}/confirm", key=key))
    assert "It is in the book." in words(ana.open(claim))
    with read_books(neighbours.engine, "willow") as books:
        assert balances.member_minutes(books, neighbours.people["Bea"]) == 90


def test_two_answers_that_cross_leave_the_first(ana: Browser, claim: str) -> None:
    ana.open(claim)
    page = ana.page
    ana.send(f"{claim}/decline", reason="It was Tuesday")
    ana.page = page
    assert "Not confirmed." in words(ana.send(f"{claim}/confirm", key="another"))


def test_the_programme_is_told_before_a_yes(ana: Browser, bea: Browser, garden: str, log: Log) -> None:
    log("Bea", "gave", "Ana", programme=garden)
    assert "For: Garden" in words(ana.open(f"{WAITING}/1"))
    assert "For Garden" in words(bea.open(f"{WAITING}/1"))


def test_a_no_with_a_word_why_reaches_who_wrote_it(ana: Browser, bea: Browser, claim: str) -> None:
    ana.open(claim)
    assert "Not confirmed." in words(ana.send(f"{claim}/decline", reason="It was Tuesday"))
    assert "not confirmed" in words(bea.open(HOME))
    assert "Not confirmed" in words(bea.open(WAITING))
    assert "It was Tuesday" in words(bea.open(claim))


def test_a_no_wants_no_reason_and_refuses_an_odd_one(ana: Browser, claim: str) -> None:
    ana.open(claim)
    assert ana.post(f"{claim}/decline", reason=["one", "two"]).status_code == 422
    ana.open(claim)
    assert "Not confirmed." in words(ana.send(f"{claim}/decline"))


def test_ones_own_can_be_taken_back_while_it_waits(bea: Browser, ana: Browser, claim: str) -> None:
    assert "Take it back" in words(bea.open(claim))
    assert "Taken back." in words(bea.send(f"{claim}/withdraw"))
    assert "Nothing waits for you." in words(ana.open(WAITING))
    assert "Kitchen" not in words(ana.open(claim))
    assert "None of it counts" in words(ana.open(claim))


def test_who_wrote_it_cannot_say_yes_to_it(bea: Browser, claim: str) -> None:
    bea.open(claim)
    answer = bea.post(f"{claim}/confirm")
    assert answer.status_code == 303
    assert "It waits for a yes." in words(bea.open(claim))


def test_others_do_not_see_it(cai: Browser, claim: str) -> None:
    assert cai.open(claim).status_code == 404
    assert cai.open("/c/willow/receipts/waiting/1").status_code == 404
    assert cai.open("/c/willow/receipts/waiting/99").status_code == 404
    assert cai.post(f"{claim}/confirm", csrf_token="none").status_code in (400, 404)
    assert cai.open(f"{WAITING}/99").status_code == 404
    assert "Nothing waits for you." in words(cai.open(WAITING))


def test_others_are_not_told_which_entry_it_became(neighbours: Neighbours, ana: Browser, claim: str) -> None:
    ana.open(claim)
    ana.send(f"{claim}/confirm")
    mia = joined(neighbours, "Mia")
    for address in (claim, "/c/willow/receipts/waiting/1", "/c/willow/desk/waiting/1"):
        answer = mia.open(address)
        assert (answer.status_code, "/entries/" in answer.request.path) == (404, False)
    mia.open("/c/willow/hours/other")
    for deed in (f"{claim}/confirm", "/c/willow/desk/waiting/1/confirm"):
        assert mia.send(deed).status_code == 404


def joined(neighbours: Neighbours, name: str) -> Browser:
    """Enrol somebody who holds no office and took part in nothing, and sign them in."""
    with write_books(neighbours.engine, "willow") as books:
        new = members.NewMember(name=name, joined=neighbours.today())
        (number,) = members.add(books, [new], entered_by=1)
    make_login(neighbours.engine, name.casefold(), PASSWORD, "willow", number)
    return neighbours.signed_in(name)


def test_what_an_organiser_wrote_for_someone_says_so(neighbours: Neighbours, log: Log, cai: Browser) -> None:
    log("Ana", "gave", "Cai", person=str(neighbours.people["Bea"]))
    assert "Written down by Ana for Bea" in words(cai.open(WAITING))


def test_an_organiser_passes_on_the_yes_of_a_member_on_paper(neighbours: Neighbours, log: Log, ana: Browser) -> None:
    log("Bea", "gave", "Cai", what="Roof")
    assert "For members on paper" in words(ana.open(WAITING))
    assert "This person says yes: Cai" in words(ana.open(f"{WAITING}/1"))
    receipt = words(ana.send(f"{WAITING}/1/confirm"))
    assert "It is in the book." in receipt
    with read_books(neighbours.engine, "willow") as books:
        assert balances.member_minutes(books, neighbours.people["Cai"]) == -90


def test_a_member_passes_on_nobodys_answer(neighbours: Neighbours, bea: Browser, log: Log) -> None:
    log("Ana", "gave", "Cai")
    assert bea.open(f"{WAITING}/1").status_code == 404
    bea.open("/c/willow/hours/other")
    assert bea.post(f"{WAITING}/1/confirm", person=str(neighbours.people["Cai"])).status_code == 404
