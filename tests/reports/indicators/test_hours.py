"""Hours: who counts as giver, bands and averages that are kept back while few took part, claims and disputes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ledger.core.drafts import COMMUNITY, EXCHANGE
from ledger.core.periods import Month, Span
from ledger.registers.records import Dispute, Member, Partner, Programme
from reports.data.dataset import Claim
from reports.data.rows import DatasetRow
from reports.indicators import community_account, network, people, time_bank, workload
from reports.language.figure import Reason
from reports.measures.hours import connected_groups, exchange_links, median, minutes_given, positive_balance_days
from tests.reports.datasets import BEGAN, make_dataset, posting_row

MARCH, YEAR = Month(2025, 3), Span(dt.date(2025, 3, 1), dt.date(2026, 2, 28))
DAY = dt.date(2025, 3, 10)


def hours(giver: int, taker: int, minutes: int, seq: int, day: dt.date = DAY, **more: Any) -> list[DatasetRow]:
    head: dict[str, Any] = {"family": EXCHANGE, "kind": "hours", **more}
    received = posting_row("T2000", minutes, day, seq, owner=taker, **head)
    return [received, posting_row("T2000", -minutes, day, seq, owner=giver, **head)]


def ring(size: int, minutes: int = 60) -> list[DatasetRow]:
    """Each helps the next, and the last the first."""
    return [row for n in range(size) for row in hours(n + 2, (n + 1) % size + 2, minutes, n + 1)]


def people_of(size: int) -> dict[int, Member]:
    return {n: Member(party_id=n, joined=dt.date(2025, 1, 20)) for n in range(2, size + 2)}


def test_hours_given_for_no_credit_count_for_their_giver() -> None:
    head: dict[str, Any] = {"family": COMMUNITY, "kind": "volunteered-hours"}
    rows = [posting_row("T6000", 60, DAY, **head), posting_row("T4000", -60, DAY, owner=2, **head)]
    assert minutes_given(make_dataset(*rows), MARCH.span) == {2: 60}


def test_what_is_reversed_counts_nowhere() -> None:
    assert minutes_given(make_dataset(*hours(2, 3, 60, 1, live=False)), MARCH.span) == {}


def test_a_ring_of_help_is_one_group_without_links_both_ways() -> None:
    found = make_dataset(*ring(5), members=people_of(5))
    assert network.link_reciprocity(found, MARCH.span).value == 0
    assert network.largest_group(found, MARCH.span).value == 100
    assert network.partners_median(found, MARCH.span).value == 2
    assert len(exchange_links(found, MARCH.span)) == 5


def test_groups_hang_together_through_any_chain() -> None:
    near = {1: [2], 2: [1, 3], 3: [2], 4: [5], 5: [4], 6: []}
    assert sorted(map(sorted, connected_groups(near))) == [[1, 2, 3], [4, 5], [6]]


def test_the_median_of_an_even_number_lies_halfway() -> None:
    assert median([4, 1, 3]) == 3
    assert median([4, 1, 2, 3]) == Fraction(5, 2)


def test_bands_of_giving_show_from_five_people_in_each() -> None:
    even, one_way = ring(5), hours(9, 2, 600, 77)
    assert time_bank.giving_balance_bands(make_dataset(*even), MARCH.span).value == 100
    assert time_bank.giving_balance_bands(make_dataset(*even, *one_way), MARCH.span).reason is Reason.TOO_FEW


def test_equal_giving_has_no_spread_and_one_giver_carries_all() -> None:
    even = make_dataset(*ring(5), members=people_of(5))
    alone = make_dataset(*hours(2, 3, 60, 1), members=people_of(5))
    assert time_bank.gini_given(even, MARCH.span).value == 0
    assert time_bank.top_fifth_share(alone, MARCH.span).value == 100
    assert time_bank.gini_given(make_dataset(), MARCH.span).reason is Reason.TOO_FEW


def test_balances_above_zero_are_summed_day_by_day() -> None:
    found = make_dataset(*hours(2, 3, 60, 1, dt.date(2025, 3, 30)), *hours(3, 2, 60, 2, dt.date(2025, 3, 31)))
    assert positive_balance_days(found, MARCH.span) == 60
    assert positive_balance_days(found, Month(2025, 4).span) == 0
    assert time_bank.velocity(make_dataset(), YEAR).reason is Reason.DIV0


def test_balances_beyond_a_talk_limit_are_some_below_five_people() -> None:
    found = community_account.above_talk_limit(make_dataset(*hours(2, 3, 1600, 1)), DAY)
    assert (found.value, str(community_account._some(found))) == (None, "some")
    many = [row for n in range(5) for row in hours(n + 2, 50, 1600, n + 1)]
    shown = community_account.above_talk_limit(make_dataset(*many), DAY)
    assert (shown.value, community_account._some(shown)) == (5, None)


def test_claims_are_timed_to_their_confirmation_and_counted_while_open() -> None:
    made = (Claim(opened=DAY, confirmed=DAY + dt.timedelta(3)), Claim(opened=DAY))
    found = replace(make_dataset(), claims=made)
    assert community_account.days_to_confirm(found, MARCH.span).value == 3
    assert community_account.claims_over_14_days(found, DAY + dt.timedelta(14)).value == 0
    assert community_account.claims_over_14_days(found, DAY + dt.timedelta(15)).value == 1
    assert community_account.claims_over_14_days(found, BEGAN).reason is Reason.NO_DATA


def test_disputes_are_told_by_year_or_from_five_on() -> None:
    few = tuple(Dispute(id=f"D-{n}", opened=DAY, agreed=DAY + dt.timedelta(n)) for n in range(4))
    many = (*few, Dispute(id="D-9", opened=DAY, agreed=DAY + dt.timedelta(9)))
    assert community_account.disputes_opened(make_dataset(disputes=few), MARCH.span).reason is Reason.TOO_FEW
    assert community_account.disputes_opened(make_dataset(disputes=few), YEAR).value == 4
    assert community_account.disputes_opened(make_dataset(disputes=many), MARCH.span).value == 5
    assert community_account.days_to_agreement(make_dataset(disputes=many), MARCH.span).value == 2
    assert community_account.disputed_share(make_dataset(*ring(5), disputes=many), MARCH.span).value == 100


def test_each_of_several_partner_communities_has_its_own_figures() -> None:
    two = (Partner(party_id=8, code="hill"), Partner(party_id=9, code="mill", limit_they_owe_minutes=600))
    found = make_dataset(posting_row("T2100", 90, DAY, owner=9), partners=two)
    assert [case.suffix for case in community_account.partners(found, DAY)] == ["-hill", "-mill"]
    assert community_account.partner_clearing(found, DAY, 9, 600).value == 90
    assert community_account.partner_limit_use(found, DAY, 9, 600).value == 15
    assert community_account.partner_limit_use(found, DAY, 8, None).reason is Reason.NOT_SET


def test_care_is_told_for_five_supporters_or_more() -> None:
    private = {"PEER": Programme(code="PEER", name="Peer support", private=True)}
    rows = [row for n in range(5) for row in hours(n + 2, 50, 60, n + 1, programme="PEER")]
    assert workload.care_share(make_dataset(*rows, programmes=private), MARCH.span).value == 60
    assert workload.care_share(make_dataset(*rows[:8], programmes=private), MARCH.span).reason is Reason.TOO_FEW
    assert workload.programmes_on_few(make_dataset(*rows[:2], programmes=private), MARCH.span).value == 0


def test_newcomers_are_connected_by_two_partners() -> None:
    found = make_dataset(*ring(5), members=people_of(5))
    assert people.newcomers_connected(found, dt.date(2025, 3, 31)).value == 100
    assert people.newcomers_connected(found, dt.date(2025, 9, 30)).reason is Reason.TOO_FEW
