"""The emergency fund: months of cover, draws, loans and refill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from ledger.core.account_roles import LOAN_ALLOWANCE, SOLIDARITY_LOANS, TRANSFERS_IN
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month, Span
from ledger.kinds.funds.fund_transfer import FundTransfer
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.money import GENERAL
from reports.indicators.registry import (
    ANNUAL,
    BUDGET_REVIEW,
    MONEY,
    SUSTAINABILITY,
    ColumnScope,
    FigureVariant,
    period_indicator,
    point_indicator,
)
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.language.value_formats import Measure
from reports.measures.aggregates import balance, cash, twelve_months
from reports.measures.emergency_fund import (
    cover_in_months,
    draws,
    draws_total,
    emergency_fund,
    essential_costs_of_year,
    essential_funds,
    half_years,
    is_shown,
    last_draw,
)

AIM_MONTHS = ("emergency.target_months_aim", 6)
LEAST_MONTHS = ("emergency.target_months_least", 3)


def _paying(dataset: Dataset) -> tuple[str, ...]:
    fund = emergency_fund(dataset)
    return (fund,) if fund else ()


@point_indicator(
    "months-of-cover",
    "months",
    N_("Months that the emergency fund would last"),
    (BUDGET_REVIEW, SUSTAINABILITY),
)
def months_of_cover(dataset: Dataset, day: dt.date) -> FigureValue:
    """Cash of the fund x 12 / essential costs of twelve months; months.

    Loans to members are not cash. Costs exclude depreciation and gifts in kind. In the books' first year the costs
    come from the plan (PARTIAL). DIV0 without essential costs, NOT_SET without a fund or a plan.
    Source: operating reserve ratio, three months as the least.
    """
    return cover_in_months(dataset, day, _paying(dataset))


@point_indicator("months-of-cover-general-only", "months", N_("the same, without the co-op's costs"), (ANNUAL,))
def months_of_cover_general_only(dataset: Dataset, day: dt.date) -> FigureValue:
    """Months of cover for the general fund's essential costs only."""
    return cover_in_months(dataset, day, _paying(dataset), dataset.funds_of(GENERAL))


def _aim(dataset: Dataset, _: dt.date) -> Sequence[FigureVariant]:
    return (FigureVariant(values={"months": dataset.policy_number(*AIM_MONTHS)}),)


@point_indicator(
    "gap-to-target", MONEY, N_("Missing to the target of %(months)s months"), (BUDGET_REVIEW,), variants=_aim
)
def gap_to_target(dataset: Dataset, day: dt.date) -> FigureValue:
    """Essential costs of the target months - cash of the fund; minor units, below 0 above the target.

    PARTIAL while the costs come from the plan; NOT_SET without a fund or a plan.
    """
    year, source = essential_costs_of_year(dataset, day, essential_funds(dataset))
    if year is None or not _paying(dataset):
        return no_value(Reason.NOT_SET)
    target, held = Fraction(year * dataset.policy_number(*AIM_MONTHS)) / 12, cash(dataset, day, _paying(dataset))
    return figure_value(target - held, target=target, balance=held).partly(source)


def _reached(outcome: FigureValue) -> Message | None:
    if outcome.value == 0:
        return make_message(N_("reached"))
    return make_message(N_("no plan yet")) if outcome.value is None else None


@point_indicator(
    "months-to-target", "months", N_("Months until the target is reached"), (BUDGET_REVIEW,), wording=_reached
)
def months_to_target(dataset: Dataset, day: dt.date) -> FigureValue:
    """Gap to target / average monthly top-up planned for the next twelve months; whole months, rounded up.

    0 is printed as "reached", NOT_SET (no top-ups planned) as "no plan yet".
    """
    gap = gap_to_target(dataset, day).value
    if not isinstance(gap, int | Fraction):
        return no_value(Reason.NOT_SET)
    if gap <= 0:
        return figure_value(0)
    after = Month.of(day).back(-12).last
    planned = _topped_up(dataset, Span(day + dt.timedelta(1), after))
    return figure_value(-(-gap * 12 // planned)) if planned > 0 else no_value(Reason.NOT_SET)


def _hidden_if_few(dataset: Dataset, span: Span, value: int) -> FigureValue:
    return figure_value(value) if is_shown(dataset, len(draws(dataset, span))) else no_value(Reason.TOO_FEW)


@period_indicator("draws-count", "count", N_("Draws on the emergency fund"), (BUDGET_REVIEW,))
def draws_count(dataset: Dataset, span: Span) -> FigureValue:
    """Number of grants and loans paid out; TOO_FEW from 1 to k - 1."""
    return _hidden_if_few(dataset, span, len(draws(dataset, span)))


@period_indicator("draws-sum", MONEY, N_("Sum of draws"), (BUDGET_REVIEW,))
def draws_sum(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of help paid out; minor units, TOO_FEW from 1 to k - 1 draws."""
    return _hidden_if_few(dataset, span, draws_total(dataset, span))


@point_indicator(
    "draws-first-half", MONEY, N_("Help given, first half of the year"), (BUDGET_REVIEW,), fills=ColumnScope.YEAR_END
)
def draws_first_half(dataset: Dataset, day: dt.date) -> FigureValue:
    """Sum of help paid out in the first half of the financial year, shown at the year's end. Minor units."""
    return figure_value(draws_total(dataset, half_years(dataset.year_of(day))[0]))


@point_indicator(
    "draws-second-half", MONEY, N_("Help given, second half of the year"), (BUDGET_REVIEW,), fills=ColumnScope.YEAR_END
)
def draws_second_half(dataset: Dataset, day: dt.date) -> FigureValue:
    """Sum of help paid out in the second half of the financial year. Minor units."""
    return figure_value(draws_total(dataset, half_years(dataset.year_of(day))[1]))


@point_indicator("loans-outstanding", MONEY, N_("Solidarity loans out"), (BUDGET_REVIEW,))
def loans_outstanding(dataset: Dataset, day: dt.date) -> FigureValue:
    """Outstanding solidarity loans, as a total only; minor units."""
    return figure_value(balance(dataset, day, SOLIDARITY_LOANS))


def _loans(dataset: Dataset, day: dt.date) -> set[tuple[str | None, int]]:
    """Loans paid out in the twelve months to a day, by document or, without one, by entry."""
    span = twelve_months(day)
    rows = [row for row in dataset.account_rows(SOLIDARITY_LOANS).within(span) if row.live and row.amount > 0]
    return {(row.document, 0 if row.document else row.seq) for row in rows}


@point_indicator(
    "loans-repaid-on-plan", "percent", N_("Loans repaid on plan"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def loans_repaid_on_plan(dataset: Dataset, day: dt.date) -> FigureValue:
    """Instalments paid / instalments due; percent. TOO_FEW below k loans, else NO_DATA: no schedules are recorded."""
    few = len(_loans(dataset, day)) < dataset.min_people
    return no_value(Reason.TOO_FEW if few else Reason.NO_DATA)


@point_indicator(
    "loan-allowance-share", "percent", N_("Allowance for loans"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR
)
def loan_allowance_share(dataset: Dataset, day: dt.date) -> FigureValue:
    """Allowance for doubtful loans / outstanding loans; percent. TOO_FEW below k loans, DIV0 without loans."""
    if len(_loans(dataset, day)) < dataset.min_people:
        return no_value(Reason.TOO_FEW)
    return percent(-balance(dataset, day, LOAN_ALLOWANCE), balance(dataset, day, SOLIDARITY_LOANS))


@point_indicator("largest-draw-share", "percent", N_("Largest draw of 12 months, share of the fund"), (BUDGET_REVIEW,))
def largest_draw_share(dataset: Dataset, day: dt.date) -> FigureValue:
    """Largest draw of twelve months / cash before them; percent. 0 without draws, TOO_FEW below k draws."""
    span = twelve_months(day)
    recent_draws = draws(dataset, span)
    if not is_shown(dataset, len(recent_draws)):
        return no_value(Reason.TOO_FEW)
    if not recent_draws:
        return figure_value(0)
    return percent(
        max(-row.amount for row in recent_draws), cash(dataset, span.first - dt.timedelta(1), _paying(dataset))
    )


def _topped_up(dataset: Dataset, span: Span) -> int:
    plan = dataset.registers.emergency
    return sum(top_up.amount for top_up in (plan.top_ups_planned if plan else ()) if top_up.date in span)


@period_indicator("refill-planned", MONEY, N_("Refill planned"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR)
def refill_planned(dataset: Dataset, span: Span) -> FigureValue:
    """Top-ups planned for the span; minor units."""
    return figure_value(_topped_up(dataset, span))


def _moved_in(dataset: Dataset, span: Span) -> list[DatasetRow]:
    fund = emergency_fund(dataset)
    return [
        row for row in dataset.account_rows(TRANSFERS_IN).within(span) if row.fund == fund and row.family != YEAR_CLOSE
    ]


@period_indicator("refill-done", MONEY, N_("Refill done"), (BUDGET_REVIEW,), fills=ColumnScope.THIS_YEAR)
def refill_done(dataset: Dataset, span: Span) -> FigureValue:
    """Transfers into the fund from other funds, without shares of a surplus; minor units."""
    return figure_value(-sum(row.amount for row in _moved_in(dataset, span) if row.kind == FundTransfer.slug))


@period_indicator(
    "emergency-added",
    MONEY,
    N_("Moved into the emergency fund, all ways"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
)
def emergency_added(dataset: Dataset, span: Span) -> FigureValue:
    """All transfers into the fund, including shares of the co-op's surplus; minor units."""
    return figure_value(-sum(row.amount for row in _moved_in(dataset, span)))


def _not_used(outcome: FigureValue) -> Message | Measure:
    if isinstance(outcome.value, int | Fraction):
        return Measure(outcome.value, "count")
    return make_message(N_("not used"))


@point_indicator(
    "months-since-last-draw",
    "months",
    N_("Whole months since the last draw"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
    wording=_not_used,
)
def months_since_last_draw(dataset: Dataset, day: dt.date) -> FigureValue:
    """Whole months since help was last paid out; NO_DATA (printed "not used") where it never was."""
    last = last_draw(dataset, day)
    if last is None:
        return no_value(Reason.NO_DATA)
    months = (day.year - last.year) * 12 + day.month - last.month
    complete = day.day >= min(last.day, Month.of(day).last.day)
    return figure_value(months if complete else months - 1, last_draw_month=str(Month.of(last)))


@point_indicator("months-with-draws", "count", N_("Months with a draw, of the last 12"), (BUDGET_REVIEW,))
def months_with_draws(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of the last twelve months with a draw. From three on, ask whether a need is permanent."""
    return figure_value(len({Month.of(row.date) for row in draws(dataset, twelve_months(day))}))


def _not_yet(outcome: FigureValue) -> Message | None:
    return make_message(N_("not yet")) if outcome.value is None else None


@point_indicator(
    "plan-check-age",
    "days",
    N_("Days since the emergency plan was checked"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
    is_registered=True,
    wording=_not_yet,
)
def plan_check_age(dataset: Dataset, day: dt.date) -> FigureValue:
    """Days since the last check of the plan; target below 365. NO_DATA (printed "not yet") without a check."""
    plan = dataset.registers.emergency
    checks = [day_checked for day_checked in (plan.plan_checked if plan else ()) if day_checked <= day]
    return figure_value((day - max(checks)).days) if checks else no_value(Reason.NO_DATA)
