"""Claims, swaps and payments that wait for someone: who may say yes or no, for whom, and what is kept."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select

from ledger.chain import hashing
from ledger.core.errors import NotAllowed, UnknownFund
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.balances import member_minutes
from ledger.journal.idempotency import Actors
from ledger.kinds import fill
from ledger.kinds.barter.legs import Leg
from ledger.models import agreement
from ledger.registers import roles, store
from ledger.registers.communities import OPERATOR
from ledger.registers.registry import FUNDS
from ledger.rules.funds import FundOverspent
from ledger.rules.people import OwnApproval
from ledger.workflow.agreements import UnknownAgreement
from ledger.workflow.record import RecordResult, decline, entry_of, find_claim, record, waiting, waiting_for, withdraw
from ledger.workflow.state_machine import AlreadySettled
from tests.communities.small_community import ANA, BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90, "what": "Weeding"}
SWAP: dict[str, Any] = {
    "legs": (Leg(giver=DEE, receiver=ELI, what="Jam"), Leg(giver=ELI, receiver=DEE, what="A chair"))
}


def minutes(community: SmallCommunity, person: int) -> int:
    with read_books(community.engine, SLUG) as books:
        return member_minutes(books, person)


def numbers(community: SmallCommunity, person: int) -> list[int]:
    with read_books(community.engine, SLUG) as books:
        return [claim.agreement_id for claim in waiting_for(books, person)]


def close_month(community: SmallCommunity, day: dt.date) -> None:
    with write_books(community.engine, SLUG) as unit:
        hashing.append_act(unit, "close", entered_by=BEA, facts={}, period_id=day.year * 100 + day.month)


# no, and taken back


def test_a_declined_claim_posts_nothing_and_says_why(community: SmallCommunity) -> None:
    claimed = community.record("hours", DEE, **HELP, note="Private words")
    number = claimed.agreement_id or 0
    with write_books(community.engine, SLUG) as unit:
        assert decline(unit, number, Actors(ELI), new_key(), " It was one hour ") == RecordResult(None, number)
    with read_books(community.engine, SLUG) as books:
        claim = find_claim(books, number)
        assert entry_of(books, number) is None
    assert (claim.state, claim.reason) == ("declined", "It was one hour")
    assert claim.kind is not None
    assert claim.kind.note is None
    assert not claim.waits_for
    assert minutes(community, DEE) == 0


def test_a_claim_can_be_taken_back_by_who_wrote_it_down(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id or 0
    with pytest.raises(NotAllowed), write_books(community.engine, SLUG) as unit:
        withdraw(unit, number, Actors(CAI), new_key())
    with write_books(community.engine, SLUG) as unit:
        withdraw(unit, number, Actors(DEE), new_key())
    with read_books(community.engine, SLUG) as books:
        assert find_claim(books, number).state == "withdrawn"
        assert waiting(books) == []


@pytest.mark.parametrize("settle", [decline, withdraw])
def test_a_settled_claim_stays_so(community: SmallCommunity, settle: Any) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id or 0
    community.confirm(number, ELI)
    with pytest.raises(AlreadySettled), write_books(community.engine, SLUG) as unit:
        settle(unit, number, Actors(DEE), new_key())
    with pytest.raises(AlreadySettled):
        community.confirm(number, ELI)


def test_nothing_is_said_to_a_claim_that_does_not_exist(community: SmallCommunity) -> None:
    with pytest.raises(UnknownAgreement):
        community.confirm(7, ELI)


@pytest.mark.parametrize("person", [CAI, OPERATOR])
def test_only_the_other_side_says_yes(community: SmallCommunity, person: int) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    with pytest.raises(NotAllowed):
        community.confirm(number, person)


def test_nobody_says_yes_to_what_they_wrote_down(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    with pytest.raises(OwnApproval):
        community.confirm(number, DEE)


def test_a_second_person_is_never_named_by_the_first(community: SmallCommunity) -> None:
    kind = fill("hours", day=community.today, **HELP)
    with pytest.raises(NotAllowed), write_books(community.engine, SLUG) as unit:
        record(unit, kind, Actors(DEE, confirmed_by=ELI), new_key())


# for others


def test_an_organiser_writes_down_for_someone_on_paper(community: SmallCommunity) -> None:
    entry = community.entry(community.record("hours", ANA, **HELP, on_behalf_of=ELI))
    assert (entry.entered_by, entry.on_behalf_of) == (ANA, ELI)


def test_an_organiser_says_yes_for_someone_on_paper(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    entry = community.entry(community.confirm(number, ANA, behalf=ELI))
    assert entry.confirmed_by == ANA
    assert json.loads(entry.facts) == {"said_yes": [[ANA, ELI]]}


def test_a_member_says_yes_for_nobody_else(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    for person in (CAI, OPERATOR):
        with pytest.raises(NotAllowed):
            community.confirm(number, person, behalf=ELI)


def test_an_organiser_says_yes_for_nobody_they_trade_with(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP | {"helpers": (DEE, ANA)}).agreement_id
    with pytest.raises(OwnApproval):
        community.confirm(number, ANA, behalf=ELI)


def test_the_operator_writes_down_and_waits_for_the_receiver(community: SmallCommunity) -> None:
    number = community.record("hours", OPERATOR, **HELP).agreement_id
    assert community.entry(community.confirm(number, ELI)).entered_by == OPERATOR


# swaps and sessions


def test_a_swap_stands_when_the_other_has_said_yes(community: SmallCommunity) -> None:
    offered = community.record("barter", DEE, **SWAP)
    with read_books(community.engine, SLUG) as books:
        assert find_claim(books, offered.agreement_id or 0).state == "offered"
    entry = community.entry(community.confirm(offered.agreement_id, ELI))
    assert (entry.family, entry.agreement_id) == ("barter", offered.agreement_id)
    with read_books(community.engine, SLUG) as books:
        assert find_claim(books, offered.agreement_id or 0).state == "closed"


def test_a_round_of_three_stands_when_the_last_has_said_yes(community: SmallCommunity) -> None:
    pairs = ((DEE, ELI), (ELI, CAI), (CAI, DEE))
    legs = tuple(Leg(giver=giver, receiver=taker, what="Jam", value=1200) for giver, taker in pairs)
    number = community.record("barter", DEE, legs=legs).agreement_id
    assert community.confirm(number, CAI).posted is None
    assert (numbers(community, CAI), numbers(community, ELI)) == ([], [number])
    with pytest.raises(NotAllowed):
        community.confirm(number, CAI)
    entry = community.entry(community.confirm(number, ELI))
    assert entry.confirmed_by == ELI
    assert json.loads(entry.facts) == {"said_yes": [[CAI, CAI], [ELI, ELI]]}


def test_a_session_that_guests_share_waits_for_each_of_them(community: SmallCommunity) -> None:
    session: dict[str, Any] = {
        "what": "Pruning",
        "leaders": (DEE,),
        "minutes": 60,
        "mode": "shared",
        "guests": (ELI, CAI),
    }
    number = community.record("group-session", DEE, **session).agreement_id
    community.confirm(number, ELI)
    community.confirm(number, CAI)
    assert [minutes(community, one) for one in (DEE, ELI, CAI)] == [60, -30, -30]


# payments


def test_a_payment_waits_for_a_second_person_and_names_them(community: SmallCommunity) -> None:
    paid: dict[str, Any] = {"what": "Pipe", "amount": 6000, "fund": "GEN", "account": "6300", "paid_from": "1000"}
    number = community.record("cost", BEA, **paid).agreement_id
    assert [numbers(community, one) for one in (ANA, BEA, CAI, DEE)] == [[number], [], [number], []]
    entry = community.entry(community.confirm(number, CAI))
    assert (entry.entered_by, entry.confirmed_by) == (BEA, CAI)
    with read_books(community.engine, SLUG) as books:
        claim = find_claim(books, number or 0)
    assert (claim.course.kind, claim.state) == ("payment", "paid")


def test_what_a_fund_can_no_longer_pay_is_refused_at_the_second_yes(community: SmallCommunity) -> None:
    community.donate("TNK", 9000)
    paid: dict[str, Any] = {"what": "Pipe", "amount": 6000, "fund": "TNK", "account": "6300", "paid_from": "1000"}
    first, second = community.record("cost", BEA, **paid), community.record("cost", BEA, **paid)
    community.confirm(first.agreement_id, CAI)
    with pytest.raises(FundOverspent):
        community.confirm(second.agreement_id, CAI)
    assert numbers(community, CAI) == [second.agreement_id]


def test_emergency_help_leaves_no_name_outside_its_note(community: SmallCommunity) -> None:
    community.donate("EMF", 9000)
    with write_books(community.engine, SLUG) as unit:
        roles.give(unit, "emergency panel", CAI, community.today, entered_by=OPERATOR)
    aid: dict[str, Any] = {"amount": 5000, "paid_from": "1000", "receiver": ELI}
    number = community.record("emergency-grant", BEA, **aid).agreement_id
    entry = community.entry(community.confirm(number, CAI))
    assert (entry.privacy, entry.on_behalf_of, {line.leaf.owner for line in entry.lines}) == ("private", None, {0})
    assert entry.texts == {"narration": "Emergency help", "note": "For: Eli"}
    with read_books(community.engine, SLUG) as books:
        body = str(books.connection.scalar(select(agreement.c.body)))
    assert "receiver" not in body
    assert str(ELI) not in body


def test_declined_emergency_help_leaves_nothing_behind(community: SmallCommunity) -> None:
    community.donate("EMF", 9000)
    with write_books(community.engine, SLUG) as unit:
        roles.give(unit, "emergency panel", CAI, community.today, entered_by=OPERATOR)
    number = community.record("emergency-grant", BEA, amount=5000, paid_from="1000", receiver=ELI).agreement_id or 0
    with write_books(community.engine, SLUG) as unit:
        decline(unit, number, Actors(CAI), new_key())
    with read_books(community.engine, SLUG) as books:
        assert find_claim(books, number).kind is None


def test_a_claim_whose_fund_is_gone_waits_for_nobody_and_can_be_taken_back(community: SmallCommunity) -> None:
    moved: dict[str, Any] = {
        "amount": 6000,
        "from_fund": "GRN",
        "to_fund": "TNK",
        "from_place": "1000",
        "to_place": "1000",
    }
    community.donate("GRN", 9000)
    number = community.record("fund-transfer", BEA, **moved, decision="A-01", clause="Clause 4").agreement_id or 0
    with write_books(community.engine, SLUG) as unit:
        store.write(unit, [FUNDS.withdraw("TNK")], entered_by=OPERATOR)
    assert numbers(community, CAI) == []
    with pytest.raises(UnknownFund):
        community.confirm(number, CAI)
    with write_books(community.engine, SLUG) as unit:
        withdraw(unit, number, Actors(BEA), new_key())
    with read_books(community.engine, SLUG) as books:
        assert waiting(books) == []
