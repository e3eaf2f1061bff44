"""What people write down is posted at once, or waits for those whose word it needs."""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from ledger import checks
from ledger.chain import hashing
from ledger.core.errors import DayTooLate, KeyReused, PeriodClosed, UnknownEntry
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import queries
from ledger.journal.balances import member_minutes
from ledger.journal.idempotency import Actors, Posted
from ledger.journal.reversal import reverse
from ledger.kinds.barter.legs import Leg
from ledger.models import agreement, agreement_move
from ledger.workflow.record import (
    NotTakenBack,
    RecordResult,
    decline,
    entry_of,
    find_claim,
    waiting,
    waiting_for,
    withdraw,
    written_by,
)
from ledger.workflow.state_machine import AlreadySettled
from tests.communities.small_community import BEA, DEE, ELI, SLUG, SmallCommunity, new_key

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


# at once, or waiting


def test_help_written_down_by_who_received_it_is_posted_at_once(community: SmallCommunity) -> None:
    outcome = community.record("hours", ELI, **HELP)
    entry = community.entry(outcome)
    assert (entry.kind, entry.family, entry.entered_by, entry.confirmed_by) == ("hours", "exchange", ELI, None)
    assert entry.texts == {"narration": "Weeding, 1:30: Dee for Eli", "subject": "Weeding"}
    assert (minutes(community, DEE), minutes(community, ELI)) == (90, -90)


def test_help_written_down_by_who_gave_it_waits_for_the_other(community: SmallCommunity) -> None:
    outcome = community.record("hours", DEE, **HELP)
    assert outcome.posted is None
    assert numbers(community, ELI) == [outcome.agreement_id]
    assert numbers(community, DEE) == []
    assert minutes(community, DEE) == 0


def test_a_yes_posts_the_claim_with_its_second_person(community: SmallCommunity) -> None:
    claimed = community.record("hours", DEE, **HELP, note="Thank you")
    entry = community.entry(community.confirm(claimed.agreement_id, ELI))
    assert (entry.entered_by, entry.confirmed_by, entry.agreement_id) == (DEE, ELI, claimed.agreement_id)
    assert entry.texts["note"] == "Thank you"
    assert entry.facts == "{}"
    assert (minutes(community, DEE), minutes(community, ELI)) == (90, -90)
    assert numbers(community, ELI) == []


def test_a_claim_holds_nothing_that_the_books_hold(community: SmallCommunity) -> None:
    claimed = community.record("hours", DEE, **HELP)
    community.confirm(claimed.agreement_id, ELI)
    with read_books(community.engine, SLUG) as books:
        body = books.connection.scalar(select(agreement.c.body))
        assert entry_of(books, claimed.agreement_id or 0)
        claim = find_claim(books, claimed.agreement_id or 0)
    assert json.loads(str(body)) == {"entered_by": DEE, "kind": "hours", "on_behalf_of": None}
    assert (claim.state, claim.kind, claim.draft, claim.is_open) == ("confirmed", None, None, False)


def test_every_move_of_a_claim_is_kept(community: SmallCommunity) -> None:
    claimed = community.record("hours", DEE, **HELP)
    community.confirm(claimed.agreement_id, ELI)
    moves = agreement_move.c
    with read_books(community.engine, SLUG) as books:
        query = select(moves.from_state, moves.to_state, moves.moved_by).order_by(moves.move_no)
        rows = books.connection.execute(query).all()
    assert [tuple(row) for row in rows] == [(None, "waiting", DEE), ("waiting", "confirmed", ELI)]


def test_who_wrote_it_down_sees_what_still_waits(community: SmallCommunity) -> None:
    claimed = community.record("hours", DEE, **HELP)
    with read_books(community.engine, SLUG) as books:
        (claim,) = written_by(books, DEE)
        assert written_by(books, ELI) == []
    assert claim.agreement_id == claimed.agreement_id
    assert claim.kind is not None
    assert claim.draft is not None
    assert claim.draft.narration == "Weeding, 1:30: Dee for Eli"
    assert claim.opened_at.endswith("Z")


def test_what_is_recorded_passes_verify(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP)
    community.confirm(community.record("barter", DEE, **SWAP).agreement_id, ELI)
    with read_books(community.engine, SLUG) as books:
        assert checks.verify(books).ok


# keys


def test_the_same_form_twice_is_one_entry(community: SmallCommunity) -> None:
    key = new_key()
    first, again = community.record("hours", ELI, key, **HELP), community.record("hours", ELI, key, **HELP)
    assert first.posted is not None
    assert again == RecordResult(Posted(first.posted.entry_id, was_there=True))
    assert minutes(community, DEE) == 90


def test_the_same_form_twice_is_one_claim(community: SmallCommunity) -> None:
    key = new_key()
    first = community.record("hours", DEE, key, **HELP)
    assert community.record("hours", DEE, key, **HELP) == first
    community.confirm(first.agreement_id, ELI)
    assert community.record("hours", DEE, key, **HELP) == first
    assert minutes(community, DEE) == 90


@pytest.mark.parametrize("writer", [DEE, ELI])
def test_the_same_form_many_times_at_once_is_done_once(community: SmallCommunity, writer: int) -> None:
    key = new_key()
    with ThreadPoolExecutor(8) as people:
        outcomes = list(people.map(lambda _: community.record("hours", writer, key, **HELP), range(8)))
    assert len({(one.agreement_id, one.posted and one.posted.entry_id) for one in outcomes}) == 1
    with read_books(community.engine, SLUG) as books:
        assert len(waiting(books)) + len(queries.entries(books).entries) == 1


def test_many_yes_at_once_post_one_entry(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id

    def says_yes(_: int) -> bool:
        try:
            return community.confirm(number, ELI).posted is not None
        except AlreadySettled:
            return False

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(says_yes, range(8))) == 1
    assert minutes(community, DEE) == 90


def test_the_same_yes_twice_is_one_entry(community: SmallCommunity) -> None:
    number, key = community.record("hours", DEE, **HELP).agreement_id, new_key()
    first, again = community.confirm(number, ELI, key), community.confirm(number, ELI, key)
    assert first.posted is not None
    assert again == RecordResult(Posted(first.posted.entry_id, was_there=True), number)


@pytest.mark.parametrize("settle", [decline, withdraw])
def test_the_same_no_twice_is_one_move(community: SmallCommunity, settle: Any) -> None:
    number, key = community.record("hours", DEE, **HELP).agreement_id or 0, new_key()
    person = ELI if settle is decline else DEE
    for _ in range(2):
        with write_books(community.engine, SLUG) as unit:
            assert settle(unit, number, Actors(person), key) == RecordResult(None, number)


@pytest.mark.parametrize("writer", [DEE, ELI])
@pytest.mark.parametrize("other", [{"minutes": 60}, {"what": "Pruning"}, {"note": "More"}])
def test_a_key_that_stands_for_something_else_is_refused(
    community: SmallCommunity, writer: int, other: dict[str, Any]
) -> None:
    key = new_key()
    community.record("hours", writer, key, **HELP)
    with pytest.raises(KeyReused):
        community.record("hours", writer, key, **HELP | other)


def test_a_key_of_one_claim_says_yes_to_no_other(community: SmallCommunity) -> None:
    key = new_key()
    first, second = community.record("hours", DEE, **HELP), community.record("hours", DEE, **HELP)
    community.confirm(first.agreement_id, ELI, key)
    with pytest.raises(KeyReused):
        community.confirm(second.agreement_id, ELI, key)


def test_the_first_result_is_given_even_where_the_rules_refuse_by_now(community: SmallCommunity) -> None:
    community.donate("TNK", 1000)
    key, cost = new_key(), {"what": "Pipe", "amount": 1000, "fund": "TNK", "account": "6300", "paid_from": "1000"}
    first = community.record("cost", BEA, key, **cost)
    assert community.record("cost", BEA, key, **cost).posted == Posted(
        first.posted.entry_id if first.posted else 0, True
    )


# late and again


def test_late_hours_are_posted_today_and_name_their_day(community: SmallCommunity) -> None:
    day, key = community.ago(40), new_key()
    close_month(community, day)
    first = community.record("hours", ELI, key, **HELP, day=day)
    entry = community.entry(first)
    assert (entry.effective_on, entry.about_on) == (community.today, day)
    assert community.record("hours", ELI, key, **HELP, day=day).posted == Posted(entry.entry_id, was_there=True)


def test_where_the_month_of_today_is_closed_nothing_is_posted(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP)
    close_month(community, community.today)
    with pytest.raises(PeriodClosed):
        community.record("hours", ELI, **HELP)


def test_a_claim_whose_month_was_closed_meanwhile_is_posted_today(community: SmallCommunity) -> None:
    day = community.ago(40)
    number = community.record("hours", DEE, **HELP, day=day).agreement_id
    close_month(community, day)
    entry = community.entry(community.confirm(number, ELI))
    assert (entry.effective_on, entry.about_on) == (community.today, day)


def test_what_was_taken_back_is_said_anew_with_a_link(community: SmallCommunity) -> None:
    first = community.entry(community.record("hours", ELI, **HELP, day=community.ago(2)))
    with write_books(community.engine, SLUG) as unit:
        reverse(unit, first.entry_id, "It was an hour", Actors(BEA), new_key())
    anew = community.entry(community.record("hours", ELI, **HELP | {"minutes": 60}, corrects=first.entry_id))
    assert (anew.corrects, anew.about_on) == (first.entry_id, first.effective_on)
    assert minutes(community, DEE) == 60


def test_a_correction_on_the_same_day_is_about_no_other_day(community: SmallCommunity) -> None:
    first = community.entry(community.record("hours", ELI, **HELP))
    with write_books(community.engine, SLUG) as unit:
        reverse(unit, first.entry_id, "It was an hour", Actors(BEA), new_key())
    claimed = community.record("hours", DEE, **HELP, corrects=first.entry_id)
    anew = community.entry(community.confirm(claimed.agreement_id, ELI))
    assert (anew.corrects, anew.about_on) == (first.entry_id, None)


def test_what_stands_is_not_said_anew(community: SmallCommunity) -> None:
    first = community.entry(community.record("hours", ELI, **HELP))
    with pytest.raises(NotTakenBack):
        community.record("hours", ELI, **HELP, corrects=first.entry_id)
    with pytest.raises(UnknownEntry):
        community.record("hours", ELI, **HELP, corrects=9999)


# refused


def test_what_the_rules_refuse_is_not_even_claimed(community: SmallCommunity) -> None:
    with pytest.raises(DayTooLate):
        community.record("hours", DEE, **HELP, day=community.ago(-1))
    with read_books(community.engine, SLUG) as books:
        assert waiting(books) == []
        assert queries.entries(books).entries == ()
