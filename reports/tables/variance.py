"""A plan beside what happened, cut by programme, by account or by fund, in money and in hours; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ledger.core.amounts import MINUTES
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.periods import Span
from ledger.registers.plan_records import BudgetLine, BudgetNote
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow, total_amount
from reports.measures.plan_figures import plan_lines, plan_total, since_books_began
from reports.tables.variance_table import FLAG_AMOUNT, Variance, is_flagged
from reports.tables.variance_table import FLAG_MINUTES as LEAST_MINUTES

Dimension: TypeAlias = Literal["programme", "account", "fund"]
Subject: TypeAlias = Literal["costs", "income", "hours"]
ACCOUNT_KIND = {"costs": "expense", "income": "income", "hours": "expense"}


@dataclass(frozen=True, kw_only=True)
class VariancePart(Variance):
    """One programme, account or fund; `code` None stands for costs of no programme."""

    code: str | None
    flagged: bool


def variance_parts(dataset: Dataset, span: Span, what: Subject, by: Dimension) -> tuple[VariancePart, ...]:
    """Plan and actual of each part that has either, in the order of the plan; a difference above nought is better.

    Both count from the first day of the books.
    """
    return tuple(_part(dataset, span, what, by, code) for code in _codes(dataset, span, what, by))


def sum_variances(parts: Iterable[VariancePart]) -> Variance:
    """The parts added up."""
    listed = list(parts)
    names = ("year_plan", "plan", "actual", "difference")
    return Variance(**{name: sum(getattr(part, name) for part in listed) for name in names})


def variance_notes(dataset: Dataset, span: Span) -> dict[str | None, BudgetNote]:
    """Why programmes are off their plan in the span's last month."""
    budget, month = dataset.budget(span.last, span.last), f"{span.last:%Y-%m}"
    return {note.programme: note for note in (budget.notes if budget else ()) if note.period == month}


def _part(dataset: Dataset, span: Span, what: Subject, by: Dimension, code: str | None) -> VariancePart:
    def ours(line: BudgetLine) -> bool:
        return getattr(line, by) == code and (line.unit == MINUTES) == (what == "hours")

    plan, year = (plan_total(dataset, days, ACCOUNT_KIND[what], ours) for days in (span, dataset.year_of(span.last)))
    actual = _actual(dataset, span, what, lambda row: _of(row, by) == code)
    better = actual - plan if what == "income" else plan - actual
    least = LEAST_MINUTES if what == "hours" else FLAG_AMOUNT
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
    known = [getattr(line, by) for line in lines]
    used = sorted(
        {_of(row, by) for row in _rows(dataset, dataset.year_to(span.last), what)}, key=lambda code: code or "~"
    )
    return list(dict.fromkeys([*known, *used]))
