"""What people write down is posted at once, or waits for those whose word it needs."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import Engine, select

from ledger import chain, checks, journal
from ledger.agreements.moves import UnknownAgreement
from ledger.agreements.states import AlreadySettled
from ledger.balances import member_minutes
from ledger.communities import OPERATOR
from ledger.db import reading, writing
from ledger.errors import DayTooLate, KeyReused, NotAllowed, UnknownEntry
from ledger.idempotency import Actors, Posted
from ledger.kinds import fill
from ledger.kinds.barter.legs import Leg
from ledger.models import agreement, agreement_move
from ledger.posting import reverse
from ledger.recording import (
    NotTakenBack,
    Recorded,
    decline,
    entry_of,
    find_claim,
    record,
    waiting,
    waiting_for,
    withdraw,
    written_by,
)
from ledger.rules.people import OwnApproval
from tests.ledger.orchard import ANA, BEA, CAI, DEE, ELI, SLUG, Orchard, new_key, planted

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90, "what": "Weeding"}
SWAP: dict[str, Any] = {
    "legs": (Leg(giver=DEE, receiver=ELI, what="Jam"), Leg(giver=ELI, receiver=DEE, what="A chair"))
}


@pytest.fixture
def orchard(engine: Engine) -> Orchard:
    return planted(engine)


def minutes(orchard: Orchard, person: int) -> int:
    with reading(orchard.engine, SLUG) as books:
        return member_minutes(books, person)


def numbers(orchard: Orchard, person: int) -> list[int]:
    with reading(orchard.engine, SLUG) as books:
        return [claim.agreement_id for claim in waiting_for(books, person)]


def close_month(orchard: Orchard, day: dt.date) -> None:
    with writing(orchard.engine, SLUG) as unit:
        chain.append_act(unit, "close", entered_by=BEA, facts={}, period_id=day.year * 100 + day.month)


# at once, or waiting


def test_help_written_down_by_who_received_it_is_posted_at_once(orchard: Orchard) -> None:
    outcome = orchard.record("hours", ELI, **HELP)
    entry = orchard.entry(outcome)
    assert (entry.kind, entry.family, entry.entered_by, entry.confirmed_by) == ("hours", "exchange", ELI, None)
    assert entry.texts == {"narration": "Weeding, 1:30: Dee for Eli"}
    assert (minutes(orchard, DEE), minutes(orchard, ELI)) == (90, -90)


def test_help_written_down_by_who_gave_it_waits_for_the_other(orchard: Orchard) -> None:
    outcome = orchard.record("hours", DEE, **HELP)
    assert outcome.posted is None
    assert numbers(orchard, ELI) == [outcome.agreement_id]
    assert numbers(orchard, DEE) == []
    assert minutes(orchard, DEE) == 0


def test_a_yes_posts_the_claim_with_its_second_person(orchard: Orchard) -> None:
    claimed = orchard.record("hours", DEE, **HELP, note="Thank you")
    entry = orchard.entry(orchard.confirm(claimed.agreement_id, ELI))
    assert (entry.entered_by, entry.confirmed_by, entry.agreement_id) == (DEE, ELI, claimed.agreement_id)
    assert entry.texts["note"] == "Thank you"
    assert entry.facts == "{}"
    assert (minutes(orchard, DEE), minutes(orchard, ELI)) == (90, -90)
    assert numbers(orchard, ELI) == []


def test_a_claim_holds_nothing_that_the_books_hold(orchard: Orchard) -> None:
    claimed = orchard.record("hours", DEE, **HELP)
    orchard.confirm(claimed.agreement_id, ELI)
    with reading(orchard.engine, SLUG) as books:
        body = books.connection.scalar(select(agreement.c.body))
        assert entry_of(books, claimed.agreement_id or 0)
        claim = find_claim(books, claimed.agreement_id or 0)
    assert json.loads(str(body)) == {"entered_by": DEE, "kind": "hours", "on_behalf_of": None}
    assert (claim.state, claim.kind, claim.draft, claim.is_open) == ("confirmed", None, None, False)


def test_every_move_of_a_claim_is_kept(orchard: Orchard) -> None:
    claimed = orchard.record("hours", DEE, **HELP)
    orchard.confirm(claimed.agreement_id, ELI)
    moves = agreement_move.c
    with reading(orchard.engine, SLUG) as books:
        query = select(moves.from_state, moves.to_state, moves.moved_by).order_by(moves.move_no)
        rows = books.connection.execute(query).all()
    assert [tuple(row) for row in rows] == [(None, "waiting", DEE), ("waiting", "confirmed", ELI)]


def test_who_wrote_it_down_sees_what_still_waits(orchard: Orchard) -> None:
    claimed = orchard.record("hours", DEE, **HELP)
    with reading(orchard.engine, SLUG) as books:
        (claim,) = written_by(books, DEE)
        assert written_by(books, ELI) == []
    assert claim.agreement_id == claimed.agreement_id
    assert claim.kind is not None
    assert claim.draft is not None
    assert claim.draft.narration == "Weeding, 1:30: Dee for Eli"
    assert claim.opened_at.endswith("Z")


def test_what_is_recorded_passes_verify(orchard: Orchard) -> None:
    orchard.record("hours", ELI, **HELP)
    orchard.confirm(orchard.record("barter", DEE, **SWAP).agreement_id, ELI)
    with reading(orchard.engine, SLUG) as books:
        assert checks.verify(books).ok


# no, and taken back


def test_a_declined_claim_posts_nothing_and_says_why(orchard: Orchard) -> None:
    claimed = orchard.record("hours", DEE, **HELP, note="Private words")
    number = claimed.agreement_id or 0
    with writing(orchard.engine, SLUG) as unit:
        assert decline(unit, number, Actors(ELI), new_key(), " It was one hour ") == Recorded(None, number)
    with reading(orchard.engine, SLUG) as books:
        claim = find_claim(books, number)
        assert entry_of(books, number) is None
    assert (claim.state, claim.reason) == ("declined", "It was one hour")
    assert claim.kind is not None
    assert claim.kind.note is None
    assert not claim.waits_for
    assert minutes(orchard, DEE) == 0


def test_a_claim_can_be_taken_back_by_who_wrote_it_down(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id or 0
    with pytest.raises(NotAllowed), writing(orchard.engine, SLUG) as unit:
        withdraw(unit, number, Actors(CAI), new_key())
    with writing(orchard.engine, SLUG) as unit:
        withdraw(unit, number, Actors(DEE), new_key())
    with reading(orchard.engine, SLUG) as books:
        assert find_claim(books, number).state == "withdrawn"
        assert waiting(books) == []


@pytest.mark.parametrize("settle", [decline, withdraw])
def test_a_settled_claim_stays_so(orchard: Orchard, settle: Any) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id or 0
    orchard.confirm(number, ELI)
    with pytest.raises(AlreadySettled), writing(orchard.engine, SLUG) as unit:
        settle(unit, number, Actors(DEE), new_key())
    with pytest.raises(AlreadySettled):
        orchard.confirm(number, ELI)


def test_nothing_is_said_to_a_claim_that_does_not_exist(orchard: Orchard) -> None:
    with pytest.raises(UnknownAgreement):
        orchard.confirm(7, ELI)


@pytest.mark.parametrize("person", [CAI, OPERATOR])
def test_only_the_other_side_says_yes(orchard: Orchard, person: int) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id
    with pytest.raises(NotAllowed):
        orchard.confirm(number, person)


def test_nobody_says_yes_to_what_they_wrote_down(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id
    with pytest.raises(OwnApproval):
        orchard.confirm(number, DEE)


def test_a_second_person_is_never_named_by_the_first(orchard: Orchard) -> None:
    kind = fill("hours", day=orchard.today, **HELP)
    with pytest.raises(NotAllowed), writing(orchard.engine, SLUG) as unit:
        record(unit, kind, Actors(DEE, confirmed_by=ELI), new_key())


# keys


def test_the_same_form_twice_is_one_entry(orchard: Orchard) -> None:
    key = new_key()
    first, again = orchard.record("hours", ELI, key, **HELP), orchard.record("hours", ELI, key, **HELP)
    assert first.posted is not None
    assert again == Recorded(Posted(first.posted.entry_id, was_there=True))
    assert minutes(orchard, DEE) == 90


def test_the_same_form_twice_is_one_claim(orchard: Orchard) -> None:
    key = new_key()
    first = orchard.record("hours", DEE, key, **HELP)
    assert orchard.record("hours", DEE, key, **HELP) == first
    orchard.confirm(first.agreement_id, ELI)
    assert orchard.record("hours", DEE, key, **HELP) == first
    assert minutes(orchard, DEE) == 90


def test_the_same_yes_twice_is_one_entry(orchard: Orchard) -> None:
    number, key = orchard.record("hours", DEE, **HELP).agreement_id, new_key()
    first, again = orchard.confirm(number, ELI, key), orchard.confirm(number, ELI, key)
    assert first.posted is not None
    assert again == Recorded(Posted(first.posted.entry_id, was_there=True), number)


@pytest.mark.parametrize("settle", [decline, withdraw])
def test_the_same_no_twice_is_one_move(orchard: Orchard, settle: Any) -> None:
    number, key = orchard.record("hours", DEE, **HELP).agreement_id or 0, new_key()
    person = ELI if settle is decline else DEE
    for _ in range(2):
        with writing(orchard.engine, SLUG) as unit:
            assert settle(unit, number, Actors(person), key) == Recorded(None, number)


@pytest.mark.parametrize("writer", [DEE, ELI])
@pytest.mark.parametrize("other", [{"minutes": 60}, {"what": "Pruning"}, {"note": "More"}])
def test_a_key_that_stands_for_something_else_is_refused(orchard: Orchard, writer: int, other: dict[str, Any]) -> None:
    key = new_key()
    orchard.record("hours", writer, key, **HELP)
    with pytest.raises(KeyReused):
        orchard.record("hours", writer, key, **HELP | other)


def test_a_key_of_one_claim_says_yes_to_no_other(orchard: Orchard) -> None:
    key = new_key()
    first, second = orchard.record("hours", DEE, **HELP), orchard.record("hours", DEE, **HELP)
    orchard.confirm(first.agreement_id, ELI, key)
    with pytest.raises(KeyReused):
        orchard.confirm(second.agreement_id, ELI, key)


def test_the_first_result_is_given_even_where_the_rules_refuse_by_now(orchard: Orchard) -> None:
    orchard.give("TNK", 1000)
    key, cost = new_key(), {"what": "Pipe", "amount": 1000, "fund": "TNK", "account": "6300", "paid_from": "1000"}
    first = orchard.record("cost", BEA, key, **cost)
    assert orchard.record("cost", BEA, key, **cost).posted == Posted(first.posted.entry_id if first.posted else 0, True)


# late and again


def test_late_hours_are_posted_today_and_name_their_day(orchard: Orchard) -> None:
    day, key = orchard.ago(40), new_key()
    close_month(orchard, day)
    first = orchard.record("hours", ELI, key, **HELP, day=day)
    entry = orchard.entry(first)
    assert (entry.effective_on, entry.about_on) == (orchard.today, day)
    assert orchard.record("hours", ELI, key, **HELP, day=day).posted == Posted(entry.entry_id, was_there=True)


def test_a_claim_whose_month_was_closed_meanwhile_is_posted_today(orchard: Orchard) -> None:
    day = orchard.ago(40)
    number = orchard.record("hours", DEE, **HELP, day=day).agreement_id
    close_month(orchard, day)
    entry = orchard.entry(orchard.confirm(number, ELI))
    assert (entry.effective_on, entry.about_on) == (orchard.today, day)


def test_what_was_taken_back_is_said_anew_with_a_link(orchard: Orchard) -> None:
    first = orchard.entry(orchard.record("hours", ELI, **HELP, day=orchard.ago(2)))
    with writing(orchard.engine, SLUG) as unit:
        reverse(unit, first.entry_id, "It was an hour", Actors(BEA), new_key())
    anew = orchard.entry(orchard.record("hours", ELI, **HELP | {"minutes": 60}, corrects=first.entry_id))
    assert (anew.corrects, anew.about_on) == (first.entry_id, first.effective_on)
    assert minutes(orchard, DEE) == 60


def test_a_correction_on_the_same_day_is_about_no_other_day(orchard: Orchard) -> None:
    first = orchard.entry(orchard.record("hours", ELI, **HELP))
    with writing(orchard.engine, SLUG) as unit:
        reverse(unit, first.entry_id, "It was an hour", Actors(BEA), new_key())
    claimed = orchard.record("hours", DEE, **HELP, corrects=first.entry_id)
    anew = orchard.entry(orchard.confirm(claimed.agreement_id, ELI))
    assert (anew.corrects, anew.about_on) == (first.entry_id, None)


def test_what_stands_is_not_said_anew(orchard: Orchard) -> None:
    first = orchard.entry(orchard.record("hours", ELI, **HELP))
    with pytest.raises(NotTakenBack):
        orchard.record("hours", ELI, **HELP, corrects=first.entry_id)
    with pytest.raises(UnknownEntry):
        orchard.record("hours", ELI, **HELP, corrects=9999)


# for others


def test_an_organiser_writes_down_for_someone_on_paper(orchard: Orchard) -> None:
    entry = orchard.entry(orchard.record("hours", ANA, **HELP, on_behalf_of=ELI))
    assert (entry.entered_by, entry.on_behalf_of) == (ANA, ELI)


def test_an_organiser_says_yes_for_someone_on_paper(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id
    entry = orchard.entry(orchard.confirm(number, ANA, behalf=ELI))
    assert entry.confirmed_by == ANA
    assert json.loads(entry.facts) == {"said_yes": [[ANA, ELI]]}


def test_a_member_says_yes_for_nobody_else(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id
    for person in (CAI, OPERATOR):
        with pytest.raises(NotAllowed):
            orchard.confirm(number, person, behalf=ELI)


def test_an_organiser_says_yes_for_nobody_they_trade_with(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP | {"helpers": (DEE, ANA)}).agreement_id
    with pytest.raises(OwnApproval):
        orchard.confirm(number, ANA, behalf=ELI)


def test_the_operator_writes_down_and_waits_for_the_receiver(orchard: Orchard) -> None:
    number = orchard.record("hours", OPERATOR, **HELP).agreement_id
    assert orchard.entry(orchard.confirm(number, ELI)).entered_by == OPERATOR


# swaps and sessions


def test_a_swap_stands_when_the_other_has_said_yes(orchard: Orchard) -> None:
    offered = orchard.record("barter", DEE, **SWAP)
    with reading(orchard.engine, SLUG) as books:
        assert find_claim(books, offered.agreement_id or 0).state == "offered"
    entry = orchard.entry(orchard.confirm(offered.agreement_id, ELI))
    assert (entry.family, entry.agreement_id) == ("barter", offered.agreement_id)
    with reading(orchard.engine, SLUG) as books:
        assert find_claim(books, offered.agreement_id or 0).state == "closed"


def test_a_round_of_three_stands_when_the_last_has_said_yes(orchard: Orchard) -> None:
    pairs = ((DEE, ELI), (ELI, CAI), (CAI, DEE))
    legs = tuple(Leg(giver=giver, receiver=taker, what="Jam", value=1200) for giver, taker in pairs)
    number = orchard.record("barter", DEE, legs=legs).agreement_id
    assert orchard.confirm(number, CAI).posted is None
    assert (numbers(orchard, CAI), numbers(orchard, ELI)) == ([], [number])
    with pytest.raises(NotAllowed):
        orchard.confirm(number, CAI)
    entry = orchard.entry(orchard.confirm(number, ELI))
    assert entry.confirmed_by == ELI
    assert json.loads(entry.facts) == {"said_yes": [[CAI, CAI], [ELI, ELI]]}


def test_a_session_that_guests_share_waits_for_each_of_them(orchard: Orchard) -> None:
    session: dict[str, Any] = {"what": "Pruning", "leaders": (DEE,), "minutes": 60, "mode": "shared", "guests": (ELI, CAI)}
    number = orchard.record("group-session", DEE, **session).agreement_id
    orchard.confirm(number, ELI)
    orchard.confirm(number, CAI)
    assert [minutes(orchard, one) for one in (DEE, ELI, CAI)] == [60, -30, -30]


# refused


def test_what_the_rules_refuse_is_not_even_claimed(orchard: Orchard) -> None:
    with pytest.raises(DayTooLate):
        orchard.record("hours", DEE, **HELP, day=orchard.ago(-1))
    with reading(orchard.engine, SLUG) as books:
        assert waiting(books) == []
        assert list(journal.rows(books)) == []
