"""Plan and actual in money: costs by programme, income by fund, and the forecast of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month, Span
from ledger.registers.plan_records import BudgetLine
from reports.data.columns import Columns
from reports.data.dataset import MONEY_CLASSES, Dataset
from reports.measures.aggregates import costs, income
from reports.measures.plan_figures import (
    known_changes,
    open_amount,
    open_commitments,
    plan_costs,
    plan_income,
    plan_lines,
    plan_still_to_come,
    since_books_began,
)
from reports.tables.registry import MONTHLY, by_period, report_table
from reports.tables.variance import FLAG_AMOUNT, VARIANCE_FIELDS, Variance, is_flagged, sum_fields

SHARED = make_message(N_("Shared costs"))
"""The name of costs without a programme."""


@dataclass(frozen=True, kw_only=True)
class Costs(Variance):
    """Costs, open commitments, and the amount still available in the year's plan."""

    committed: int
    available: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeCosts(Costs):
    """One programme's costs; `programme` is None for shared costs."""

    programme: str | None
    name: str | Message
    flagged: bool
    note: str | None


@dataclass(frozen=True, kw_only=True)
class CostsTable:
    """Costs by programme, with the total of all costs."""

    rows: tuple[ProgrammeCosts, ...]
    total: Costs


@dataclass(frozen=True, kw_only=True)
class FundIncome(Variance):
    """One fund's income."""

    fund: str
    flagged: bool


@dataclass(frozen=True, kw_only=True)
class IncomeTable:
    """Income by fund, with the total of all income."""

    rows: tuple[FundIncome, ...]
    total: Variance


@dataclass(frozen=True, kw_only=True)
class ProgrammeDifference:
    """A programme's difference from its plan; minor units."""

    programme: str | None
    difference: int


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The expected costs of a year: spent + still planned + known changes, compared with the year's plan."""

    actual: int
    plan_rest: int
    known_changes: int
    forecast: int
    year_plan: int
    difference: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeForecast(Forecast):
    """The forecast of one programme."""

    programme: str | None


@dataclass(frozen=True, kw_only=True)
class ForecastTable:
    """The forecast by programme."""

    rows: tuple[ProgrammeForecast, ...]
    total: Forecast


def programmes_shown(dataset: Dataset, day: dt.date) -> list[str | None]:
    """Programmes in plan order, then unplanned ones with costs or open commitments."""
    lines = [line for line in plan_lines(dataset, day, "expense") if line.unit == dataset.currency]
    used = {row.programme for row in dataset.costs.within(dataset.year_to(day))}
    used |= {promise.programme for promise in dataset.registers.commitments if open_amount(promise, day)}
    planned = [line.programme for line in lines] + [
        code for code in (*dataset.registers.programmes, None) if code in used
    ]
    unregistered = sorted(code for code in used if code is not None and code not in dataset.registers.programmes)
    return list(dict.fromkeys([*planned, *unregistered]))


def programme_name(dataset: Dataset, code: str | None) -> str | Message:
    """A programme's name; its code where the register lacks it."""
    if code is None:
        return SHARED
    programme = dataset.registers.programmes.get(code)
    return programme.name if programme else code


def _of(code: str | None) -> Callable[[BudgetLine], bool]:
    return lambda line: line.programme == code


def costs_table(dataset: Dataset, span: Span) -> CostsTable:
    """Planned, actual and committed costs of each programme in a span; minor units."""
    rows = tuple(_programme_costs(dataset, span, code) for code in programmes_shown(dataset, span.last))
    return CostsTable(rows=rows, total=Costs(**sum_fields(rows, *VARIANCE_FIELDS, "committed", "available")))


def _programme_costs(dataset: Dataset, span: Span, code: str | None) -> ProgrammeCosts:
    year_plan = plan_costs(dataset, dataset.year_of(span.last), _of(code))
    days = since_books_began(dataset, span)
    plan, actual = plan_costs(dataset, span, _of(code)), costs(dataset, days, lambda row: row.programme == code)
    spent = costs(dataset, since_books_began(dataset, dataset.year_to(span.last)), lambda row: row.programme == code)
    committed = open_commitments(dataset, span.last, lambda promise: promise.programme == code)
    return ProgrammeCosts(
        programme=code,
        name=programme_name(dataset, code),
        year_plan=year_plan,
        plan=plan,
        actual=actual,
        difference=plan - actual,
        committed=committed,
        available=year_plan - spent - committed,
        flagged=is_flagged(dataset, plan, plan - actual, FLAG_AMOUNT),
        note=_note(dataset, span.last, code),
    )


def _note(dataset: Dataset, day: dt.date, programme: str | None) -> str | None:
    budget, month = dataset.budget(day, day), str(Month.of(day))
    notes = budget.notes if budget else ()
    return next((note.kind for note in notes if note.period == month and note.programme == programme), None)


@report_table("plan_actual_costs")
def plan_actual_costs(dataset: Dataset, columns: Columns) -> Mapping[str, CostsTable]:
    """Costs by programme, to date and in the period."""
    return by_period(dataset, columns, costs_table)


@report_table("biggest_differences", (MONTHLY,))
def biggest_differences(dataset: Dataset, columns: Columns) -> list[ProgrammeDifference]:
    """The three programmes with the largest differences from the plan to date."""
    rows = costs_table(dataset, columns.year_to_date).rows
    ranked = sorted(rows, key=lambda row: -abs(row.difference))
    return [ProgrammeDifference(programme=row.programme, difference=row.difference) for row in ranked[:3]]


def income_table(dataset: Dataset, span: Span) -> IncomeTable:
    """Planned and actual income of each fund, in the order of `MONEY_CLASSES`; minor units."""
    funds = sorted(dataset.money_funds, key=lambda fund: MONEY_CLASSES.index(fund.class_))
    rows = tuple(_fund_income(dataset, span, fund.code) for fund in funds)
    return IncomeTable(rows=rows, total=Variance(**sum_fields(rows, *VARIANCE_FIELDS)))


def _fund_income(dataset: Dataset, span: Span, fund: str) -> FundIncome:
    def ours(line: BudgetLine) -> bool:
        return line.fund == fund

    days = since_books_began(dataset, span)
    plan, actual = plan_income(dataset, span, ours), income(dataset, days, lambda row: row.fund == fund)
    return FundIncome(
        fund=fund,
        year_plan=plan_income(dataset, dataset.year_of(span.last), ours),
        plan=plan,
        actual=actual,
        difference=actual - plan,
        flagged=is_flagged(dataset, plan, actual - plan, FLAG_AMOUNT),
    )


@report_table("plan_actual_income")
def plan_actual_income(dataset: Dataset, columns: Columns) -> Mapping[str, IncomeTable]:
    """Income by fund, to date and in the period."""
    return by_period(dataset, columns, income_table)


@report_table("forecast", (MONTHLY,))
def forecast(dataset: Dataset, columns: Columns) -> ForecastTable:
    """Expected costs of the year by programme: to date + plan of the remaining months + known changes."""
    changes = known_changes(dataset, columns.end)
    rows = tuple(
        _programme_forecast(dataset, columns, code, changes.get(code, 0))
        for code in programmes_shown(dataset, columns.end)
    )
    names = ("actual", "plan_rest", "known_changes", "forecast", "year_plan", "difference")
    return ForecastTable(rows=rows, total=Forecast(**sum_fields(rows, *names)))


def _programme_forecast(dataset: Dataset, columns: Columns, code: str | None, change: int) -> ProgrammeForecast:
    year = plan_costs(dataset, dataset.year_of(columns.end), _of(code))
    spent = costs(dataset, since_books_began(dataset, columns.year_to_date), lambda row: row.programme == code)
    remaining = plan_still_to_come(dataset, columns.end, _of(code))
    return ProgrammeForecast(
        programme=code,
        actual=spent,
        plan_rest=remaining,
        known_changes=change,
        forecast=spent + remaining + change,
        year_plan=year,
        difference=year - spent - remaining - change,
    )
