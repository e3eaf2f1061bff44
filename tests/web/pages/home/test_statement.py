"""One's own statement: month by month, in words for both sides, private lines for oneself only, any year."""

from __future__ import annotations

from sqlalchemy import Engine

from ledger.core.drafts import BARTER, AccountKey, EntryDraft, PostingDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import queries
from ledger.journal.posting import JOURNAL, Actors, Key, post
from ledger.journal.queries import EntryFilter
from tests.neighbours import Neighbours
from tests.web.pages.conftest import Log, words
from tests.willow import SignIn, key_on, token_on
from web.i18n import formats

YEAR = "/c/willow/statement?from=202601"


def test_the_statement_agrees_with_the_golden_year(sign_in: SignIn) -> None:
    said = words(sign_in("ana").get(YEAR))
    assert "You have given 3 hours 30 minutes and received 2 hours 33 minutes." in said
    assert "At the beginning Thu 1 Jan" in said
    assert "You helped Bea: Garden Mon 5 Jan 1:30 1:30" in said
    assert "At the end Sat 31 Jan 0:27" in said
    assert "Together 3:30 3:03 0:27" in said


def test_each_line_leads_to_its_receipt(sign_in: SignIn, willow: Engine) -> None:
    with read_books(willow, "willow") as books:
        number = queries.entries(books, EntryFilter(kind="hours", programme="GARDEN")).entries[-1].entry_id
    client = sign_in("ana")
    assert f"/c/willow/receipts/entries/{number}" in client.get(YEAR).text
    receipt = words(client.get(f"/c/willow/receipts/entries/{number}"))
    assert "Given by Ana" in receipt
    assert "Received by Bea" in receipt
    assert "Debit" not in receipt


def test_private_lines_are_on_ones_own_statement_and_closed_to_others(sign_in: SignIn, willow: Engine) -> None:
    assert "Private: other members do not see this line." in words(sign_in("ana").get(YEAR))
    with read_books(willow, "willow") as books:
        private = queries.entries(books, EntryFilter(kind="emergency-grant")).entries[0].entry_id
    assert sign_in("bea").get(f"/c/willow/receipts/entries/{private}").status_code == 404


def test_other_years_are_a_link_away(sign_in: SignIn) -> None:
    client = sign_in("ana")
    later = client.get("/c/willow/statement?from=202701")
    assert "Nothing moved your hours in this time." in words(later)
    assert "The year from January 2026" in words(later)
    assert client.get("/c/willow/statement?from=99").status_code == 200
    earlier = client.get("/c/willow/statement?from=202501")
    assert "The year from January 2026" in words(earlier)


def test_swaps_stand_with_the_values_that_were_agreed(sign_in: SignIn) -> None:
    said = words(sign_in("ana").get(YEAR))
    assert "10 jars of jam" in said
    assert "40.00 40.00" in said
    assert "They are not money and never become hours." in said


def test_a_swap_that_is_open_says_what_is_still_to_come(sign_in: SignIn, willow: Engine) -> None:
    with read_books(willow, "willow") as books:
        swap = queries.entries(books, EntryFilter(kind="barter", document="trade-01")).entries[0]
    ana, gus = swap.lines[1].leaf.owner, swap.lines[0].leaf.owner
    lines = [
        PostingDraft(AccountKey("B2000", "NV", "BAR", gus), 500),
        PostingDraft(AccountKey("B2000", "NV", "BAR", ana), -500),
    ]
    draft = EntryDraft(
        kind="barter-leg",
        family=BARTER,
        effective_on=swap.effective_on,
        postings=tuple(lines),
        narration="Apples on Friday",
    )
    with write_books(willow, "willow") as books:
        post(books, draft, Actors(1), Key(JOURNAL, "leg"))
    assert "still to come back to you: 5.00" in words(sign_in("ana").get(YEAR))
    assert "still to be given by you: 5.00" in words(sign_in("gus").get(YEAR))


def test_what_was_taken_back_is_taken_off_and_said(sign_in: SignIn, willow: Engine) -> None:
    with read_books(willow, "willow") as books:
        number = queries.entries(books, EntryFilter(kind="hours", programme="GARDEN")).entries[-1].entry_id
    treasurer = sign_in("eli")
    form = treasurer.get(f"/c/willow/entries/{number}/reverse").text
    sent = {"csrf_token": token_on(form), "key": key_on(form), "reason": "It was the other week"}
    treasurer.post(f"/c/willow/entries/{number}/reverse", data=sent)
    client = sign_in("ana")
    said = words(client.get(YEAR))
    assert f"Taken back: entry {number}" in said
    assert "You have given 2 hours and received 2 hours 33 minutes." in said
    assert "This was taken back." in words(client.get(f"/c/willow/receipts/entries/{number}"))
    assert "4:00 taken back" in words(sign_in("gus").get("/c/willow/"))


def test_home_says_the_balance_in_words_and_shows_the_desk_to_offices(sign_in: SignIn) -> None:
    said = words(sign_in("ana").get("/c/willow/"))
    assert said.startswith('id="main"') or "27 minutes" in said
    assert "You have given 27 minutes more than you received." in said
    assert "Your desk" in said
    assert "Your desk" not in words(sign_in("bea").get("/c/willow/"))


def test_a_month_that_still_runs_is_told_so_far(neighbours: Neighbours, log: Log) -> None:
    log("Bea", "received", "Ana")
    said = words(neighbours.signed_in("Bea").open("/c/willow/statement"))
    assert f"So far {formats.day(neighbours.today())} −1:30".replace(" ", "") in said.replace("\xa0", "").replace(
        " ", ""
    )
    assert "At the end" not in said
