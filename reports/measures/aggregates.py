"""Sums that many figures share: income, costs, account balances, cash and net assets of funds.

All sums are in minor units. Costs and income exclude the year's closing entry; balances include it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from ledger.core.account_roles import PROGRAMME_HOURS
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.periods import Month, Span
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount

RowTest = Callable[[DatasetRow], bool]


def any_row(_: DatasetRow) -> bool:
    """Every row."""
    return True


def costs(dataset: Dataset, span: Span, test: RowTest = any_row) -> int:
    """Costs of a span, for the rows that pass the test."""
    return total_amount(row for row in dataset.costs.within(span) if test(row))


def income(dataset: Dataset, span: Span, test: RowTest = any_row) -> int:
    """Income of a span as a positive number, for the rows that pass the test."""
    return -total_amount(row for row in dataset.income.within(span) if test(row))


def hours_used(dataset: Dataset, span: Span) -> int:
    """Programme hours paid by the community; minutes."""
    return total_amount(row for row in dataset.account_rows(PROGRAMME_HOURS).within(span) if row.family != YEAR_CLOSE)


@cached_on_dataset
def balance(dataset: Dataset, day: dt.date, code: str, fund: str | None = None, owner: int | None = None) -> int:
    """The balance of an account at the end of a day, debit positive; optionally of one fund or owner."""
    return total_amount(
        row for row in dataset.account_rows(code).until(day) if fund in (None, row.fund) and owner in (None, row.owner)
    )


@cached_on_dataset
def fund_cash(dataset: Dataset, day: dt.date, fund: str) -> int:
    """Cash of one fund at the end of a day."""
    return total_amount(row for row in dataset.fund_rows(fund).until(day) if row.chart.cash)


def cash(dataset: Dataset, day: dt.date, funds: Collection[str] | None = None) -> int:
    """Cash of some funds, or of all, at the end of a day."""
    return sum(fund_cash(dataset, day, fund) for fund in (dataset.fund_codes if funds is None else funds))


@cached_on_dataset
def fund_net_assets(dataset: Dataset, day: dt.date, fund: str) -> int:
    """Net assets of a fund: assets less liabilities."""
    return total_amount(row for row in dataset.fund_rows(fund).until(day) if row.chart.kind in ("asset", "liability"))


def twelve_months(day: dt.date) -> Span:
    """The twelve months that end on a day."""
    if day == Month.of(day).last:
        return Span(Month.of(day).back(11).first, day)
    before = Month.of(day).back(12)
    return Span(dt.date(before.year, before.month, min(day.day, before.last.day)) + dt.timedelta(1), day)
