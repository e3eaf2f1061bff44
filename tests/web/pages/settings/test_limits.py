"""Limits on members' pages and on the treasurer's: plain words for oneself, no figures about others."""

from __future__ import annotations

import pytest

from ledger import checks
from ledger.core.drafts import PARTNER, EntryDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors, Key
from ledger.journal.posting import post
from ledger.kinds import fill
from ledger.kinds.time.time_accounts import member_time, time_account, time_lines
from ledger.limits import limit_rules
from ledger.registers import decisions, members, store
from ledger.registers.communities import today
from ledger.registers.records import Decision, LimitRule, Partner
from ledger.registers.registry import PARTNERS
from ledger.workflow.record import record
from tests.neighbours import Browser, Neighbours
from tests.web.pages.conftest import HOME, OTHER, WAITING, Log, words

LIMITS, SET = "/c/willow/limits", "/c/willow/limits/set"
STATEMENT = "/c/willow/statement"


@pytest.fixture
def eli(neighbours: Neighbours) -> Browser:
    """Return the treasurer's browser, and a decision to rest stops on."""
    with write_books(neighbours.engine, "willow") as books:
        made = Decision(id="A-01", date=today(books), body="assembly", text="How far hours go", method="consent")
        decisions.add(books, made, entered_by=1)
    return neighbours.signed_in("Eli")


def stop(neighbours: Neighbours) -> None:
    with write_books(neighbours.engine, "willow") as books:
        found = LimitRule(stop_low_minutes=-120, decision="A-01")
        limit_rules.set_rule(books, "everyone", found, entered_by=1)


# for oneself


def test_a_member_reads_how_much_is_left_before_a_talk(bea: Browser, log: Log) -> None:
    log("Bea", "received", "Ana", duration="6:30")
    for address in (HOME, STATEMENT):
        assert "You can receive about 3 hours more of help before we talk." in words(bea.open(address))


def test_what_waits_is_shown_beside_what_is_confirmed(ana: Browser, bea: Browser, log: Log) -> None:
    log("Bea", "received", "Ana", duration="1:00")
    log("Bea", "gave", "Ana", duration="1:30")
    assert "Confirmed: −1:00. With what waits: 0:30." in words(bea.open(HOME))
    assert "Confirmed: 1:00. With what waits: −0:30." in words(ana.open(f"{WAITING}/1"))


def test_past_the_level_the_receipt_asks_for_a_talk_and_blames_nobody(bea: Browser, log: Log) -> None:
    receipt = log("Bea", "received", "Ana", duration="10:30")
    assert "It is time for a talk" in words(receipt)
    assert "debt" not in words(receipt)
    assert "It is time for a talk" in words(bea.open(HOME))


def test_who_gave_a_great_deal_is_asked_to_receive(bea: Browser, ana: Browser, log: Log) -> None:
    for length in ("20:00", "6:00"):
        log("Ana", "received", "Bea", duration=length)
    assert "Let others give to you" in words(bea.open(HOME))


def test_before_a_stop_the_talk_comes_first(neighbours: Neighbours, eli: Browser, bea: Browser, log: Log) -> None:
    stop(neighbours)
    log("Bea", "received", "Ana", duration="0:30")
    assert "You can receive about 1 hour 30 minutes more of help; then a talk comes first." in words(bea.open(HOME))
    refused = log("Bea", "received", "Ana", duration="2:00")
    assert refused.status_code == 422
    assert "Your hours stand at −0:30, and this would make it −2:30. Here it stops at −2:00." in words(refused)
    assert "Why may it pass" not in words(refused)
    log("Bea", "received", "Ana", duration="1:30")
    assert "Before you receive more help, a talk comes first." in words(bea.open(HOME))


def test_the_other_side_reads_no_figure(neighbours: Neighbours, eli: Browser, log: Log) -> None:
    stop(neighbours)
    refused = words(log("Ana", "gave", "Bea", duration="3:00"))
    assert "This does not fit now, for: Bea" in refused
    assert "−" not in refused


# just this once


def test_a_treasurer_lets_one_pass_with_a_reason(neighbours: Neighbours, eli: Browser, log: Log) -> None:
    stop(neighbours)
    people = {name: str(number) for name, number in neighbours.people.items()}
    asked = {"person": people["Bea"], "side": "received", "who": people["Ana"], "duration": "3:00", "day": "today"}
    refused = eli.fill_in(OTHER, **asked)
    assert "The hours of Bea stand at 0:00" in words(refused)
    assert 'id="f-lift"' in refused.text
    receipt = eli.send(OTHER, **asked, lift="We talked; she cooks on Monday")
    assert "We talked; she cooks on Monday" in words(receipt)
    assert log("Bea", "received", "Ana", duration="0:30").status_code == 422
    with read_books(neighbours.engine, "willow") as books:
        assert checks.verify(books).ok


# the treasurer's page


def test_a_treasurer_sets_a_rule_and_everyone_in_office_reads_it(eli: Browser, ana: Browser) -> None:
    page = eli.fill_in(SET, whose="everyone", talk_low="8 h", stop_low="12 h", decision="A-01", why="Until spring")
    assert "8:00" in words(page)
    assert "Received more, talk from 8:00. Received more, stop at 12:00. Until spring" in words(page)
    assert "Everyone without a rule of their own: set by Eli" in words(ana.open(LIMITS))
    assert "Set a rule" not in words(ana.open(LIMITS))
    assert 'value="8:00"' in eli.open(f"{SET}?whose=everyone").text
    assert "struck by Eli" in words(eli.fill_in(SET, whose="everyone", do="strike"))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"talk_low": "many"}, "Write how long"),
        ({"stop_low": "2 h"}, "A stop rests on a decision"),
        ({"talk_low": "10 h", "stop_low": "5 h", "decision": "A-01"}, "One talks before it stops"),
        ({"whose": "nobody"}, "Choose whose hours"),
    ],
)
def test_a_rule_with_a_fault_comes_back_as_filled_in(eli: Browser, sent: dict[str, str], told: str) -> None:
    answer = eli.fill_in(SET, **({"whose": "member", "why": "For now"} | sent))
    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="For now"' in answer.text


def test_a_rule_for_one_person_is_named_and_counts_first(neighbours: Neighbours, eli: Browser, bea: Browser) -> None:
    whose = f"owner/{neighbours.people['Bea']}"
    assert "Bea: set by Eli" in words(eli.fill_in(SET, whose=whose, talk_low="20 h"))
    assert "Bea" in words(eli.open(f"{SET}?whose={whose}"))
    assert bea.open(LIMITS).status_code == 403


def test_the_desk_tells_when_the_pot_has_promised_much(neighbours: Neighbours, eli: Browser, garden: str) -> None:
    desk = "/c/willow/desk"
    with write_books(neighbours.engine, "willow") as books:
        limit_rules.set_rule(books, "pot", LimitRule(talk_low_minutes=-60), entered_by=1)
    assert "has promised" not in words(eli.open(desk))
    bea, treasurer = neighbours.people["Bea"], neighbours.people["Eli"]
    with write_books(neighbours.engine, "willow") as books:
        work = fill("community-hours", day=today(books), helpers=(bea,), minutes=90, programme=garden)
        record(books, work, Actors(treasurer, bea), Key("form", "work"))
    assert "The community’s pot has promised 1 hour 30 minutes more than it holds" in words(eli.open(desk))


def test_the_desk_names_a_partner_past_what_was_agreed(neighbours: Neighbours, eli: Browser, garden: str) -> None:
    with write_books(neighbours.engine, "willow") as books:
        river = members.add_party(books, "peer", "River", entered_by=1)
        agreed = Partner(party_id=river, code="river", limit_they_owe_minutes=60, limit_we_owe_minutes=60)
        store.write(books, [PARTNERS.change(agreed)], entered_by=1)
        moves = [(time_account("T2100", river), 90), (member_time(neighbours.people["Bea"]), -90)]
        lines = tuple(time_lines(moves))
        draft = EntryDraft(kind="journal", family=PARTNER, effective_on=today(books), postings=lines, narration="Help")
        post(books, draft, Actors(neighbours.people["Eli"]), Key("form", "river"))
    assert "Hours with a partner are past what was agreed: River" in words(eli.open("/c/willow/desk"))


def test_an_account_shows_what_waits_on_it(neighbours: Neighbours, eli: Browser, log: Log) -> None:
    log("Bea", "gave", "Ana", duration="1:30")
    page = words(eli.open("/c/willow/accounts/T2000/TB"))
    assert "With what waits: This account is at nought." in page
