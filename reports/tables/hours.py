"""Hours tables: the hours budget, the community account, and hours by programme."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.account_roles import MEMBER_TIME, PARTNER_TIME, PROGRAMME_HOURS, SOLIDARITY_HOURS, WELCOME_HOURS
from ledger.core.amounts import MINUTES
from ledger.core.drafts import OPENING, YEAR_CLOSE
from ledger.core.periods import Span
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.measures.aggregates import balance
from reports.measures.hours import is_giving, member_balances, pot_balance
from reports.measures.plan_figures import plan_lines, plan_total, since_books_began
from reports.tables.registry import by_period, report_table
from reports.tables.variance import FLAG_MINUTES, VARIANCE_FIELDS, PlanAndActual, Variance, is_flagged, sum_fields

PAID_FROM_THE_POT = (PROGRAMME_HOURS, SOLIDARITY_HOURS, WELCOME_HOURS)
AccountProgramme = tuple[str, str | None]


@dataclass(frozen=True, kw_only=True)
class HoursLine(Variance):
    """Hours of one account and programme; minutes."""

    account: str
    programme: str | None
    flagged: bool


@dataclass(frozen=True, kw_only=True)
class HoursTable:
    """The hours budget: rows, the total of programme hours, and the total of all hours paid by the community."""

    rows: tuple[HoursLine, ...]
    total_programme_hours: Variance
    total_all_hours: PlanAndActual


@dataclass(frozen=True, kw_only=True)
class PotTable:
    """The community account from opening to closing by line, and its counterpart balances; minutes.

    `members` holds each member's balance by name. It is for bookkeepers and never printed.
    """

    lines: Mapping[str, int]
    members: Mapping[str, int]
    members_sum: int
    partners: int
    positive_sum: int
    negative_sum: int


def _lines_shown(dataset: Dataset, day: dt.date) -> list[AccountProgramme]:
    planned_lines = [
        (line.account, line.programme) for line in plan_lines(dataset, day, "expense") if line.unit == MINUTES
    ]
    used = [
        (row.account, row.programme)
        for account in PAID_FROM_THE_POT
        for row in dataset.account_rows(account).within(dataset.year_to(day))
        if row.family != YEAR_CLOSE
    ]
    return list(dict.fromkeys(planned_lines + used))


def hours_table(dataset: Dataset, span: Span) -> HoursTable:
    """Planned and used hours of a span by account and programme; minutes."""
    rows = tuple(_hours_line(dataset, span, line) for line in _lines_shown(dataset, span.last))
    work = [row for row in rows if row.account == PROGRAMME_HOURS]
    return HoursTable(
        rows=rows,
        total_programme_hours=Variance(**sum_fields(work, *VARIANCE_FIELDS)),
        total_all_hours=PlanAndActual(**sum_fields(rows, *VARIANCE_FIELDS)),
    )


def _hours_line(dataset: Dataset, span: Span, line: AccountProgramme) -> HoursLine:
    account, programme = line
    year, plan = (
        plan_total(dataset, when, "expense", lambda found: (found.account, found.programme) == line)
        for when in (dataset.year_of(span.last), span)
    )
    rows = dataset.account_rows(account).within(since_books_began(dataset, span))
    used = sum(row.amount for row in rows if row.programme == programme and row.family != YEAR_CLOSE)
    return HoursLine(
        account=account,
        programme=programme,
        year_plan=year,
        plan=plan,
        actual=used,
        difference=plan - used,
        flagged=is_flagged(dataset, plan, plan - used, FLAG_MINUTES),
    )


@report_table("plan_actual_hours")
def plan_actual_hours(dataset: Dataset, columns: Columns) -> Mapping[str, HoursTable]:
    """The hours budget, to date and in the period."""
    return by_period(dataset, columns, hours_table)


def pot_table(dataset: Dataset, span: Span) -> PotTable:
    """The community account of a span: opening, hours given to it, hours it paid for, closing; minutes.

    An opening balance dated within the span counts as opening.
    """
    balances = member_balances(dataset, span.last)
    members = {dataset.names.get(member, str(member)): balances.get(member, 0) for member in dataset.registers.members}
    return PotTable(
        lines={"open": _pot_open(dataset, span)}
        | _pot_flows(dataset, span)
        | {"close": pot_balance(dataset, span.last)},
        members=members,
        members_sum=sum(members.values()),
        partners=-balance(dataset, span.last, PARTNER_TIME),
        positive_sum=sum(value for value in members.values() if value > 0),
        negative_sum=sum(value for value in members.values() if value < 0),
    )


def _flow_accounts(dataset: Dataset) -> list[str]:
    accounts = dataset.registers.accounts.values()
    return sorted(a.code for a in accounts if a.unit == MINUTES and a.kind in ("income", "expense"))


def _pot_open(dataset: Dataset, span: Span) -> int:
    elsewhere = {MEMBER_TIME, PARTNER_TIME, *_flow_accounts(dataset)}
    rows = [row for row in dataset.time.within(span) if row.family == OPENING and row.account not in elsewhere]
    return pot_balance(dataset, span.first - dt.timedelta(1)) - sum(row.amount for row in rows)


def _pot_flows(dataset: Dataset, span: Span) -> dict[str, int]:
    flows = dict.fromkeys(_flow_accounts(dataset), 0)
    for row in dataset.time.within(span):
        if row.account in flows and row.family != YEAR_CLOSE:
            flows[row.account] -= row.amount
    return flows


@report_table("pot")
def pot_tables(dataset: Dataset, columns: Columns) -> Mapping[str, PotTable]:
    """The community account, to date and in the period."""
    return by_period(dataset, columns, pot_table)


NO_PROGRAMME = "none"


def programme_hours(dataset: Dataset, span: Span) -> Mapping[str, int]:
    """Minutes given by members in exchanges, by programme; `none` for entries without one."""
    minutes: Counter[str] = Counter()
    for row in dataset.exchange_rows.within(span):
        if is_giving(row):
            minutes[row.programme or NO_PROGRAMME] -= row.amount
    return minutes


@report_table("hours_by_programme")
def hours_by_programme(dataset: Dataset, columns: Columns) -> Mapping[str, Mapping[str, int]]:
    """Hours given by programme, to date and in the period."""
    return by_period(dataset, columns, programme_hours)
