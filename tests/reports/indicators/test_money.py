"""Money: what is overdue, what is open at a close, what cash would last for, and the co-op's figures."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from ledger.core.drafts import BARTER
from ledger.core.periods import Month, Span
from ledger.registers.plan_records import Budget, BudgetLine, Grant
from ledger.registers.records import HoursWorked, Place, Reconciliation
from reports.indicators import barter, co_op, debts, income, money, people, restricted
from reports.language.figure import Reason
from reports.measures.grants import grant_lines
from tests.golden.willow import willow
from tests.reports.datasets import make_dataset, posting_row

MAY = dt.date(2025, 5, 31)
YEAR = Span(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
SWAP = ((3, 1), (2, -1), (2, 1), (3, -1))
FUNDS = {code: willow().registers.funds[code] for code in ("GEN", "GRN", "COP")}


def test_a_payment_settles_the_oldest_claim_first() -> None:
    old, new = dt.date(2025, 3, 1), dt.date(2025, 5, 20)
    rows = [posting_row("1110", 500, old, 1), posting_row("1110", 300, new, 2), posting_row("1110", -400, new, 3)]
    found = debts.receivables_overdue_share(make_dataset(*rows), MAY)
    assert found.inputs == {"total": 400, "older_than_60_days": 100}
    assert found.value == 25


def test_nothing_owed_to_us_is_nothing_overdue() -> None:
    found = debts.receivables_overdue_share(make_dataset(), MAY)
    assert str(debts._nothing_overdue(found)) == "nothing overdue"


def test_a_place_is_open_until_it_is_compared_at_the_months_end() -> None:
    bank = Place(code="bank", name="Bank", account="1000")
    rows = [posting_row("1000", 500), posting_row("3030", -500)]
    done = (Reconciliation(place="bank", to=MAY),)
    assert debts.open_items(make_dataset(*rows, places=(bank,)), MAY).value == 1
    assert debts.open_items(make_dataset(*rows, places=(bank,), reconciliations=done), MAY).value == 0
    assert debts.open_items(make_dataset(*rows, places=(bank,), reconciliations=done), Month(2025, 3).last).value == 1


def test_suspense_that_is_not_cleared_is_an_open_item() -> None:
    assert debts.open_items(make_dataset(posting_row("1600", 500)), MAY).inputs["clearing_and_suspense"] == 1


def test_cash_lasts_by_the_plan_until_a_year_of_books_exists() -> None:
    lines = (BudgetLine(fund="GEN", account="6200", unit="EUR", months=(1000,) * 12),)
    plan = Budget(year=2025, state="approved", lines=lines)
    rows = [posting_row("1000", 6000), posting_row("3030", -6000)]
    found = money.days_of_cash(make_dataset(*rows, budgets=(plan,)), MAY)
    assert (found.value, found.reason) == (Fraction(365, 2), Reason.PARTIAL)
    assert money.days_of_cash(make_dataset(*rows), MAY).reason is Reason.NOT_SET
    assert money.days_of_cash(make_dataset(*rows), dt.date(2026, 5, 31)).reason is Reason.DIV0


def test_a_sale_to_another_fund_is_no_income_of_the_whole() -> None:
    sale = [posting_row("6310", 300, MAY), posting_row("1000", -300, MAY), posting_row("1000", 300, MAY, fund="COP")]
    found = make_dataset(
        *sale,
        posting_row("4140", -300, MAY, fund="COP"),
        posting_row("4000", -100, MAY, 2),
        posting_row("1000", 100, MAY, 2),
    )
    assert income.internal_sales(found, YEAR) == 300
    assert income.own_income_share(found, YEAR).inputs == {"numerator": 0, "denominator": 100}


def test_a_plan_is_the_version_approved_last_by_the_day() -> None:
    first = Budget(year=2025, version=1, state="approved", approved=dt.date(2025, 1, 10))
    second = Budget(year=2025, version=2, state="approved", approved=dt.date(2025, 7, 1))
    draft = Budget(year=2025, version=3)
    found = make_dataset(budgets=(first, second, draft))
    assert found.budget(MAY, MAY) == first
    assert found.budget(MAY, dt.date(2025, 8, 31)) == second
    assert found.budget(MAY, dt.date(2025, 1, 1)) == first
    assert found.budget(dt.date(2024, 5, 1), MAY) is None


def test_grants_of_one_fund_add_up_to_it_with_what_no_paper_names() -> None:
    grants = (Grant(document="g-1", fund="GRN", deadline=dt.date(2025, 8, 31)), Grant(document="g-2", fund="GRN"))
    rows = [
        posting_row("4020", -900, MAY, fund="GRN", document="g-1"),
        posting_row("1000", 900, MAY, fund="GRN", document="g-1"),
    ]
    rows += [posting_row("6300", 200, MAY, 2, fund="GRN"), posting_row("1000", -200, MAY, 2, fund="GRN")]
    found = make_dataset(*rows, funds=FUNDS, grants=grants)
    assert [(grant.document, grant.left) for grant in grant_lines(found, MAY)] == [
        ("g-1", 900),
        ("g-2", 0),
        (None, -200),
    ]
    assert restricted.grant_months_left(found, MAY, "GRN").value == 3
    assert restricted.grant_months_left(make_dataset(funds=FUNDS), MAY, "GRN").reason is Reason.NOT_SET


def test_a_surplus_per_hour_needs_a_whole_year_and_its_hours() -> None:
    rows = [posting_row("4110", -6000, MAY, fund="COP"), posting_row("1000", 6000, MAY, fund="COP")]
    worked = (HoursWorked(year=2025, member=2, minutes=600),)
    found = make_dataset(*rows, funds=FUNDS, hours_worked=worked)
    assert co_op.surplus_per_hour(found, YEAR).value == 600
    assert co_op.surplus_per_hour(found, Month(2025, 5).span).reason is Reason.NO_DATA
    assert co_op.surplus_per_hour(make_dataset(*rows, funds=FUNDS), YEAR).reason is Reason.NO_DATA


def test_shared_surplus_without_known_hours_has_no_rate() -> None:
    rows = [
        posting_row("3010", -500, MAY, fund="COP", kind="surplus-allocated"),
        posting_row("3090", 500, MAY, fund="COP"),
    ]
    assert co_op.patronage_per_hour(make_dataset(*rows, funds=FUNDS), YEAR).reason is Reason.NO_DATA
    assert co_op.patronage_per_hour(make_dataset(funds=FUNDS), YEAR).reason is Reason.DIV0


def test_lower_rates_of_dues_show_as_bands() -> None:
    rates = [posting_row("4040", 100, MAY, seq, kind="solidarity-rate") for seq in range(5)]
    assert people.solidarity_rate_band(make_dataset(), MAY).value == "none"
    assert people.solidarity_rate_band(make_dataset(*rates[:4]), MAY).value == "some"
    assert people.solidarity_rate_band(make_dataset(*rates), MAY).value == "more"


def test_a_thing_that_nobody_put_a_value_on_changes_hands_without_one() -> None:
    rows = [posting_row("B2000", amount, MAY, family=BARTER, kind="barter", owner=owner) for owner, amount in SWAP]
    assert barter.trade_legs(make_dataset(*rows), YEAR).value == 2
    assert barter.barter_value(make_dataset(*rows), YEAR).value == 0
    assert barter.gift_differences(make_dataset(*rows), YEAR).reason is Reason.DIV0
