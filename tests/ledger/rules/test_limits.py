"""Hours go as far as the community chose; who reads the refusal decides how much it tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.bounds import Bounds
from ledger.errors import NotAllowed, OverLimit
from ledger.kinds.time.minutes import member_time
from ledger.rules import POSTING_RULES, apply
from ledger.rules.approval import NOBODY, Asked, asked
from ledger.rules.case import Case
from tests.ledger.kinds.willow import ANA, BEA, DEE, ELI, GUS, Pages
from tests.ledger.rules.cases import HELP, case, pages, tried

FULL = Bounds(posted=560, ceiling=600)
"""Forty minutes of help are left."""


def tight(**told: Any) -> Pages:
    return pages(bounded={member_time(BEA): FULL}, **told)


def lifted(by: int, minutes: int = 60, **answers: Any) -> Case:
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


def test_what_waited_is_refused_without_figures() -> None:
    found = replace(case("hours", BEA, tight(), **HELP), waited=True)
    with pytest.raises(OverLimit, match="for: Bea"):
        apply(POSTING_RULES, found)


def test_room_that_is_kept_is_not_counted_twice() -> None:
    kept = pages(bounded={member_time(BEA): Bounds(posted=500, held_debit=60, ceiling=600)})
    found = case("hours", BEA, kept, **HELP)
    with pytest.raises(OverLimit):
        apply(POSTING_RULES, found)
    apply(POSTING_RULES, replace(found, has_room=True))


def test_the_pot_stops_where_the_community_chose_so() -> None:
    work = {"helpers": (ANA,), "minutes": 60, "programme": "GARDEN"}
    empty = pages(pot_bounds=Bounds(posted=1190, ceiling=1200))
    with pytest.raises(OverLimit, match="pot stands at −19:50"):
        tried("community-hours", ELI, empty, **work)
    assert tried("hours", BEA, empty, **HELP) == NOBODY


# letting one pass


def test_members_let_nothing_pass() -> None:
    with pytest.raises(NotAllowed):
        apply(POSTING_RULES, lifted(BEA))


def test_an_office_lets_a_little_pass_alone() -> None:
    found = lifted(GUS, on_behalf_of=BEA)
    apply(POSTING_RULES, found)
    assert asked(found) == NOBODY


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
