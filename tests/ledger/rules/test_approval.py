"""Whose yes an entry needs, and that nobody gives it to themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ledger.core.errors import NotAllowed
from ledger.journal.idempotency import Actors
from ledger.kinds.general.journal_lines import FreeLine
from ledger.rules.approval import (
    NOBODY,
    Asked,
    DecisionMissing,
    NobodyToConfirm,
    asked,
    needs_two,
    paid_out,
    refuse_wrong_yes,
)
from ledger.rules.people import OwnApproval
from tests.ledger.kinds.willow import ANA, BEA, DEE, ELI, FAY, GUS
from tests.ledger.rules.cases import AID, COST, HELP, MEMBER, ORGANISER, PANEL, TODAY, TREASURER, case, pages, tried

OTHERS = frozenset({DEE, GUS})
"""The checker and the organiser, where Eli the treasurer writes."""
WORK: dict[str, Any] = {"helpers": (ANA,), "minutes": 60, "programme": "GARDEN"}
DAYS = dt.timedelta(3)
FULL = {"funds_hold": {"EMF": 100000, "GRN": 900000}}


# payments


@pytest.mark.parametrize("amount", [1, 4999])
def test_a_small_payment_needs_one_person(amount: int) -> None:
    assert tried("cost", ELI, **{**COST, "amount": amount}) == NOBODY


@pytest.mark.parametrize("amount", [5000, 50000])
def test_a_payment_from_the_threshold_on_waits_for_a_second_person(amount: int) -> None:
    assert tried("cost", ELI, **{**COST, "amount": amount}) == Asked(one_of=OTHERS)


def test_a_decision_stands_for_the_second_person_up_to_its_own_threshold() -> None:
    assert tried("cost", ELI, **{**COST, "amount": 50000}, decision="A-01") == NOBODY


def test_a_large_payment_needs_a_decision_and_a_second_person() -> None:
    with pytest.raises(DecisionMissing) as refused:
        tried("cost", ELI, **{**COST, "amount": 50001})
    assert refused.value.field == "decision"
    assert tried("cost", ELI, **{**COST, "amount": 50001}, decision="A-01") == Asked(one_of=OTHERS)


def test_the_community_chooses_its_thresholds() -> None:
    books = pages(policies={"gov.two_people_from": 100, "gov.decision_above": 200})
    assert tried("cost", ELI, books, **{**COST, "amount": 150}).one_of == OTHERS
    with pytest.raises(DecisionMissing):
        tried("cost", ELI, books, **{**COST, "amount": 201})


def test_a_threshold_that_is_no_number_is_the_strictest() -> None:
    with pytest.raises(DecisionMissing):
        tried("cost", ELI, pages(policies={"gov.decision_above": "never"}), **{**COST, "amount": 1})


def test_a_payment_to_its_own_writer_waits_however_small() -> None:
    assert tried("cost", ELI, **COST, paid_to=ELI) == Asked(one_of=OTHERS)
    assert needs_two(case("cost", ELI, **COST, paid_to=DEE, on_behalf_of=DEE))
    assert tried("cost", ELI, **COST, paid_to=ANA) == NOBODY


def test_the_payee_is_never_the_second_person() -> None:
    assert tried("cost", ELI, **{**COST, "amount": 6000}, paid_to=DEE) == Asked(one_of=frozenset({GUS}))


def test_in_a_tiny_community_any_other_member_is_the_second_person() -> None:
    books = pages(members=frozenset({ANA, BEA, ELI}))
    assert tried("cost", ELI, books, **{**COST, "amount": 6000}, paid_to=BEA) == Asked(one_of=frozenset({ANA}))


def test_among_four_members_an_office_says_yes() -> None:
    four = frozenset({ANA, BEA, FAY, ELI})
    with pytest.raises(NobodyToConfirm, match="an office first"):
        tried("cost", ELI, pages(members=four), **{**COST, "amount": 6000})
    books = pages(members=four, offices={ELI: TREASURER, FAY: ORGANISER})
    assert tried("cost", ELI, books, **{**COST, "amount": 6000}).one_of == {FAY}


def test_offices_say_yes_that_are_held_today() -> None:
    books = pages(since=TODAY, keeping={"GARDEN": frozenset({FAY})})
    assert tried("cost", ELI, books, **{**COST, "amount": 6000}, day=TODAY - DAYS).one_of == OTHERS
    assert tried("community-hours", ANA, books, **WORK).one_of == {FAY, GUS, ELI}
    earlier = tried("community-hours", ANA, books, **WORK, day=TODAY - DAYS)
    assert earlier.one_of == {GUS, ELI}


def test_where_nobody_could_confirm_nothing_is_left_waiting() -> None:
    with pytest.raises(NobodyToConfirm):
        tried("cost", ELI, pages(offices={ELI: TREASURER}), **{**COST, "amount": 6000})


def test_money_that_only_moves_pays_nothing_out() -> None:
    lines = (FreeLine(account="1010", fund="EMF", debit=90000), FreeLine(account="1000", fund="EMF", credit=90000))
    moved = case("journal", ELI, what="Into savings", lines=lines)
    assert paid_out(moved) == 0
    assert asked(moved) == NOBODY


def test_a_free_entry_that_pays_out_waits_like_any_payment() -> None:
    lines = (FreeLine(account="2000", fund="GEN", debit=9000), FreeLine(account="1000", fund="GEN", credit=9000))
    assert tried("journal", ELI, what="Old bill", lines=lines) == Asked(one_of=OTHERS)


def test_an_overdraft_at_the_opening_is_no_payment() -> None:
    lines = (FreeLine(account="1000", fund="GEN", credit=90000),)
    assert tried("opening-balance", ELI, lines=lines) == NOBODY


# emergency help


def test_emergency_help_is_paid_by_two_of_panel_and_treasury() -> None:
    books = pages(**FULL, offices={ELI: TREASURER, DEE: PANEL, GUS: ORGANISER, BEA: PANEL})
    assert tried("emergency-grant", DEE, books, **AID) == Asked(one_of=frozenset({ELI, BEA}))
    assert tried("emergency-grant", DEE, books, **AID, receiver=BEA) == Asked(one_of=frozenset({ELI}))


def test_an_organiser_alone_pays_no_emergency_help() -> None:
    with pytest.raises(NotAllowed):
        tried("emergency-grant", GUS, pages(**FULL), **AID)


def test_emergency_help_above_the_fast_amount_needs_a_decision() -> None:
    books = pages(**FULL, offices={ELI: TREASURER, DEE: PANEL})
    assert tried("emergency-grant", DEE, books, **{**AID, "amount": 10000}).one_of == {ELI}
    with pytest.raises(DecisionMissing):
        tried("emergency-grant", DEE, books, **{**AID, "amount": 10001})


# community hours


def test_community_hours_are_checked_by_someone_who_did_not_do_the_work() -> None:
    books = pages(offices={GUS: ORGANISER, ELI: TREASURER}, keeping={"GARDEN": frozenset({FAY, ANA})})
    assert tried("community-hours", ANA, books, **WORK) == Asked(one_of=frozenset({FAY, GUS, ELI}))
    assert tried("community-hours", GUS, books, **WORK) == NOBODY


def test_an_organisers_own_work_is_checked_by_another() -> None:
    work = {**WORK, "helpers": (GUS,)}
    assert tried("community-hours", GUS, **work) == Asked(one_of=frozenset({ELI}))


def test_where_no_office_is_free_any_other_member_checks() -> None:
    books = pages(offices={GUS: ORGANISER}, members=frozenset({GUS, ANA, BEA}))
    assert tried("community-hours", GUS, books, **{**WORK, "helpers": (GUS,)}) == Asked(one_of=frozenset({ANA, BEA}))


def test_a_community_may_trust_its_helpers() -> None:
    books = pages(policies={"time.confirm_by": "none for community-paid"})
    assert tried("community-hours", ANA, books, **WORK) == NOBODY


def test_a_session_that_the_community_pays_is_checked_like_its_work() -> None:
    session: dict[str, Any] = {
        "what": "Circle",
        "leaders": (ANA,),
        "minutes": 60,
        "mode": "community",
        "programme": "GARDEN",
    }
    assert tried("group-session", ANA, **session) == Asked(one_of=frozenset({GUS, ELI}))


def test_work_that_someone_wrote_down_for_another_is_checked_by_a_third() -> None:
    books = pages(offices={GUS: ORGANISER}, members=frozenset({GUS, ANA, BEA}))
    found = tried("community-hours", GUS, books, **{**WORK, "helpers": (ANA, GUS)})
    assert found == Asked(one_of=frozenset({BEA}))


# saying yes


def refused(error: type[Exception], by: int, behalf: int | None = None, **payment: Any) -> None:
    waits = case("cost", ELI, **{**COST, "amount": 6000, **payment}) if payment else case("hours", ANA, **HELP)
    with pytest.raises(error):
        refuse_wrong_yes(waits, asked(waits), Actors(by, behalf))


def test_the_one_who_is_asked_says_yes() -> None:
    waits = case("hours", ANA, **HELP)
    refuse_wrong_yes(waits, asked(waits), Actors(BEA))
    assert asked(waits).each == {BEA}


def test_a_wrong_yes_is_refused() -> None:
    refused(OwnApproval, ANA)
    refused(NotAllowed, FAY)
    refused(OwnApproval, DEE, paid_to=DEE)
    refused(OwnApproval, ELI, paid_to=DEE)


def test_nobody_is_the_second_person_of_a_payment_by_someone_elses_hand() -> None:
    refused(NotAllowed, GUS, behalf=DEE, paid_to=ANA)


def test_nobody_says_yes_whose_word_it_was() -> None:
    waits = case("hours", GUS, **HELP, on_behalf_of=ANA)
    for person in (GUS, ANA):
        with pytest.raises(OwnApproval, match="what you wrote down"):
            refuse_wrong_yes(waits, Asked(each=frozenset({ANA, BEA, GUS})), Actors(person))


def test_nobody_who_is_part_of_it_says_yes_for_another() -> None:
    waits = case("hours", ANA, **{**HELP, "helpers": (ANA, GUS)})
    with pytest.raises(OwnApproval, match="part of this yourself"):
        refuse_wrong_yes(waits, asked(waits), Actors(GUS, BEA))


def test_a_yes_for_someone_else_is_an_organisers() -> None:
    refused(NotAllowed, FAY, behalf=BEA)
    waits = case("hours", ANA, **HELP)
    refuse_wrong_yes(waits, asked(waits), Actors(GUS, BEA))
    assert waits.books.roles(GUS, waits.books.today) & ORGANISER - MEMBER
