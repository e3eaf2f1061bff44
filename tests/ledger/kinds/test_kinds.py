"""What holds for every kind there is: it asks in plain words, it drafts what balances, it names nobody it must not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.drafts import FAMILIES, EntryDraft
from ledger.core.errors import EntryUnbalanced, FieldsWrong, TooFewPostings
from ledger.kinds import UnknownKind, all_kinds, emergency_help_slugs, fill, get_kind, guarded_slugs
from ledger.kinds.base import GROUPS
from ledger.kinds.equity.year_close import NothingToClose
from ledger.kinds.fields import TYPES, FieldSpec, fields_of
from ledger.kinds.time.hours_gift import HoursGift
from tests.ledger.kinds.answers import filled
from tests.ledger.kinds.willow import ANA, BEA, CAI, DEE, NAMES, Pages
from tests.ledger.kinds.worked import EXAMPLES

SLUGS = list(all_kinds())
MEMBERS_OWN = [slug for slug, kind in all_kinds().items() if "member" in kind.recorders]
BOOKKEEPERS_WORDS = ("debit", "credit", "debt", "owe", "send", "receive money", "transaction")
DAY = dt.date(2026, 3, 5)


def every_field(slug: str) -> list[FieldSpec]:
    specs = fields_of(get_kind(slug))
    return [*specs, *(inner for spec in specs for inner in spec.rows)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_kind_says_what_it_is_and_who_may_record_it(slug: str) -> None:
    kind = get_kind(slug)
    assert kind.title
    assert kind.summary.endswith(".")
    assert kind.group in GROUPS
    assert kind.family in FAMILIES
    assert kind.recorders
    assert kind.confirms in ("none", "other-side", "keeper")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_kind_asks_in_words_from_a_closed_list_of_types(slug: str) -> None:
    for spec in every_field(slug):
        assert spec.type in TYPES
        assert spec.label
        assert (spec.type == "choice") == bool(spec.choices)
        assert (spec.type == "rows") == bool(spec.rows)


@pytest.mark.parametrize("slug", MEMBERS_OWN)
def test_members_are_never_asked_in_bookkeepers_words(slug: str) -> None:
    asked = [get_kind(slug).title, get_kind(slug).summary]
    asked += [text for spec in every_field(slug) for text in (spec.label, spec.hint)]
    asked += [text for spec in every_field(slug) for choice in spec.choices for text in (choice.label, choice.hint)]
    assert [text for text in asked if any(word in text.casefold() for word in BOOKKEEPERS_WORDS)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_form_asks_its_own_questions_first_and_the_note_last(slug: str) -> None:
    names = [spec.name for spec in fields_of(get_kind(slug))]
    assert names[-1] == "note"
    assert "day" in names[1:]


@pytest.mark.parametrize("slug", SLUGS)
@given(data=st.data())
def test_whatever_is_answered_drafts_an_entry_that_balances(slug: str, data: st.DataObject) -> None:
    drafted = draft_of(slug, data.draw(filled(get_kind(slug))))
    assert drafted is None or set(drafted.sums().values()) == {0}


def draft_of(slug: str, answers: dict[str, Any]) -> EntryDraft | None:
    try:
        return fill(slug, **answers).draft(Pages())
    except FieldsWrong:
        return None
    except (EntryUnbalanced, TooFewPostings):
        assert slug == "journal"
        return None
    except NothingToClose:
        assert slug == "year-close"
        return None


@given(
    guests=st.lists(st.integers(10, 40), min_size=1, unique=True).map(tuple),
    leaders=st.lists(st.integers(2, 9), min_size=1, max_size=4, unique=True).map(tuple),
    minutes=st.integers(1, 1440),
)
def test_a_shared_session_is_shared_to_the_minute(
    guests: tuple[int, ...], leaders: tuple[int, ...], minutes: int
) -> None:
    from ledger.kinds.time.session_split import shared

    parts = [part for leaf, part in shared(leaders, guests, minutes) if leaf.owner in guests]
    assert sum(parts) == minutes * len(leaders)
    assert max(parts) - min(parts) <= 1


def test_kinds_that_say_that_someone_was_helped_are_private() -> None:
    private = {slug for slug, kind in all_kinds().items() if kind.privacy == "private"}
    assert private >= {"emergency-grant", "solidarity-rate"}
    assert guarded_slugs() == private | {"solidarity-loan", "solidarity-hours", "balance-lift", "dispute-relief"}


def test_kinds_that_pay_emergency_help_are_guarded() -> None:
    assert emergency_help_slugs() == {"emergency-grant", "solidarity-loan"}
    assert emergency_help_slugs() <= guarded_slugs()


PRIVATE = {
    "emergency-grant": {"amount": 25000, "paid_from": "1010", "receiver": BEA},
    "community-hours": {"helpers": (ANA, BEA), "minutes": 60, "programme": "PEER", "what": "Circle with Bea"},
    "solidarity-rate": {"amount": 1500, "fund": "GEN", "decision": "A-04"},
    "group-session": {"what": "Circle", "leaders": (ANA,), "minutes": 60, "mode": "community", "programme": "PEER"},
}


@pytest.mark.parametrize("slug", PRIVATE)
def test_the_words_of_a_private_entry_name_nobody(slug: str) -> None:
    drafted = fill(slug, day=DAY, **PRIVATE[slug]).draft(Pages())
    assert drafted.privacy == "private"
    assert drafted.narration
    assert not any(name in drafted.narration for name in NAMES)


def test_whom_emergency_help_is_for_stands_in_the_note_only() -> None:
    drafted = fill("emergency-grant", day=DAY, note="Heating", **PRIVATE["emergency-grant"]).draft(Pages())
    assert drafted.note == "For: Bea\nHeating"
    assert {line.leaf.owner for line in drafted.postings} == {0}
    assert "Bea" not in str(drafted.facts)


def test_a_headcount_is_kept_as_a_number_only() -> None:
    drafted = fill("community-hours", day=DAY, headcount=9, **PRIVATE["community-hours"]).draft(Pages())
    assert drafted.facts == {"headcount": 9}


def test_words_of_an_hours_entry_stand_beside_its_names() -> None:
    drafted = fill("hours", day=DAY, helpers=(ANA, CAI), receiver=BEA, minutes=45, what="100 % compost").draft(Pages())
    assert drafted.narration == "100 % compost, 1:30: Ana, Cai for Bea"


def test_things_that_nobody_valued_are_marked_by_a_token() -> None:
    from ledger.kinds.barter.legs import TOKEN, Leg

    legs = (Leg(giver=ANA, receiver=DEE, what="Jam"), Leg(giver=DEE, receiver=ANA, what="A lamp"))
    drafted = fill("barter", day=DAY, legs=legs).draft(Pages())
    assert {abs(line.amount) for line in drafted.postings} == {TOKEN}
    assert drafted.facts == {"unvalued": 1}


def test_one_value_counts_for_all_things_of_a_swap() -> None:
    from ledger.kinds.barter.legs import Leg

    legs = (Leg(giver=ANA, receiver=DEE, what="Jam", value=1200), Leg(giver=DEE, receiver=ANA, what="A lamp"))
    drafted = fill("barter", day=DAY, legs=legs).draft(Pages())
    assert {abs(line.amount) for line in drafted.postings} == {1200}
    assert drafted.facts == {}


def test_a_grant_into_an_unrestricted_fund_is_unrestricted() -> None:
    grant = fill("grant-received", day=DAY, funder="A", amount=100, fund="GEN", into="1000", document="g")
    assert {line.leaf.chart for line in grant.draft(Pages()).postings} == {"1000", "4010"}


def test_dues_that_were_never_asked_for_are_income() -> None:
    paid = fill("dues-paid", day=DAY, amount=100, fund="GEN", into="1000", asked="no", what="May")
    assert {line.leaf.chart for line in paid.draft(Pages()).postings} == {"1000", "4040"}


def test_a_bill_that_is_paid_later_stays_owed() -> None:
    bill = fill("purchase", day=DAY, what="Seed", amount=100, fund="COP", account="5000")
    assert [(line.leaf.chart, line.amount) for line in bill.draft(Pages()).postings] == [("5000", 100), ("2000", -100)]


def test_a_sale_to_be_paid_later_is_the_customers() -> None:
    sale = fill("sale", day=DAY, what="Kale", amount=100, fund="COP", account="4110", into="1100", customer=11)
    assert sale.draft(Pages()).postings[0].leaf.owner == 11


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(UnknownKind, match="lottery"):
        get_kind("lottery")


@pytest.mark.parametrize("slug", EXAMPLES)
def test_a_kind_moves_the_accounts_that_it_declares_or_asks_for(slug: str) -> None:
    kind = fill(slug, **{"day": DAY, **EXAMPLES[slug]})
    moved = {line.leaf.chart for line in kind.draft(Pages()).postings}
    if not kind.closes_year:
        assert moved - set(kind.accounts) <= set(_accounts_asked_for(kind))
    assert all(Pages().find_account(code) for code in kind.accounts)


def _accounts_asked_for(filled: Any) -> Iterator[str]:
    for spec in fields_of(type(filled)):
        answer = getattr(filled, spec.name)
        if spec.type == "account" and answer is not None:
            yield answer
        elif spec.type == "rows":
            for row in answer:
                yield from _accounts_asked_for(row)


def test_a_gift_of_hours_reads_for_its_giver_for_others_and_for_the_pot() -> None:
    gift = HoursGift(giver=ANA, minutes=60, receiver=BEA, day=DAY)
    assert gift.sentence(ANA).words == "You pass %(length)s on to %(receiver)s."
    assert gift.sentence(BEA).people == {"giver": (ANA,), "receiver": (BEA,)}
    assert "pot" in HoursGift(giver=ANA, minutes=60, day=DAY).sentence(BEA).words
