"""Plan beside actual: the difference, whether it needs a note, and the parts by programme, account or fund."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from ledger.core.amounts import MINUTES
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Span
from ledger.registers.plan_records import BudgetLine, BudgetNote
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount
from reports.language.figure import Reason
from reports.language.value_formats import Measure
from reports.measures.plan_figures import plan_lines, plan_total, since_books_began


@dataclass(frozen=True, kw_only=True)
class PlanAndActual:
    """Year plan, plan to date and actual; minor units or minutes. A difference above 0 is better than plan."""

    year_plan: int
    plan: int
    actual: int
    difference: int


@dataclass(frozen=True, kw_only=True)
class Variance(PlanAndActual):
    """Plan and actual with the difference in percent of the plan; DIV0 where nothing was planned."""

    percent: Fraction | None = field(init=False)
    percent_display: Measure | Message | str = field(init=False)
    reason: Reason | None = field(init=False)

    def __post_init__(self) -> None:
        percent = Fraction(self.difference * 100, self.plan) if self.plan else None
        unplanned = make_message(N_("not planned")) if self.difference else ""
        object.__setattr__(self, "percent", percent)
        object.__setattr__(self, "percent_display", unplanned if percent is None else Measure(percent, "percent"))
        object.__setattr__(self, "reason", Reason.DIV0 if percent is None else None)


def is_flagged(dataset: Dataset, plan: int, difference: int, least: tuple[str, int]) -> bool:
    """Whether a difference needs a note: it reaches both the policy's amount and its percentage of the plan.

    `least` is the key and default of the policy for the amount.
    """
    percent = dataset.policy_number("budget.flag_percent", 10)
    return bool(plan) and abs(difference) >= dataset.policy_number(*least) and abs(difference) * 100 >= percent * plan


def sum_fields(rows: Iterable[object], *names: str) -> dict[str, int]:
    """The sums of some fields over rows."""
    row_list = list(rows)
    return {name: sum(getattr(row, name) for row in row_list) for name in names}


VARIANCE_FIELDS = ("year_plan", "plan", "actual", "difference")
FLAG_AMOUNT = ("budget.flag_cents", 5000)
FLAG_MINUTES = ("budget.flag_minutes", 300)


Dimension: TypeAlias = Literal["programme", "account", "fund"]
Subject: TypeAlias = Literal["costs", "income", "hours"]
ACCOUNT_KIND = {"costs": "expense", "income": "income", "hours": "expense"}


@dataclass(frozen=True, kw_only=True)
class VariancePart(Variance):
    """The variance of one programme, account or fund; `code` is None for costs without a programme."""

    code: str | None
    flagged: bool


@cached_on_dataset
def variance_parts(dataset: Dataset, span: Span, what: Subject, by: Dimension) -> tuple[VariancePart, ...]:
    """The variance of each programme, account or fund with a plan or actual, in plan order.

    Plan and actual both start at the first day of the books.
    """
    return tuple(_part(dataset, span, what, by, code) for code in _codes(dataset, span, what, by))


def sum_variances(parts: Iterable[VariancePart]) -> Variance:
    """The sum of the parts."""
    return Variance(**sum_fields(parts, *VARIANCE_FIELDS))


@cached_on_dataset
def variance_notes(dataset: Dataset, span: Span) -> dict[str | None, BudgetNote]:
    """The notes on differences in the span's last month, by programme."""
    budget, month = dataset.budget(span.last, span.last), f"{span.last:%Y-%m}"
    return {note.programme: note for note in (budget.notes if budget else ()) if note.period == month}


def _part(dataset: Dataset, span: Span, what: Subject, by: Dimension, code: str | None) -> VariancePart:
    def ours(line: BudgetLine) -> bool:
        return getattr(line, by) == code and (line.unit == MINUTES) == (what == "hours")

    plan, year = (plan_total(dataset, days, ACCOUNT_KIND[what], ours) for days in (span, dataset.year_of(span.last)))
    actual = _actual(dataset, span, what, lambda row: _of(row, by) == code)
    better = actual - plan if what == "income" else plan - actual
    least = FLAG_MINUTES if what == "hours" else FLAG_AMOUNT
    return VariancePart(
        code=code,
        year_plan=year,
        plan=plan,
        actual=actual,
        difference=better,
        flagged=is_flagged(dataset, plan, better, least),
    )


def _of(row: DatasetRow, by: Dimension) -> str | None:
    code: str | None = row.account if by == "account" else getattr(row, by)
    return code


def _rows(dataset: Dataset, span: Span, what: Subject) -> list[DatasetRow]:
    if what == "hours":
        return [r for r in dataset.time.within(span) if r.chart.kind == "expense" and r.family != YEAR_CLOSE]
    return list((dataset.income if what == "income" else dataset.costs).within(span))


def _actual(dataset: Dataset, span: Span, what: Subject, test: Callable[[DatasetRow], bool]) -> int:
    sign = -1 if what == "income" else 1
    return sign * total_amount(row for row in _rows(dataset, since_books_began(dataset, span), what) if test(row))


def _codes(dataset: Dataset, span: Span, what: Subject, by: Dimension) -> list[str | None]:
    lines = [
        line
        for line in plan_lines(dataset, span.last, ACCOUNT_KIND[what])
        if (line.unit == MINUTES) == (what == "hours")
    ]
    planned = [getattr(line, by) for line in lines]
    used = sorted(
        {_of(row, by) for row in _rows(dataset, dataset.year_to(span.last), what)}, key=lambda code: code or "~"
    )
    return list(dict.fromkeys([*planned, *used]))
