"""Limits that a community chose: set and struck in the chain, kept by the database, lifted for one entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from ledger import checks
from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import FieldWrong, NotAllowed, OverLimit, UnknownDecision
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.journal.reversal import reverse
from ledger.kinds.time.time_accounts import member_time
from ledger.limits import limit_rules
from ledger.limits.limit_rules import EVERYONE, Limits, owner_key, set_rule
from ledger.limits.limit_status import get_limit_status, owners_past_talk_level
from ledger.models import account, act, balance
from ledger.registers import members, store
from ledger.registers.communities import OPERATOR
from ledger.registers.records import LimitRule, Partner
from ledger.registers.registry import PARTNERS
from ledger.workflow.limit_override import post_past_limits
from tests.ledger.orchard import ANA, BEA, CAI, DEE, ELI, SLUG, Orchard, new_key

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 60}
TEN = LimitRule(talk_low_minutes=-60, stop_low_minutes=-120, stop_high_minutes=600, decision="A-01", why="For a year")


def choose(orchard: Orchard, whose: str = EVERYONE, rule: LimitRule | None = TEN) -> int:
    decided = rule and replace(rule, decision=rule.decision or "A-01")
    with write_books(orchard.engine, SLUG) as unit:
        return set_rule(unit, whose, decided, entered_by=BEA)


def bounds(orchard: Orchard, owner: int) -> list[tuple[int | None, int | None]]:
    with read_books(orchard.engine, SLUG) as books:
        same = (balance.c.account_id == account.c.account_id) & (balance.c.community_id == account.c.community_id)
        query = select(balance.c.floor, balance.c.ceiling).join(account, same).where(account.c.owner_id == owner)
        return [(row[0], row[1]) for row in books.connection.execute(query)]


def acts(orchard: Orchard) -> int:
    with read_books(orchard.engine, SLUG) as books:
        return int(books.connection.scalar(select(func.count()).where(act.c.kind == "limits")) or 0)


def is_whole(orchard: Orchard) -> bool:
    with read_books(orchard.engine, SLUG) as books:
        return checks.verify(books).ok


# setting


@pytest.mark.unhurried
def test_without_a_choice_one_talks_and_nothing_stops(orchard: Orchard) -> None:
    orchard.record("hours", ELI, **HELP | {"minutes": 700})
    assert bounds(orchard, ELI) == [(None, None)]
    with read_books(orchard.engine, SLUG) as books:
        stands = get_limit_status(books, ELI)
        assert (stands.minutes, stands.is_past, stands.rule.talk_low_minutes) == (-700, "low", -600)
        assert get_limit_status(books, DEE).is_past is None
        assert [one.party_id for one in owners_past_talk_level(books)] == [ELI]


@pytest.mark.unhurried
def test_a_rule_reaches_accounts_there_are_and_accounts_to_come(orchard: Orchard) -> None:
    orchard.record("hours", ELI, **HELP)
    assert choose(orchard) == 2
    orchard.record("hours", CAI, **HELP | {"receiver": CAI})
    assert [bounds(orchard, one) for one in (DEE, ELI, CAI)] == [[(-600, 120)]] * 3
    assert choose(orchard, rule=None) == 3
    assert bounds(orchard, CAI) == [(None, None)]
    assert is_whole(orchard)


@pytest.mark.unhurried
def test_the_nearest_rule_counts_whole(orchard: Orchard) -> None:
    orchard.record("hours", ELI, **HELP)
    choose(orchard)
    choose(orchard, owner_key(ELI), LimitRule(stop_low_minutes=-300))
    choose(orchard, "member", LimitRule(stop_low_minutes=-900))
    assert (bounds(orchard, ELI), bounds(orchard, DEE)) == ([(None, 300)], [(None, 900)])


@pytest.mark.unhurried
def test_a_rule_stands_with_its_day_its_writer_and_its_decision(orchard: Orchard) -> None:
    orchard.record("hours", ELI, **HELP)
    choose(orchard)
    choose(orchard, rule=None)
    with read_books(orchard.engine, SLUG) as books:
        struck, made = limit_rules.rule_history(books)
        decided = set(books.connection.scalars(select(act.c.decision_id).where(act.c.kind == "limits")))
    assert (made.whose, made.rule, made.entered_by, struck.rule) == (EVERYONE, TEN, BEA, None)
    assert made.recorded_at < struck.recorded_at or made.act_id < struck.act_id
    assert decided == {1, None}


@pytest.mark.unhurried
@pytest.mark.parametrize(
    "rule",
    [
        LimitRule(talk_low_minutes=5),
        LimitRule(stop_high_minutes=-5),
        LimitRule(stop_low_minutes=0, stop_high_minutes=0),
        LimitRule(talk_low_minutes=-60, stop_low_minutes=-30),
        LimitRule(talk_high_minutes=60, stop_high_minutes=30),
    ],
)
def test_levels_that_cross_are_refused(orchard: Orchard, rule: LimitRule) -> None:
    with pytest.raises(FieldWrong):
        choose(orchard, rule=rule)


def test_a_rule_rests_on_a_decision_that_there_is(orchard: Orchard) -> None:
    with pytest.raises(UnknownDecision):
        choose(orchard, rule=LimitRule(stop_low_minutes=-60, decision="A-99"))


def test_a_stop_rests_on_a_decision_and_a_talk_does_not(orchard: Orchard) -> None:
    with write_books(orchard.engine, SLUG) as unit, pytest.raises(FieldWrong, match="rests on a decision"):
        set_rule(unit, EVERYONE, LimitRule(stop_low_minutes=-60), entered_by=BEA)
    with write_books(orchard.engine, SLUG) as unit:
        assert set_rule(unit, EVERYONE, LimitRule(talk_low_minutes=-60), entered_by=BEA) == 0


def test_partners_have_what_was_agreed_with_them(orchard: Orchard) -> None:
    with write_books(orchard.engine, SLUG) as unit:
        near, far = (members.add_party(unit, "peer", name, entered_by=OPERATOR) for name in ("Near", "Far"))
        agreed = Partner(party_id=near, code="near", limit_they_owe_minutes=300, limit_we_owe_minutes=None)
        store.write(unit, [PARTNERS.change(agreed)], entered_by=OPERATOR)
        found = Limits.of(unit)
    assert found.rule("peer", near) == LimitRule(talk_low_minutes=-300)
    assert found.rule("peer", far) == LimitRule(talk_low_minutes=-1200, talk_high_minutes=1200)
    assert [found.of_whose(one).talk_low_minutes for one in ("pot", "household", EVERYONE)] == [-1200, -600, -600]


def test_a_policy_that_blocks_new_spending_is_a_stop(orchard: Orchard) -> None:
    orchard.choose({"time.limit_action": "block new spending"})
    with pytest.raises(OverLimit):
        orchard.record("hours", ELI, **HELP | {"minutes": 601})
    orchard.record("hours", ELI, **HELP | {"minutes": 600})
    assert bounds(orchard, ELI) == [(None, 600)]


# kept


@pytest.mark.unhurried
def test_what_does_not_fit_is_refused_when_it_is_proposed(orchard: Orchard) -> None:
    choose(orchard)
    orchard.record("hours", DEE, **HELP | {"minutes": 100})
    with pytest.raises(OverLimit, match="for: Eli"):
        orchard.record("hours", DEE, **HELP)
    with pytest.raises(OverLimit, match="stand at 0:00, and this would make it −2:40"):
        orchard.record("hours", ELI, **HELP)
    assert orchard.record("hours", ELI, **HELP | {"minutes": 20}).posted


def test_what_fits_is_confirmed_into_its_room(orchard: Orchard) -> None:
    choose(orchard)
    number = orchard.record("hours", DEE, **HELP | {"minutes": 120}).agreement_id
    assert orchard.confirm(number, ELI).posted


def test_a_limit_set_tighter_meanwhile_is_heard_at_the_yes(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id
    choose(orchard, rule=LimitRule(stop_low_minutes=-30))
    with pytest.raises(OverLimit, match="for: Eli"):
        orchard.confirm(number, ELI)


@pytest.mark.unhurried
def test_back_toward_nought_always_goes_and_a_mistake_is_always_taken_back(orchard: Orchard) -> None:
    first = orchard.record("hours", ELI, **HELP | {"minutes": 500})
    back = orchard.record("hours", DEE, helpers=(ELI,), receiver=DEE, minutes=90)
    choose(orchard, rule=LimitRule(stop_low_minutes=-30))
    assert orchard.record("hours", DEE, helpers=(ELI,), receiver=DEE, minutes=60).posted
    with write_books(orchard.engine, SLUG) as unit:
        reverse(unit, orchard.entry(back).entry_id, "twice", Actors(BEA), new_key())
    assert orchard.entry(first).entry_id
    assert is_whole(orchard)


# one entry


@pytest.mark.unhurried
def test_one_entry_passes_between_two_acts_and_the_limit_stands_again(orchard: Orchard) -> None:
    choose(orchard)
    before = acts(orchard)
    key, far = new_key(), {**HELP, "minutes": 200, "on_behalf_of": ELI, "lift": "We talked"}
    entry = orchard.entry(orchard.record("hours", BEA, key, **far))
    assert (entry.texts["reason"], entry.facts) == ("We talked", '{"passes_limit":true}')
    assert bounds(orchard, ELI) == [(-600, 120)]
    opened = 2
    assert acts(orchard) == before + opened + 2
    with read_books(orchard.engine, SLUG) as books:
        named = select(act.c.act_id).where(act.c.facts.contains(f'"entry":{entry.entry_id}'))
        assert list(books.connection.scalars(named.order_by(act.c.act_id))) == [entry.entry_id - 1, entry.entry_id + 1]
    assert orchard.entry(orchard.record("hours", BEA, key, **far)) == entry
    with pytest.raises(OverLimit):
        orchard.record("hours", ELI, **HELP)
    assert is_whole(orchard)


@pytest.mark.unhurried
def test_the_same_key_passes_once(orchard: Orchard) -> None:
    choose(orchard)
    lines = (PostingDraft(member_time(ELI), 200), PostingDraft(member_time(DEE), -200))
    draft = EntryDraft(kind="journal", family=OTHER, effective_on=orchard.today, postings=lines)
    key, seen = new_key(), []
    for _ in range(2):
        with write_books(orchard.engine, SLUG) as unit:
            seen.append((post_past_limits(unit, draft, Actors(BEA), key).entry_id, unit.head.seq))
    assert seen[0] == seen[1]


def test_far_past_it_waits_for_a_second_person_and_keeps_no_room(orchard: Orchard) -> None:
    choose(orchard)
    far = {**HELP, "minutes": 500, "on_behalf_of": ELI, "lift": "We talked"}
    number = orchard.record("hours", BEA, **far).agreement_id
    with pytest.raises(NotAllowed):
        orchard.confirm(number, DEE)
    entry = orchard.entry(orchard.confirm(number, CAI))
    assert (entry.entered_by, entry.on_behalf_of, entry.confirmed_by) == (BEA, ELI, CAI)
    assert bounds(orchard, ELI) == [(-600, 120)]
    assert is_whole(orchard)


def test_where_the_other_side_is_asked_too_both_say_yes(orchard: Orchard) -> None:
    choose(orchard)
    far = {**HELP, "minutes": 500, "on_behalf_of": DEE, "lift": "We talked"}
    number = orchard.record("hours", BEA, **far).agreement_id
    assert orchard.confirm(number, ELI).posted is None
    assert orchard.confirm(number, ANA).posted
    assert is_whole(orchard)


def test_only_an_office_lets_something_pass(orchard: Orchard) -> None:
    with pytest.raises(NotAllowed):
        orchard.record("hours", ELI, **HELP, lift="Please")


@pytest.mark.unhurried
def test_the_pot_may_be_stopped_and_let_pass(orchard: Orchard) -> None:
    choose(orchard, "pot", LimitRule(stop_low_minutes=-60))
    work: dict[str, Any] = {"helpers": (ELI,), "minutes": 90, "programme": "GARDEN"}
    with pytest.raises(OverLimit):
        orchard.record("community-hours", BEA, **work)
    assert orchard.record("community-hours", BEA, **work, on_behalf_of=ELI, lift="The assembly said so").posted
    assert member_time(ELI) == AccountKey("T2000", "min", "TB", ELI)
