"""Money is spent as its giver wished, and not before it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ledger.core.drafts import YEAR_CLOSE
from ledger.kinds.general.journal_lines import FreeLine
from ledger.rules.approval import NOBODY
from ledger.rules.funds import (
    FundOverspent,
    FundRestricted,
    TermsForbid,
    bound_funds_left,
    fits_the_purpose_of_its_fund,
)
from tests.ledger.kinds.willow import ELI
from tests.ledger.rules.cases import COST, TODAY, TRANSFER, case, pages, tried

GRANT: dict[str, Any] = {**COST, "fund": "GRN", "account": "6300", "programme": "GARDEN"}
PLENTY = {"GRN": 100000, "EMF": 100000}


def rich(**told: Any) -> Any:
    return pages(funds_hold=PLENTY, **told)


def test_a_grant_pays_for_its_purpose() -> None:
    assert tried("cost", ELI, rich(deadlines={"GRN": TODAY}), **GRANT) == NOBODY


@pytest.mark.parametrize(
    ("other", "field", "told"),
    [
        ({"programme": "KITCHEN"}, "programme", "these programmes: GARDEN"),
        ({"programme": None}, "programme", "Its purpose: Garden, path and tools"),
        ({"account": "6340"}, "account", "these costs: 1500, 6300, 6430"),
    ],
)
def test_a_grant_pays_for_nothing_else(other: dict[str, Any], field: str, told: str) -> None:
    with pytest.raises(FundRestricted, match=told) as refused:
        tried("cost", ELI, rich(), **{**GRANT, **other})
    assert refused.value.field == field


def test_a_grant_is_spent_by_its_last_day() -> None:
    with pytest.raises(FundRestricted, match="could be spent until: 2026-03-19") as refused:
        tried("cost", ELI, rich(deadlines={"GRN": TODAY - dt.timedelta(1)}), **GRANT)
    assert refused.value.field == "day"


def test_a_late_bill_counts_on_the_day_it_is_about() -> None:
    books = rich(deadlines={"GRN": TODAY - dt.timedelta(1)})
    assert tried("cost", ELI, books, **GRANT, about=TODAY - dt.timedelta(30)) == NOBODY


def test_a_fund_pays_for_nothing_before_it_was_opened() -> None:
    with pytest.raises(FundRestricted, match="opened later: 2026-01-01") as refused:
        tried("cost", ELI, rich(), **GRANT, day=dt.date(2025, 12, 31))
    assert refused.value.field == "day"
    assert tried("cost", ELI, rich(), **GRANT, day=dt.date(2026, 1, 1)) == NOBODY


@pytest.mark.parametrize("cost", ["6300", "1500"])
def test_a_single_cent_has_its_purpose_as_a_cost_or_as_a_thing_that_lasts(cost: str) -> None:
    lines = (
        FreeLine(account=cost, fund="GRN", debit=1, programme="KITCHEN"),
        FreeLine(account="1000", fund="GRN", credit=1),
    )
    with pytest.raises(FundRestricted, match="these programmes: GARDEN"):
        tried("journal", ELI, rich(), what="Seed", lines=lines)


def test_every_line_of_a_payment_has_its_purpose() -> None:
    lines = (
        FreeLine(account="6340", fund="GEN", debit=5),
        FreeLine(account="1000", fund="GEN", credit=5),
        FreeLine(account="6300", fund="GRN", debit=1, programme="KITCHEN"),
        FreeLine(account="1000", fund="GRN", credit=1),
    )
    with pytest.raises(FundRestricted):
        tried("journal", ELI, rich(), what="Seed", lines=lines)


def test_the_close_of_a_year_asks_for_no_purpose_and_no_giver() -> None:
    found = case("year-close", ELI, rich(today=dt.date(2027, 1, 3)), fund="GRN", day=dt.date(2026, 12, 31))
    odd = replace(found.draft, postings=tuple(replace(one, programme="KITCHEN") for one in found.draft.postings))
    fits_the_purpose_of_its_fund(replace(found, draft=odd))
    leaving = case("fund-transfer", ELI, rich(), **{**TRANSFER, "from_fund": "GRN"})
    assert [fund.code for fund in bound_funds_left(leaving)] == ["GRN"]
    assert bound_funds_left(replace(leaving, draft=replace(leaving.draft, family=YEAR_CLOSE))) == []


def test_money_that_comes_back_needs_no_purpose() -> None:
    lines = (
        FreeLine(account="1000", fund="GRN", debit=100),
        FreeLine(account="6300", fund="GRN", credit=100, programme="KITCHEN"),
    )
    assert tried("journal", ELI, rich(), what="Paid back", lines=lines) == NOBODY


@pytest.mark.parametrize("fund", ["GRN", "EMF"])
def test_a_fund_with_a_purpose_is_not_overspent(fund: str) -> None:
    short = pages(funds_hold={fund: 3999})
    with pytest.raises(FundOverspent) as refused:
        tried("cost", ELI, short, **{**GRANT, "fund": fund})
    assert refused.value.field == "amount"


def test_what_a_fund_owes_is_spent() -> None:
    lines = (
        FreeLine(account="6300", fund="GRN", debit=2500, programme="GARDEN"),
        FreeLine(account="6430", fund="GRN", debit=1500, programme="GARDEN"),
        FreeLine(account="2000", fund="GRN", credit=2500),
        FreeLine(account="2000", fund="GRN", credit=1500),
    )
    with pytest.raises(FundOverspent, match="Garden grant"):
        tried("journal", ELI, pages(funds_hold={"GRN": 3999}), what="Seed", lines=lines)
    assert tried("journal", ELI, pages(funds_hold={"GRN": 4000}), what="Seed", lines=lines) == NOBODY


def test_a_fund_that_may_go_below_nought_does() -> None:
    grant = pages().find_fund("GRN")
    assert grant is not None
    assert tried("cost", ELI, pages(funds={"GRN": replace(grant, may_go_negative=True)}), **GRANT) == NOBODY


def test_what_moves_within_a_fund_below_nought_is_not_refused() -> None:
    lines = (FreeLine(account="1010", fund="GRN", debit=90), FreeLine(account="1000", fund="GRN", credit=90))
    assert tried("journal", ELI, pages(funds_hold={"GRN": -50}), what="To the safe", lines=lines) == NOBODY


def test_each_fund_of_an_entry_holds_enough() -> None:
    lines = (
        FreeLine(account="6340", fund="GEN", debit=5),
        FreeLine(account="1000", fund="GEN", credit=5),
        FreeLine(account="6300", fund="GRN", debit=90, programme="GARDEN"),
        FreeLine(account="1000", fund="GRN", credit=90),
    )
    with pytest.raises(FundOverspent):
        tried("journal", ELI, pages(funds_hold={"GRN": 89}), what="Seed", lines=lines)


def test_a_fund_may_be_spent_to_nought() -> None:
    assert tried("cost", ELI, pages(funds_hold={"GRN": 4000}), **GRANT) == NOBODY


def test_a_fund_is_filled_up_whatever_it_lacks() -> None:
    gift = {"amount": 100, "fund": "GRN", "into": "1000"}
    assert tried("donation", ELI, pages(funds_hold={"GRN": -9000}), **gift) == NOBODY


def test_the_general_fund_may_owe_more_than_it_has() -> None:
    assert tried("cost", ELI, pages(funds_hold={"GEN": 0}), **COST) == NOBODY


def test_an_exception_lets_a_fund_stand_below_nought_for_a_time() -> None:
    excepted = frozenset({("fund.restricted_negative", "GRN")})
    assert tried("cost", ELI, pages(excepted=excepted, since=TODAY), **GRANT) == NOBODY
    with pytest.raises(FundOverspent):
        tried("cost", ELI, pages(excepted=excepted, since=TODAY), **GRANT, about=TODAY - dt.timedelta(1))


def test_a_decision_cures_only_where_the_policy_says_so() -> None:
    allowing = pages(policies={"fund.restricted_negative": "allow with cure plan"})
    assert tried("cost", ELI, allowing, **GRANT, decision="A-01") == NOBODY
    for books, decision in ((allowing, None), (pages(), "A-01")):
        with pytest.raises(FundOverspent):
            tried("cost", ELI, books, **GRANT, decision=decision)


def test_money_leaves_a_bound_fund_only_by_the_givers_words() -> None:
    leaving = {**TRANSFER, "from_fund": "GRN"}
    with pytest.raises(TermsForbid) as refused:
        tried("fund-transfer", ELI, rich(), **leaving)
    assert refused.value.field == "clause"
    assert tried("fund-transfer", ELI, rich(), **leaving, clause="Clause 4").one_of
    assert tried("fund-transfer", ELI, rich(), **leaving, document="grant-01").one_of
    with pytest.raises(TermsForbid):
        tried("fund-transfer", ELI, rich(), **{**leaving, "amount": 1})
    assert tried("fund-transfer", ELI, rich(), **{**TRANSFER, "to_fund": "GRN"}) == NOBODY


def test_money_leaves_other_funds_by_a_decision_alone() -> None:
    assert tried("fund-transfer", ELI, **TRANSFER) == NOBODY
