"""Who may write what down, for whom, and between whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ledger.core.errors import NotAllowed, UnknownMember
from ledger.kinds.barter.legs import Leg
from ledger.rules.approval import NOBODY
from ledger.rules.people import GiftOutOfScope, NotAMember, OwnApproval, SamePerson
from tests.ledger.kinds.willow import ANA, BEA, CAI, DEE, ELI, FAY, GUS, HANA, IVO, registers
from tests.ledger.rules.cases import COST, HELP, TODAY, pages, tried

SESSION: dict[str, Any] = {"what": "Books", "leaders": (ANA,), "minutes": 60, "mode": "shared"}
OPERATOR = 1
YESTERDAY = TODAY - dt.timedelta(1)
AT_THE_SHELL = {OPERATOR: frozenset({"operator"})}


@pytest.mark.parametrize(("by", "waits_for"), [(ANA, {BEA}), (BEA, set()), (GUS, {BEA}), (ELI, {BEA})])
def test_hours_are_written_down_by_those_in_it_and_by_organisers_and_treasurers(by: int, waits_for: set[int]) -> None:
    assert tried("hours", by, **HELP).each == waits_for


@pytest.mark.parametrize("by", [FAY, DEE])
def test_hours_of_others_are_not_a_members_to_write_down(by: int) -> None:
    with pytest.raises(NotAllowed, match="what you took part in"):
        tried("hours", by, **HELP)


@pytest.mark.parametrize("by", [ANA, GUS, DEE])
def test_costs_are_the_treasurers(by: int) -> None:
    with pytest.raises(NotAllowed, match="another office"):
        tried("cost", by, **COST)


def test_a_keeper_writes_down_the_work_of_the_programme() -> None:
    books = pages(keeping={"GARDEN": frozenset({FAY})})
    work = {"helpers": (ANA,), "minutes": 60}
    assert tried("community-hours", FAY, books, programme="GARDEN", **work) == NOBODY
    with pytest.raises(NotAllowed):
        tried("community-hours", FAY, books, programme="KITCHEN", **work)
    fresh = pages(keeping={"GARDEN": frozenset({FAY})}, since=TODAY)
    assert tried("community-hours", FAY, fresh, programme="GARDEN", **work) == NOBODY
    with pytest.raises(NotAllowed):
        tried("community-hours", FAY, fresh, programme="GARDEN", day=YESTERDAY, **work)


def test_a_member_writes_down_for_nobody_else() -> None:
    with pytest.raises(NotAllowed, match="organisers and treasurers"):
        tried("hours", ANA, on_behalf_of=BEA, **HELP)


def test_an_organiser_writes_down_for_someone_who_took_part() -> None:
    assert tried("hours", GUS, on_behalf_of=BEA, **HELP) == NOBODY
    with pytest.raises(NotAllowed, match="they took part in"):
        tried("hours", GUS, on_behalf_of=FAY, **HELP)


def test_an_organiser_writes_down_for_nobody_they_trade_with() -> None:
    with pytest.raises(OwnApproval, match="Let someone else write it down"):
        tried("hours", GUS, on_behalf_of=BEA, **{**HELP, "helpers": (ANA, GUS)})


def test_the_operator_may_write_anything_down() -> None:
    books = pages(offices={**pages().offices, **AT_THE_SHELL})
    assert tried("cost", OPERATOR, books, **COST) == NOBODY
    assert tried("hours", OPERATOR, books, **HELP).each == {BEA}


@pytest.mark.parametrize(
    ("slug", "answers", "field"),
    [
        ("hours", {**HELP, "helpers": (ANA, BEA)}, "helpers"),
        ("group-session", {**SESSION, "guests": (BEA, ANA)}, "leaders"),
        ("hours-gift", {"giver": ANA, "receiver": ANA, "minutes": 5}, "giver"),
    ],
)
def test_nobody_gives_to_themselves(slug: str, answers: dict[str, Any], field: str) -> None:
    with pytest.raises(SamePerson) as refusal:
        tried(slug, ANA, **answers)
    assert refusal.value.field == field


def test_hours_are_between_members_of_that_day() -> None:
    with pytest.raises(NotAMember, match="Cai") as refusal:
        tried("hours", ANA, **{**HELP, "receiver": CAI})
    assert refusal.value.field == "receiver"
    with pytest.raises(NotAMember, match="Cai") as refusal:
        tried("hours", ANA, **{**HELP, "helpers": (ANA, CAI)})
    assert refusal.value.field == "helpers"
    with pytest.raises(UnknownMember):
        tried("hours", ANA, **{**HELP, "receiver": 99})


def test_a_day_before_somebodys_first_is_asked_again_with_the_first_possible_one() -> None:
    early = dt.date.fromisoformat(min(one["joined"] for one in registers()["members"])) - dt.timedelta(1)
    with pytest.raises(NotAMember, match="The first possible day is 20") as refusal:
        tried("hours", ANA, **{**HELP, "day": early})
    assert refusal.value.field == "day"


def test_swaps_are_between_members_of_that_day() -> None:
    away = Leg(giver=CAI, receiver=ANA, what="A chair")
    with pytest.raises(NotAMember) as refusal:
        tried("barter", ANA, legs=(Leg(giver=ANA, receiver=CAI, what="Jam"), away))
    assert refusal.value.field == "legs"


def test_a_scope_may_keep_gifts_to_the_pot() -> None:
    books = pages(policies={"time.transfer_scope": "pot only"})
    assert tried("hours-gift", ANA, books, giver=ANA, minutes=5) == NOBODY
    with pytest.raises(GiftOutOfScope, match="pot only") as refusal:
        tried("hours-gift", ANA, books, giver=ANA, minutes=5, receiver=BEA)
    assert refusal.value.field == "receiver"


def test_a_scope_may_keep_gifts_within_the_household() -> None:
    books = pages(policies={"time.transfer_scope": "household"})
    assert tried("hours-gift", BEA, books, giver=BEA, minutes=5, receiver=GUS) == NOBODY
    for giver, receiver in ((ANA, BEA), (ELI, IVO)):
        with pytest.raises(GiftOutOfScope, match="within a household") as refusal:
            tried("hours-gift", giver, books, giver=giver, minutes=5, receiver=receiver)
        assert refusal.value.field == "receiver"


def test_a_leaver_keeps_what_was_done_before_they_left() -> None:
    early = pages().today.replace(month=2)
    assert tried("hours", ANA, **{**HELP, "receiver": HANA, "day": early}).each == {HANA}
