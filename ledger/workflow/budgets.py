"""Budgets: year plans by fund, programme and account, in money and hours; what was approved stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from ledger.core.amounts import MINUTES, split
from ledger.core.errors import FieldWrong, LedgerError, UnknownAccount, UnknownDecision, UnknownFund, UnknownProgramme
from ledger.core.messages import make_message
from ledger.core.periods import Month, financial_year
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal import queries
from ledger.registers import communities, decisions, store
from ledger.registers.plan_records import Budget, BudgetLine, BudgetNote
from ledger.registers.registry import ACCOUNTS, BUDGET_LINES, BUDGET_NOTES, BUDGETS, FUNDS, KNOWN_CHANGES, PROGRAMMES
from ledger.registers.store import Change

DRAFT, APPROVED = "draft", "approved"
PLANNED = ("income", "expense")
"""The kinds of account that a plan has lines for."""
TIMING, REAL = "timing", "real"
"""Why a programme is off its plan: it evens out in a later month, or it stays."""


class BudgetUnknown(LedgerError):
    """A plan is named by its year and version, and was begun before."""

    slug = "budget-unknown"


class BudgetEmpty(LedgerError):
    """A plan is put in force once something is planned in it."""

    slug = "budget-empty"


class BudgetFixed(LedgerError):
    """An approved plan stays as it was; a change is a new version."""

    slug = "budget-fixed"


MONTHS_OF_YEAR = 12


def all(uow: UnitOfWork) -> list[Budget]:  # noqa: A001 (budgets.all reads as what it gives)
    """Every version of every year's plan with its lines, known changes and notes, oldest first."""
    starts = communities.settings(uow).first_month
    changes = [(_year_of(c.as_at, starts), c) for c in KNOWN_CHANGES.all(uow).values()]
    notes = [(_year_of(Month.parse(n.period).first, starts), n) for n in BUDGET_NOTES.all(uow).values()]
    lines = BUDGET_LINES.all(uow)
    found = sorted(BUDGETS.all(uow).values(), key=lambda budget: (budget.year, budget.version))
    return [
        replace(
            budget,
            lines=tuple(line for key, line in lines.items() if key.startswith(_prefix(budget))),
            known_changes=tuple(change for year, change in changes if year == budget.year),
            notes=tuple(note for year, note in notes if year == budget.year),
        )
        for budget in found
    ]


def _year_of(day: dt.date, first_month: int) -> int:
    return financial_year(Month.of(day), first_month).first.year


def _prefix(budget: Budget) -> str:
    return f"{BUDGETS.key_of(budget)}/"


def in_force(uow: UnitOfWork, year: int) -> Budget | None:
    """The plan of a year that counts: its last approved version; None where none is approved."""
    return next((b for b in reversed(all(uow)) if b.year == year and b.state == APPROVED), None)


def newest(uow: UnitOfWork, year: int) -> Budget | None:
    """The last version of a year's plan, approved or not; None where none was begun."""
    return next((b for b in reversed(all(uow)) if b.year == year), None)


def lines(uow: UnitOfWork, year: int) -> tuple[BudgetLine, ...]:
    """The lines of a year's plan in force; of its draft while no version is approved."""
    found = in_force(uow, year) or newest(uow, year)
    return found.lines if found else ()


def months_before(uow: UnitOfWork, year: int) -> int:
    """How many months of a plan's year lie before the books begin: nothing is planned or counted in them."""
    settings, written = communities.settings(uow), queries.date_range(uow)
    began = settings.books_began or (written[0] if written else None)
    if began is None or _year_of(began, settings.first_month) != year:
        return 0
    return (began.month - settings.first_month) % MONTHS_OF_YEAR


def spread(total: int, before: int) -> tuple[int, ...]:
    """One amount for the year over its twelve months: nought in those before the books begin, even in the others."""
    return split(total, [0] * before + [1] * (MONTHS_OF_YEAR - before))


def draft(writing: WriteUnit, year: int, *, entered_by: int) -> Budget:
    """The year's open draft; where there is none, a new version that begins with the lines of the one before."""
    before = newest(writing, year)
    if before is not None and before.state == DRAFT:
        return before
    begun = Budget(year=year, version=before.version + 1 if before else 1)
    copied = [_line_change(begun, line) for line in (before.lines if before else ())]
    store.write(writing, [BUDGETS.change(begun), *copied], entered_by=entered_by)
    return replace(begun, lines=before.lines if before else ())


def enter(writing: WriteUnit, year: int, version: int, entered: Sequence[BudgetLine], *, entered_by: int) -> int | None:
    """Set lines of a draft; a line with nought in every month is struck. BudgetFixed once it is approved."""
    budget = _open(writing, year, version)
    _refuse_unknown(writing, entered)
    changes = [
        _line_change(budget, line) if any(line.months) else BUDGET_LINES.withdraw(_line_key(budget, line))
        for line in entered
    ]
    return store.write(writing, changes, entered_by=entered_by)


def approve(
    writing: WriteUnit, year: int, version: int, decision: str | None, on: dt.date, *, entered_by: int
) -> int | None:
    """Put a draft in force from a day on, perhaps under a decision; from now on it stays as it is.

    BudgetEmpty where it has no line, UnknownDecision for a decision that the books do not know.
    """
    check_approval(writing, year, version, decision)
    approved = replace(_open(writing, year, version), state=APPROVED, decision=decision, approved=on)
    return store.write(writing, [BUDGETS.change(approved)], entered_by=entered_by)


def check_approval(uow: UnitOfWork, year: int, version: int, decision: str | None) -> Budget:
    """The draft with its lines, if it may be put in force under the decision; refused as `approve` would."""
    _open(uow, year, version)
    budget = newest(uow, year)
    if budget is None or not budget.lines:
        raise BudgetEmpty(make_message("Nothing is planned yet. Set at least one line first."))
    if decision is not None and decision not in decisions.codes(uow):
        raise UnknownDecision(make_message("There is no decision “%(code)s”.", code=decision), "decision")
    return budget


def note(writing: WriteUnit, said: BudgetNote, *, entered_by: int) -> int | None:
    """Say why a programme is off its plan in a month; prints under the month's budget review."""
    if said.kind not in (TIMING, REAL):
        raise FieldWrong("kind", make_message("Choose timing, where it evens out later, or real."))
    if said.programme is not None and said.programme not in PROGRAMMES.all(writing):
        raise UnknownProgramme(make_message("There is no programme “%(code)s”.", code=said.programme))
    return store.write(writing, [BUDGET_NOTES.change(said)], entered_by=entered_by)


def _open(uow: UnitOfWork, year: int, version: int) -> Budget:
    budget = BUDGETS.get(uow, f"{year}/{version}")
    if budget is None:
        raise BudgetUnknown(
            make_message("There is no plan for %(year)s, version %(version)s.", year=year, version=version)
        )
    if budget.state != DRAFT:
        raise BudgetFixed(make_message("This plan is approved. Begin a new version to change it."))
    return budget


def _line_key(budget: Budget, line: BudgetLine) -> str:
    return _prefix(budget) + BUDGET_LINES.key_of(line)


def _line_change(budget: Budget, line: BudgetLine) -> Change:
    return BUDGET_LINES.change(line, _line_key(budget, line))


def _refuse_unknown(writing: WriteUnit, entered: Sequence[BudgetLine]) -> None:
    chart = ACCOUNTS.all(writing)
    funds, programmes = FUNDS.all(writing), PROGRAMMES.all(writing)
    for line in entered:
        if line.account not in chart or chart[line.account].unit != line.unit:
            raise UnknownAccount(
                make_message("There is no account “%(code)s” in the chart of accounts.", code=line.account)
            )
        if chart[line.account].kind not in PLANNED:
            raise FieldWrong(
                "account", make_message("A plan tells of income and costs. Choose an account of one of them.")
            )
        if line.fund not in funds:
            raise UnknownFund(make_message("There is no fund “%(code)s”.", code=line.fund))
        if (funds[line.fund].class_ == "time") != (line.unit == MINUTES):
            raise FieldWrong("fund", make_message("Hours are planned in the time bank, and money in the other funds."))
        if line.programme is not None and line.programme not in programmes:
            raise UnknownProgramme(make_message("There is no programme “%(code)s”.", code=line.programme))
        if len(line.months) != MONTHS_OF_YEAR:
            raise FieldWrong("months", make_message("A line of a plan has an amount for each of twelve months."))
