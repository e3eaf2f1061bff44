"""The budget on screen: plan and actual by programme, account or fund, with bars, a table, and why lines are off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_
from ledger.core.periods import Month, Span
from ledger.registers.plan_records import Budget, BudgetLine, BudgetNote
from reports.data.dataset import Dataset
from reports.measures.plan_figures import late_start_note
from reports.tables.variance import (
    Dimension,
    Subject,
    Variance,
    VariancePart,
    sum_variances,
    variance_notes,
    variance_parts,
)
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared import diagrams
from web.shared.components import Cell, Column, Table, TextOrCell, single_group
from web.shared.diagrams import VarianceLine, build_variance

FIRST_HEADS = {"programme": N_("Programme"), "account": N_("Account"), "fund": N_("Fund")}
WHATS: tuple[Subject, ...] = ("costs", "income", "hours")
KINDS = {"timing": N_("Timing: %(why)s"), "real": N_("Real: %(why)s")}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page shows: a month to date or alone, cut by programme, account or fund."""

    slug: str
    month: Month
    span: Span
    by: Dimension
    today: dt.date
    may_note: bool
    may_open: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """The budget page, worded."""

    side: str
    heading: str
    lead: str
    bars: diagrams.Variance | None
    costs: Table | None
    income: Table | None
    hours: Table | None
    has_plan: bool


def page(books: Dataset, asked: Asked) -> Page:
    """Everything that the page shows, from one snapshot."""
    costs, income, hours = (variance_parts(books, asked.span, what, asked.by) for what in WHATS)
    total = sum_variances(costs)
    names = names_of(books, asked.by)
    return Page(
        side=_side(asked),
        heading=_heading(total, books.currency),
        lead=_full_lead(books, asked, _lead(costs, names, total, books.currency)),
        bars=_bars(costs, names, books.currency, asked),
        costs=_table(books, asked, "costs", costs, gettext("Costs, plan and actual, %(unit)s", unit=books.currency)),
        income=_table(books, asked, "income", income, gettext("Income")),
        hours=_table(books, asked, "hours", hours, gettext("Community hours")),
        has_plan=any(part.year_plan for part in (*costs, *income, *hours)),
    )


def _side(asked: Asked) -> str:
    """The days that are compared; of a month that still runs, the days to today."""
    if asked.today >= asked.span.last:
        return formats.span(asked.span.first, asked.span.last)
    return gettext("%(span)s, so far", span=formats.span(asked.span.first, asked.today))


class _Names:
    """How the parts are called."""

    def __init__(self, books: Dataset, by: Dimension) -> None:
        self.found: dict[str | None, str] = {None: gettext("Shared costs")}
        registers = books.registers
        if by == "account":
            self.found |= {code: f"{code} {account.name}" for code, account in registers.accounts.items()}
        elif by == "fund":
            self.found |= {code: fund.name for code, fund in registers.funds.items()}
        else:
            self.found |= {code: programme.name for code, programme in registers.programmes.items()}

    def __call__(self, code: str | None) -> str:
        return self.found.get(code) or code or ""


def names_of(books: Dataset, by: Dimension) -> Callable[[str | None], str]:
    """How programmes, accounts or funds are called; what belongs to none is shared."""
    return _Names(books, by)


def _heading(total: Variance, unit: str) -> str:
    plan, actual = formats.amount(total.plan, unit), formats.amount(total.actual, unit)
    if not total.year_plan:
        return gettext("We spent %(actual)s, and nothing is planned yet.", actual=actual)
    return gettext("We planned %(plan)s and spent %(actual)s.", plan=plan, actual=actual)


def _full_lead(books: Dataset, asked: Asked, said: str) -> str:
    """What the page means, and from when plan and actual are counted where the books begin in its months."""
    begun = late_start_note(books, asked.span)
    return f"{said} {formats.format_message(begun)}".strip() if begun else said


def _lead(parts: Iterable[VariancePart], names: Callable[[str | None], str], total: Variance, unit: str) -> str:
    flagged = [names(part.code) for part in parts if part.flagged]
    figure = formats.amount(abs(total.difference), unit)
    said = gettext("That is %(figure)s more.", figure=figure) if total.difference < 0 else ""
    said = said or gettext("That is %(figure)s less.", figure=figure)
    if not flagged:
        return f"{said} {gettext('No line needs a word.')}" if total.year_plan else ""
    return f"{said} {gettext('These need a word in the assembly: %(names)s.', names=formats.names(flagged))}"


def _difference(less: int, unit: str) -> str:
    figure = formats.amount(abs(less), unit)
    return gettext("%(figure)s more", figure=figure) if less < 0 else gettext("%(figure)s less", figure=figure)


def _bars(
    parts: Sequence[VariancePart], names: Callable[[str | None], str], unit: str, asked: Asked
) -> diagrams.Variance | None:
    shown = [part for part in parts if part.plan or part.actual]
    if not any(part.difference for part in shown):
        return None
    return build_variance(
        [
            VarianceLine(
                label=names(part.code),
                less=part.difference,
                shown=_difference(part.difference, unit),
                href=_entries(asked, part.code, "costs"),
            )
            for part in shown
        ]
    )


def _entries(asked: Asked, code: str | None, what: Subject) -> str | None:
    """Where the entries behind a figure are listed, for those who may look there."""
    if not asked.may_open:
        return None
    name = "chart" if asked.by == "account" else asked.by
    address: dict[str, Any] = {name: code or "", "unit": MINUTES if what == "hours" else None}
    address |= {"first": asked.span.first.isoformat(), "last": asked.span.last.isoformat()}
    return url_for("entries.show_all", slug=asked.slug, **address)


def _table(books: Dataset, asked: Asked, what: Subject, parts: Sequence[VariancePart], caption: str) -> Table | None:
    if not parts:
        return None
    unit = MINUTES if what == "hours" else books.currency
    names, notes = names_of(books, asked.by), variance_notes(books, asked.span) if asked.by == "programme" else {}
    heads = (gettext("Plan so far"), gettext("Actual"), gettext("Better + worse −"), "%")
    columns = [
        Column(label=gettext(FIRST_HEADS[asked.by])),
        *(Column(label=head, numeric=True) for head in heads),
        Column(label=gettext("Why"), wide=True),
    ]
    rows = [
        [
            Cell(text=names(part.code), href=_entries(asked, part.code, what)),
            *_cells(part, unit),
            _why(asked, part, what, notes.get(part.code)),
        ]
        for part in parts
    ]
    total: list[TextOrCell] = [gettext("Together"), *_cells(sum_variances(parts), unit), ""]
    return Table(caption=caption, columns=columns, groups=single_group(rows), totals=[total])


def _cells(part: Variance, unit: str) -> list[TextOrCell]:
    sign = "+" if part.difference > 0 else ""
    percent = "" if part.percent is None else str(part.percent_display).replace("-", formats.MINUS)
    return [
        formats.amount(part.plan, unit),
        formats.amount(part.actual, unit),
        sign + formats.amount(part.difference, unit),
        percent.removesuffix(" %") or (gettext("not planned") if part.actual else ""),
    ]


def _why(asked: Asked, part: VariancePart, what: Subject, note: BudgetNote | None) -> TextOrCell:
    if what != "costs" or asked.by != "programme":
        return ""
    if note is None and not part.flagged:
        return ""
    text = gettext(KINDS[note.kind], why=note.text) if note else gettext("Say why")
    if not asked.may_note:
        return text if note else gettext("Not explained yet")
    href = url_for("budgets.ask_why", slug=asked.slug, month=str(asked.month), programme=part.code or "")
    return Cell(text=text, href=href)


def plan_table(
    budget: Budget, first: Month, accounts: dict[str, str], funds: dict[str, str], programmes: dict[str, str]
) -> Table:
    """The lines of a plan with the sum of each year."""
    columns = [
        Column(label=gettext("Account")),
        Column(label=gettext("Fund")),
        Column(label=gettext("Programme")),
        Column(label=gettext("Year"), numeric=True),
        Column(label=gettext("Month by month"), wide=True),
    ]
    rows = [
        [
            accounts.get(line.account, line.account),
            funds.get(line.fund, line.fund),
            programmes.get(line.programme or "", line.programme or ""),
            formats.amount(sum(line.months), line.unit),
            months_text(line, first),
        ]
        for line in budget.lines
    ]
    caption = gettext("Plan for %(year)s, version %(version)s", year=budget.year, version=budget.version)
    return Table(caption=caption, columns=columns, groups=single_group(rows))


def amounts_hint(first: Month, before: int) -> str:
    """How amounts of a line are written, and over which months one for the year is spread."""
    if not before:
        return gettext(
            "One for the whole year, spread evenly over its twelve months, or twelve with spaces between: "
            "1,200.00, or 100 100 250 and so on. Hours as 1:30. 0 takes a line away."
        )
    return gettext(
        "One for the year, spread evenly over its months from %(month)s on, in which the books begin, or twelve with "
        "spaces between, of which those before are not counted: 1,200.00, or 100 100 250 and so on. Hours as 1:30. "
        "0 takes a line away.",
        month=formats.month(first.back(-before).first),
    )


def months_text(line: BudgetLine, first: Month) -> str:
    """The months of a line that have an amount; the same amount in all twelve is said once."""
    if len(set(line.months)) == 1:
        return gettext("%(amount)s each month", amount=formats.amount(line.months[0], line.unit))
    named = ((first.back(-place), amount) for place, amount in enumerate(line.months) if amount)
    return ", ".join(
        f"{formats.month_short(month.first)} {formats.amount(amount, line.unit)}" for month, amount in named
    )
