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
from reports.data.rows import Row, total
from reports.measures.plan_figures import counted, planned, year_lines
from reports.tables.variance_table import CENTS, Compared, is_flagged
from reports.tables.variance_table import MINUTES as LEAST_MINUTES

By: TypeAlias = Literal["programme", "account", "fund"]
What: TypeAlias = Literal["costs", "income", "hours"]
KIND = {"costs": "expense", "income": "income", "hours": "expense"}


@dataclass(frozen=True, kw_only=True)
class Part(Compared):
    """One programme, account or fund; `code` None stands for costs of no programme."""

    code: str | None
    flagged: bool


def compared(books: Dataset, span: Span, what: What, by: By) -> tuple[Part, ...]:
    """Plan and actual of each part that has either, in the order of the plan; a difference above nought is better.

    Both count from the first day of the books.
    """
    return tuple(_part(books, span, what, by, code) for code in _codes(books, span, what, by))


def together(parts: Iterable[Part]) -> Compared:
    """The parts added up."""
    listed = list(parts)
    names = ("year_plan", "plan", "actual", "difference")
    return Compared(**{name: sum(getattr(part, name) for part in listed) for name in names})


def notes_of(books: Dataset, span: Span) -> dict[str | None, BudgetNote]:
    """Why programmes are off their plan in the span's last month."""
    budget, month = books.budget(span.last, span.last), f"{span.last:%Y-%m}"
    return {note.programme: note for note in (budget.notes if budget else ()) if note.period == month}


def _part(books: Dataset, span: Span, what: What, by: By, code: str | None) -> Part:
    def ours(line: BudgetLine) -> bool:
        return getattr(line, by) == code and (line.unit == MINUTES) == (what == "hours")

    plan, year = (planned(books, days, KIND[what], ours) for days in (span, books.year_of(span.last)))
    actual = _actual(books, span, what, lambda row: _of(row, by) == code)
    better = actual - plan if what == "income" else plan - actual
    least = LEAST_MINUTES if what == "hours" else CENTS
    return Part(
        code=code,
        year_plan=year,
        plan=plan,
        actual=actual,
        difference=better,
        flagged=is_flagged(books, plan, better, least),
    )


def _of(row: Row, by: By) -> str | None:
    code: str | None = row.account if by == "account" else getattr(row, by)
    return code


def _rows(books: Dataset, span: Span, what: What) -> list[Row]:
    if what == "hours":
        return [r for r in books.time.within(span) if r.chart.kind == "expense" and r.family != YEAR_CLOSE]
    return list((books.income if what == "income" else books.costs).within(span))


def _actual(books: Dataset, span: Span, what: What, test: Callable[[Row], bool]) -> int:
    sign = -1 if what == "income" else 1
    return sign * total(row for row in _rows(books, counted(books, span), what) if test(row))


def _codes(books: Dataset, span: Span, what: What, by: By) -> list[str | None]:
    lines = [line for line in year_lines(books, span.last, KIND[what]) if (line.unit == MINUTES) == (what == "hours")]
    known = [getattr(line, by) for line in lines]
    used = sorted({_of(row, by) for row in _rows(books, books.year_to(span.last), what)}, key=lambda code: code or "~")
    return list(dict.fromkeys([*known, *used]))
