"""Money is spent as its giver wished, and not before it is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ledger.kinds.upkeep.free_lines import FreeLine
from ledger.rules.approval import NOBODY
from ledger.rules.funds import FundOverspent, FundRestricted, TermsForbid
from tests.ledger.kinds.willow import ELI
from tests.ledger.rules.cases import COST, TODAY, TRANSFER, pages, tried

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
    with pytest.raises(FundRestricted, match="could be spent until: 2026-03-19"):
        tried("cost", ELI, rich(deadlines={"GRN": TODAY - dt.timedelta(1)}), **GRANT)


def test_a_late_bill_counts_on_the_day_it_is_about() -> None:
    books = rich(deadlines={"GRN": TODAY - dt.timedelta(1)})
    assert tried("cost", ELI, books, **GRANT, about=TODAY - dt.timedelta(30)) == NOBODY


def test_a_fund_pays_for_nothing_before_it_was_opened() -> None:
    with pytest.raises(FundRestricted, match="opened later"):
        tried("cost", ELI, rich(), **GRANT, day=dt.date(2025, 12, 31))


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


def test_a_fund_may_be_spent_to_nought() -> None:
    assert tried("cost", ELI, pages(funds_hold={"GRN": 4000}), **GRANT) == NOBODY


def test_a_fund_is_filled_up_whatever_it_lacks() -> None:
    gift = {"amount": 100, "fund": "GRN", "into": "1000"}
    assert tried("donation", ELI, pages(funds_hold={"GRN": -9000}), **gift) == NOBODY


def test_the_general_fund_may_owe_more_than_it_has() -> None:
    assert tried("cost", ELI, pages(funds_hold={"GEN": 0}), **COST) == NOBODY


def test_an_exception_lets_a_fund_stand_below_nought_for_a_time() -> None:
    excepted = frozenset({("fund.restricted_negative", "GRN")})
    assert tried("cost", ELI, pages(excepted=excepted), **GRANT) == NOBODY


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


def test_money_leaves_other_funds_by_a_decision_alone() -> None:
    assert tried("fund-transfer", ELI, **TRANSFER) == NOBODY
