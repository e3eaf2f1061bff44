"""The approved plan for a span of months, and open commitments: promised, not yet invoiced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction

from ledger.core.account_roles import PROGRAMME_HOURS
from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month, Span
from ledger.registers.plan_records import Budget, BudgetLine, Commitment, KnownChange
from reports.data.dataset import Dataset, cached_on_dataset
from reports.language.value_formats import DayName

LineTest = Callable[[BudgetLine], bool]


def any_line(_: BudgetLine) -> bool:
    """Every line."""
    return True


YearPart = tuple[dt.date, int, int]
"""Months of one financial year: the year's first day, and the start and end positions of the months."""


@cached_on_dataset
def _parts(dataset: Dataset, span: Span) -> tuple[YearPart, ...]:
    """The months of a span, financial year by financial year."""
    positions: dict[dt.date, list[int]] = {}
    for month in span.months():
        positions.setdefault(dataset.year_of(month.first).first, []).append(dataset.month_of_year(month))
    return tuple((first, months[0], months[-1] + 1) for first, months in positions.items())


def since_books_began(dataset: Dataset, span: Span) -> Span:
    """The part of a span since the first day of the books. Plan and actual are compared for this part only.

    The plan counts whole months, from the month in which the books begin.
    """
    return Span(max(span.first, dataset.began or span.first), span.last)


def late_start_note(dataset: Dataset, span: Span) -> Message | None:
    """A note on the first day of the books, where they begin after the first month of a span; else None."""
    first = since_books_began(dataset, span).first
    if not Month.of(span.first) < Month.of(first) <= Month.of(span.last):
        return None
    return make_message(N_("The books begin on %(day)s: plan and actual count from then on."), day=DayName(first))


def has_plan(dataset: Dataset, span: Span) -> bool:
    """Whether every month of a span has an approved plan."""
    return all(dataset.budget(first, span.last) is not None for first, _, _ in _parts(dataset, span))


def plan_lines(dataset: Dataset, day: dt.date, kind: str) -> tuple[BudgetLine, ...]:
    """The plan lines in force on a day for accounts of a kind, such as `expense`; empty without a plan."""
    return _lines(dataset, dataset.year_of(day).first, day, kind)


def plan_total(dataset: Dataset, span: Span, kind: str, test: LineTest = any_line) -> int:
    """The sum of the plan lines of one kind for the months of a span, in the last approved version.

    Months before the first day of the books are not counted.
    """
    return sum(
        sum(line.months[begin:end])
        for first, begin, end in _parts(dataset, since_books_began(dataset, span))
        for line in _lines(dataset, first, span.last, kind)
        if test(line)
    )


@cached_on_dataset
def _lines(dataset: Dataset, year: dt.date, as_at: dt.date, kind: str) -> tuple[BudgetLine, ...]:
    accounts, budget = dataset.registers.accounts, dataset.budget(year, as_at)
    lines = budget.lines if budget else ()
    return tuple(line for line in lines if line.account in accounts and accounts[line.account].kind == kind)


def plan_costs(dataset: Dataset, span: Span, test: LineTest = any_line) -> int:
    """Planned costs in money."""
    return plan_total(dataset, span, "expense", lambda line: line.unit == dataset.currency and test(line))


def plan_income(dataset: Dataset, span: Span, test: LineTest = any_line) -> int:
    """Planned income in money."""
    return plan_total(dataset, span, "income", lambda line: line.unit == dataset.currency and test(line))


def plan_hours(dataset: Dataset, span: Span) -> int:
    """Planned programme hours, in minutes."""
    return plan_total(dataset, span, "expense", lambda line: line.unit == MINUTES and line.account == PROGRAMME_HOURS)


def plan_still_to_come(dataset: Dataset, day: dt.date, test: LineTest = any_line) -> int:
    """Planned costs of the remaining months of the financial year."""
    rest = since_books_began(dataset, Span(Month.of(day).next().first, dataset.year_of(day).last))
    lines = [line for line in plan_lines(dataset, day, "expense") if line.unit == dataset.currency and test(line)]
    return sum(sum(line.months[begin:end]) for _, begin, end in _parts(dataset, rest) for line in lines)


def twelve_month_total(dataset: Dataset, day: dt.date, lines: Iterable[BudgetLine]) -> Fraction:
    """The total of some plan lines for twelve months; a plan that starts with the books is scaled up."""
    listed = list(lines)
    parts = _parts(dataset, since_books_began(dataset, dataset.year_of(day)))
    months = sum(end - begin for _, begin, end in parts)
    return sum((Fraction(sum(line.months[b:e]) * 12, months) for _, b, e in parts for line in listed), Fraction(0))


def known_changes(dataset: Dataset, day: dt.date) -> dict[str | None, int]:
    """Known changes of the year's costs by programme, from the last list made in the month of a day."""
    by_programme: dict[str | None, int] = {}
    budget = dataset.budget(day, day)
    for change in listed_changes(budget, day) if budget else ():
        by_programme[change.programme] = by_programme.get(change.programme, 0) + change.amount
    return by_programme


def listed_changes(budget: Budget, day: dt.date) -> tuple[KnownChange, ...]:
    """The changes of the last list made in the month of a day."""
    made = [change for change in budget.known_changes if Month.of(change.as_at) == Month.of(day)]
    newest = max((change.as_at for change in made), default=day)
    return tuple(change for change in made if change.as_at == newest)


def open_amount(commitment: Commitment, day: dt.date) -> int:
    """The open amount of a commitment on a day; 0 before it was made and after it was used up or cancelled."""
    if commitment.date > day or (commitment.cancelled and commitment.cancelled <= day):
        return 0
    return max(0, commitment.amount - sum(use.released for use in commitment.uses if use.date <= day))


def open_commitments(dataset: Dataset, day: dt.date, test: Callable[[Commitment], bool] = lambda _: True) -> int:
    """The sum of commitments that are open on a day."""
    return sum(open_amount(commitment, day) for commitment in dataset.registers.commitments if test(commitment))
