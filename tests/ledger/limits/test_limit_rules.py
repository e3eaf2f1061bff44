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
from tests.communities.small_community import ANA, BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 60}
TEN = LimitRule(talk_low_minutes=-60, stop_low_minutes=-120, stop_high_minutes=600, decision="A-01", why="For a year")


def choose(community: SmallCommunity, whose: str = EVERYONE, rule: LimitRule | None = TEN) -> int:
    decided = rule and replace(rule, decision=rule.decision or "A-01")
    with write_books(community.engine, SLUG) as unit:
        return set_rule(unit, whose, decided, entered_by=BEA)


def bounds(community: SmallCommunity, owner: int) -> list[tuple[int | None, int | None]]:
    with read_books(community.engine, SLUG) as books:
        same = (balance.c.account_id == account.c.account_id) & (balance.c.community_id == account.c.community_id)
        query = select(balance.c.floor, balance.c.ceiling).join(account, same).where(account.c.owner_id == owner)
        return [(row[0], row[1]) for row in books.connection.execute(query)]


def acts(community: SmallCommunity) -> int:
    with read_books(community.engine, SLUG) as books:
        return int(books.connection.scalar(select(func.count()).where(act.c.kind == "limits")) or 0)


def is_whole(community: SmallCommunity) -> bool:
    with read_books(community.engine, SLUG) as books:
        return checks.verify(books).ok


# setting


@pytest.mark.unhurried
def test_without_a_choice_one_talks_and_nothing_stops(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP | {"minutes": 700})
    assert bounds(community, ELI) == [(None, None)]
    with read_books(community.engine, SLUG) as books:
        stands = get_limit_status(books, ELI)
        assert (stands.minutes, stands.is_past, stands.rule.talk_low_minutes) == (-700, "low", -600)
        assert get_limit_status(books, DEE).is_past is None
        assert [one.party_id for one in owners_past_talk_level(books)] == [ELI]


@pytest.mark.unhurried
def test_a_rule_reaches_accounts_there_are_and_accounts_to_come(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP)
    assert choose(community) == 2
    community.record("hours", CAI, **HELP | {"receiver": CAI})
    assert [bounds(community, one) for one in (DEE, ELI, CAI)] == [[(-600, 120)]] * 3
    assert choose(community, rule=None) == 3
    assert bounds(community, CAI) == [(None, None)]
    assert is_whole(community)


@pytest.mark.unhurried
def test_the_nearest_rule_counts_whole(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP)
    choose(community)
    choose(community, owner_key(ELI), LimitRule(stop_low_minutes=-300))
    choose(community, "member", LimitRule(stop_low_minutes=-900))
    assert (bounds(community, ELI), bounds(community, DEE)) == ([(None, 300)], [(None, 900)])


@pytest.mark.unhurried
def test_a_rule_stands_with_its_day_its_writer_and_its_decision(community: SmallCommunity) -> None:
    community.record("hours", ELI, **HELP)
    choose(community)
    choose(community, rule=None)
    with read_books(community.engine, SLUG) as books:
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
def test_levels_that_cross_are_refused(community: SmallCommunity, rule: LimitRule) -> None:
    with pytest.raises(FieldWrong):
        choose(community, rule=rule)


def test_a_rule_rests_on_a_decision_that_there_is(community: SmallCommunity) -> None:
    with pytest.raises(UnknownDecision):
        choose(community, rule=LimitRule(stop_low_minutes=-60, decision="A-99"))


def test_a_stop_rests_on_a_decision_and_a_talk_does_not(community: SmallCommunity) -> None:
    with write_books(community.engine, SLUG) as unit, pytest.raises(FieldWrong, match="rests on a decision"):
        set_rule(unit, EVERYONE, LimitRule(stop_low_minutes=-60), entered_by=BEA)
    with write_books(community.engine, SLUG) as unit:
        assert set_rule(unit, EVERYONE, LimitRule(talk_low_minutes=-60), entered_by=BEA) == 0


def test_partners_have_what_was_agreed_with_them(community: SmallCommunity) -> None:
    with write_books(community.engine, SLUG) as unit:
        near, far = (members.add_party(unit, "peer", name, entered_by=OPERATOR) for name in ("Near", "Far"))
        agreed = Partner(party_id=near, code="near", limit_they_owe_minutes=300, limit_we_owe_minutes=None)
        store.write(unit, [PARTNERS.change(agreed)], entered_by=OPERATOR)
        found = Limits.of(unit)
    assert found.rule("peer", near) == LimitRule(talk_low_minutes=-300)
    assert found.rule("peer", far) == LimitRule(talk_low_minutes=-1200, talk_high_minutes=1200)
    assert [found.of_whose(one).talk_low_minutes for one in ("pot", "household", EVERYONE)] == [-1200, -600, -600]


def test_a_policy_that_blocks_new_spending_is_a_stop(community: SmallCommunity) -> None:
    community.set_policies({"time.limit_action": "block new spending"})
    with pytest.raises(OverLimit):
        community.record("hours", ELI, **HELP | {"minutes": 601})
    community.record("hours", ELI, **HELP | {"minutes": 600})
    assert bounds(community, ELI) == [(None, 600)]


# kept


@pytest.mark.unhurried
def test_what_does_not_fit_is_refused_when_it_is_proposed(community: SmallCommunity) -> None:
    choose(community)
    community.record("hours", DEE, **HELP | {"minutes": 100})
    with pytest.raises(OverLimit, match="for: Eli"):
        community.record("hours", DEE, **HELP)
    with pytest.raises(OverLimit, match="stand at 0:00, and this would make it −2:40"):
        community.record("hours", ELI, **HELP)
    assert community.record("hours", ELI, **HELP | {"minutes": 20}).posted


def test_what_fits_is_confirmed_into_its_room(community: SmallCommunity) -> None:
    choose(community)
    number = community.record("hours", DEE, **HELP | {"minutes": 120}).agreement_id
    assert community.confirm(number, ELI).posted


def test_a_limit_set_tighter_meanwhile_is_heard_at_the_yes(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    choose(community, rule=LimitRule(stop_low_minutes=-30))
    with pytest.raises(OverLimit, match="for: Eli"):
        community.confirm(number, ELI)


@pytest.mark.unhurried
def test_back_toward_nought_always_goes_and_a_mistake_is_always_taken_back(community: SmallCommunity) -> None:
    first = community.record("hours", ELI, **HELP | {"minutes": 500})
    back = community.record("hours", DEE, helpers=(ELI,), receiver=DEE, minutes=90)
    choose(community, rule=LimitRule(stop_low_minutes=-30))
    assert community.record("hours", DEE, helpers=(ELI,), receiver=DEE, minutes=60).posted
    with write_books(community.engine, SLUG) as unit:
        reverse(unit, community.entry(back).entry_id, "twice", Actors(BEA), new_key())
    assert community.entry(first).entry_id
    assert is_whole(community)


# one entry


@pytest.mark.unhurried
def test_one_entry_passes_between_two_acts_and_the_limit_stands_again(community: SmallCommunity) -> None:
    choose(community)
    before = acts(community)
    key, far = new_key(), {**HELP, "minutes": 200, "on_behalf_of": ELI, "lift": "We talked"}
    entry = community.entry(community.record("hours", BEA, key, **far))
    assert (entry.texts["reason"], entry.facts) == ("We talked", '{"passes_limit":true}')
    assert bounds(community, ELI) == [(-600, 120)]
    opened = 2
    assert acts(community) == before + opened + 2
    with read_books(community.engine, SLUG) as books:
        named = select(act.c.act_id).where(act.c.facts.contains(f'"entry":{entry.entry_id}'))
        assert list(books.connection.scalars(named.order_by(act.c.act_id))) == [entry.entry_id - 1, entry.entry_id + 1]
    assert community.entry(community.record("hours", BEA, key, **far)) == entry
    with pytest.raises(OverLimit):
        community.record("hours", ELI, **HELP)
    assert is_whole(community)


@pytest.mark.unhurried
def test_the_same_key_passes_once(community: SmallCommunity) -> None:
    choose(community)
    lines = (PostingDraft(member_time(ELI), 200), PostingDraft(member_time(DEE), -200))
    draft = EntryDraft(kind="journal", family=OTHER, effective_on=community.today, postings=lines)
    key, seen = new_key(), []
    for _ in range(2):
        with write_books(community.engine, SLUG) as unit:
            seen.append((post_past_limits(unit, draft, Actors(BEA), key).entry_id, unit.head.seq))
    assert seen[0] == seen[1]


def test_far_past_it_waits_for_a_second_person_and_keeps_no_room(community: SmallCommunity) -> None:
    choose(community)
    far = {**HELP, "minutes": 500, "on_behalf_of": ELI, "lift": "We talked"}
    number = community.record("hours", BEA, **far).agreement_id
    with pytest.raises(NotAllowed):
        community.confirm(number, DEE)
    entry = community.entry(community.confirm(number, CAI))
    assert (entry.entered_by, entry.on_behalf_of, entry.confirmed_by) == (BEA, ELI, CAI)
    assert bounds(community, ELI) == [(-600, 120)]
    assert is_whole(community)


def test_where_the_other_side_is_asked_too_both_say_yes(community: SmallCommunity) -> None:
    choose(community)
    far = {**HELP, "minutes": 500, "on_behalf_of": DEE, "lift": "We talked"}
    number = community.record("hours", BEA, **far).agreement_id
    assert community.confirm(number, ELI).posted is None
    assert community.confirm(number, ANA).posted
    assert is_whole(community)


def test_only_an_office_lets_something_pass(community: SmallCommunity) -> None:
    with pytest.raises(NotAllowed):
        community.record("hours", ELI, **HELP, lift="Please")


@pytest.mark.unhurried
def test_the_pot_may_be_stopped_and_let_pass(community: SmallCommunity) -> None:
    choose(community, "pot", LimitRule(stop_low_minutes=-60))
    work: dict[str, Any] = {"helpers": (ELI,), "minutes": 90, "programme": "GARDEN"}
    with pytest.raises(OverLimit):
        community.record("community-hours", BEA, **work)
    assert community.record("community-hours", BEA, **work, on_behalf_of=ELI, lift="The assembly said so").posted
    assert member_time(ELI) == AccountKey("T2000", "min", "TB", ELI)
