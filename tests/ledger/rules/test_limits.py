"""Hours go as far as the community chose; who reads the refusal decides how much it tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.core.drafts import AccountKey, PostingDraft
from ledger.core.errors import NotAllowed, OverLimit
from ledger.kinds.time.time_accounts import member_time
from ledger.limits.account_limits import Bounds
from ledger.rules import POSTING_RULES, apply
from ledger.rules.approval import NOBODY, Asked, asked
from ledger.rules.limits import POT, keeps_within_limits, passed, takes_two_to_pass
from ledger.rules.proposal import Proposal
from tests.ledger.kinds.willow import ANA, BEA, DEE, ELI, GUS, Pages
from tests.ledger.rules.cases import HELP, case, pages, tried

FULL = Bounds(posted=560, ceiling=600)
"""Forty minutes of help are left."""
WORK: dict[str, Any] = {"helpers": (ANA,), "minutes": 60, "programme": "GARDEN"}


def tight(**told: Any) -> Pages:
    return pages(bounded={member_time(BEA): FULL}, **told)


def lifted(by: int, minutes: int = 60, **answers: Any) -> Proposal:
    found = case("hours", by, tight(), **HELP | {"minutes": minutes} | answers)
    return replace(found, lift="We talked, and she comes on Monday")


def refusal(by: int, **answers: Any) -> str:
    with pytest.raises(OverLimit) as refused:
        tried("hours", by, tight(), **HELP | answers)
    assert (refused.value.field == "lift") is (by in (GUS, ELI))
    return str(refused.value)


def test_up_to_the_limit_nothing_is_refused() -> None:
    assert tried("hours", BEA, tight(), **HELP | {"minutes": 40}) == NOBODY


def test_ones_own_refusal_says_what_stands_what_would_be_and_what_to_do() -> None:
    assert refusal(BEA) == (
        "Your hours stand at −9:20, and this would make it −10:20. Here it stops at −10:00. "
        "Make it shorter, wait until you gave or received some, or talk with the treasurer."
    )


def test_the_other_side_reads_no_figure() -> None:
    assert refusal(ANA) == "This does not fit now, for: Bea. Talk together; an organiser or the treasurer can help."


def test_whoever_writes_for_someone_reads_their_figures_and_may_say_why() -> None:
    told = refusal(GUS, on_behalf_of=BEA)
    assert told.startswith("The hours of Bea stand at −9:20")
    assert told.endswith("write why.")
    assert "−" not in refusal(GUS, helpers=(GUS,))
    assert "−9:20" in refusal(ELI, helpers=(ELI,))
    assert refusal(GUS, helpers=(GUS,)).startswith("This does not fit now, for: Bea. Talk with them first.")


def test_an_office_reads_its_own_figures_and_may_say_why() -> None:
    own = pages(bounded={member_time(GUS): FULL})
    with pytest.raises(OverLimit, match=r"^The hours of Gus stand at −9:20") as refused:
        tried("hours", GUS, own, helpers=(ANA,), receiver=GUS, minutes=60)
    assert refused.value.field == "lift"


def test_what_waited_is_refused_without_figures() -> None:
    for writer in (BEA, GUS):
        found = replace(case("hours", writer, tight(), **HELP), waited=True)
        with pytest.raises(OverLimit, match=r"for: Bea\. Talk together") as refused:
            apply(POSTING_RULES, found)
        assert refused.value.field is None


def test_room_that_is_kept_is_not_counted_twice() -> None:
    kept = pages(bounded={member_time(BEA): Bounds(posted=500, held_debit=60, ceiling=600)})
    found = case("hours", BEA, kept, **HELP)
    with pytest.raises(OverLimit):
        apply(POSTING_RULES, found)
    apply(POSTING_RULES, replace(found, has_room=True))


def test_the_pot_stops_where_the_community_chose_so() -> None:
    empty = pages(pot_bounds=Bounds(posted=1190, ceiling=1200))
    with pytest.raises(
        OverLimit, match=r"pot stands at −19:50, and this would make it −20:50\. It stops at −20:00"
    ) as no:
        tried("community-hours", ELI, empty, **WORK)
    assert no.value.field == "lift"
    by_member = case("community-hours", ANA, empty, **WORK)
    assert [(leaf.owner, change, bounds) for leaf, change, bounds in passed(by_member)] == [(0, 60, empty.pot())]
    with pytest.raises(OverLimit) as unseen:
        keeps_within_limits(by_member)
    assert unseen.value.field is None
    assert tried("hours", BEA, empty, **HELP) == NOBODY


def test_all_lines_of_accounts_that_nobody_owns_add_up_to_the_pots_change() -> None:
    found = case("community-hours", ELI, pages(pot_bounds=Bounds(posted=1150, ceiling=1200)), **WORK)
    other = AccountKey("T9000", "min", "TB")
    lines = (PostingDraft(POT, 20), PostingDraft(POT, 10), PostingDraft(other, 40), PostingDraft(member_time(ANA), -70))
    both = replace(found, draft=replace(found.draft, postings=lines))
    assert [(leaf, change) for leaf, change, _ in passed(both)] == [(POT, 70)]


# letting one pass


def test_members_let_nothing_pass() -> None:
    with pytest.raises(NotAllowed):
        apply(POSTING_RULES, lifted(BEA))


def test_an_office_lets_a_little_pass_alone() -> None:
    found = lifted(GUS, on_behalf_of=BEA)
    apply(POSTING_RULES, found)
    assert asked(found) == NOBODY


@pytest.mark.parametrize(("minutes", "alone"), [(340, True), (341, False)])
def test_how_far_one_person_lets_pass_is_a_policy(minutes: int, alone: bool) -> None:
    assert takes_two_to_pass(lifted(GUS, minutes=minutes, on_behalf_of=BEA)) is not alone


def test_a_stop_at_nought_is_a_stop() -> None:
    books = pages(bounded={member_time(BEA): Bounds(ceiling=0)})
    with pytest.raises(OverLimit, match=r"stand at 0:00, and this would make it −1:00\. Here it stops at 0:00"):
        tried("hours", BEA, books, **HELP)
    far = replace(case("hours", GUS, books, **HELP | {"minutes": 301}, on_behalf_of=BEA), lift="x")
    assert takes_two_to_pass(far)


def test_where_the_policy_gives_no_figure_it_always_takes_two() -> None:
    found = lifted(GUS, on_behalf_of=BEA)
    free = replace(found, books=tight(policies={"time.limit_alone_minutes": None}))
    assert (takes_two_to_pass(found), takes_two_to_pass(free)) == (False, True)
    assert not takes_two_to_pass(replace(found, lift=None))


def test_the_furthest_account_decides() -> None:
    both = pages(bounded={member_time(BEA): FULL, member_time(ANA): Bounds(posted=-590, floor=-600)})
    found = replace(case("hours", GUS, both, **HELP | {"minutes": 320}, on_behalf_of=BEA), lift="x")
    assert sorted(abs(change) for _, change, _ in passed(found)) == [320, 320]
    assert takes_two_to_pass(found)


def test_far_past_the_limit_it_takes_a_second_person() -> None:
    far = lifted(GUS, minutes=400, on_behalf_of=BEA)
    assert asked(far) == Asked(one_of=frozenset({DEE, ELI}))


def test_nobody_lets_their_own_pass_alone() -> None:
    own = replace(
        case("hours", GUS, pages(bounded={member_time(GUS): FULL}), helpers=(ANA,), receiver=GUS, minutes=60), lift="x"
    )
    assert asked(own) == Asked(one_of=frozenset({DEE, ELI}))


def test_what_passes_no_limit_needs_nobody() -> None:
    assert asked(replace(lifted(GUS, on_behalf_of=BEA), books=pages())) == NOBODY
