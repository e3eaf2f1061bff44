"""The emergency fund: cover, gap and refill, and what is kept back while few were helped."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from ledger.core.periods import Month, Span
from ledger.registers.plan_records import Budget, BudgetLine, Emergency, TopUp
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators import emergency
from reports.language.figure import Reason
from tests.reports.datasets import make_dataset, posting_row

MAY = dt.date(2025, 5, 31)
YEAR = Budget(
    year=2025,
    state="approved",
    lines=(BudgetLine(fund="GEN", account="6100", unit="EUR", months=(1000,) * 12),),
)


def help_paid(times: int) -> list[DatasetRow]:
    rows = []
    for seq in range(times):
        day = dt.date(2025, 3, 1 + seq)
        rows += [posting_row("6320", 700, day, seq, fund="EMF", kind="emergency-grant")]
        rows += [posting_row("1010", -700, day, seq, fund="EMF", kind="emergency-grant")]
    return rows


def fund(cents: int, *rows: DatasetRow, top_ups: tuple[TopUp, ...] = ()) -> Dataset:
    plan = Emergency(fund="EMF", top_ups_planned=top_ups)
    opening = [posting_row("1010", cents, seq=90, fund="EMF"), posting_row("3040", -cents, seq=90, fund="EMF")]
    return make_dataset(*opening, *rows, emergency=plan, budgets=(YEAR,))


def test_cover_is_cash_over_a_year_of_essential_costs() -> None:
    found = emergency.months_of_cover(fund(2500), MAY)
    assert (found.value, found.reason) == (Fraction(5, 2), Reason.PARTIAL)


def test_a_gap_closes_in_whole_months_of_the_planned_top_ups() -> None:
    planned = (TopUp(date=dt.date(2025, 9, 1), amount=12000),)
    assert emergency.months_to_target(fund(2500, top_ups=planned), MAY).value == 4


def test_a_gap_without_planned_top_ups_says_no_plan_yet() -> None:
    found = emergency.months_to_target(fund(2500), MAY)
    assert (found.value, found.reason) == (None, Reason.NOT_SET)
    assert str(emergency._reached(found)) == "no plan yet"


def test_a_gap_that_nobody_can_know_is_not_set() -> None:
    assert emergency.months_to_target(make_dataset(), MAY).reason is Reason.NOT_SET


def test_draws_are_kept_back_below_five_and_counted_from_five_on() -> None:
    spring = Span(dt.date(2025, 3, 1), MAY)
    assert emergency.draws_count(fund(9000, *help_paid(4)), spring).reason is Reason.TOO_FEW
    assert emergency.draws_count(fund(9000, *help_paid(5)), spring).value == 5
    assert emergency.draws_sum(fund(9000, *help_paid(5)), spring).value == 3500


def test_the_largest_draw_is_measured_against_the_fund_before() -> None:
    opening = [posting_row("1010", 7000, dt.date(2024, 2, 1), 90, fund="EMF")]
    assert emergency.largest_draw_share(make_dataset(*opening, *help_paid(4)), MAY).reason is Reason.TOO_FEW
    assert emergency.largest_draw_share(make_dataset(*opening, *help_paid(5)), MAY).value == 10


def test_the_allowance_for_loans_is_told_from_five_loans_on() -> None:
    loans = [posting_row("1130", 1000, MAY, seq, fund="EMF", document=f"loan-{seq}") for seq in range(5)]
    allowance = posting_row("1139", -500, MAY, 9, fund="EMF")
    assert emergency.loan_allowance_share(make_dataset(*loans[:4], allowance), MAY).reason is Reason.TOO_FEW
    assert emergency.loan_allowance_share(make_dataset(*loans, allowance), MAY).value == 10


def test_months_since_the_last_draw_are_whole_months() -> None:
    found = fund(9000, *help_paid(1))
    assert emergency.months_since_last_draw(found, dt.date(2025, 3, 31)).value == 0
    assert emergency.months_since_last_draw(found, Month(2025, 4).last).value == 1
    assert emergency.months_since_last_draw(fund(1), MAY).reason is Reason.NO_DATA


def test_a_plan_that_was_never_checked_is_not_yet() -> None:
    found = emergency.plan_check_age(fund(1), MAY)
    assert str(emergency._not_yet(found)) == "not yet"
