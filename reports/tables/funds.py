"""Fund tables: movements, cash by fund and by place, loans, transfers and grants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.core.account_roles import DUE_FROM_FUNDS, DUE_TO_FUNDS, TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import OPENING, YEAR_CLOSE
from ledger.core.periods import Span
from ledger.registers.records import Fund
from reports.data.columns import Columns
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow
from reports.measures.aggregates import balance, fund_cash
from reports.measures.grants import GrantLine, grant_lines
from reports.tables.registry import ANNUAL, by_period, report_table
from reports.tables.variance import sum_fields


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A fund from opening to closing; minor units. Costs are below 0; `members` is equity paid in or out by members."""

    open: int
    income: int
    costs: int
    transfers: int
    members: int
    close: int


@dataclass(frozen=True, kw_only=True)
class FundMovement(Movement):
    """One fund's movement."""

    fund: str
    name: str
    class_: str


@dataclass(frozen=True, kw_only=True)
class FundsTable:
    """The movements of all funds open by the end of the span; transfers add up to 0."""

    rows: tuple[FundMovement, ...]
    total: Movement


@dataclass(frozen=True, kw_only=True)
class FundLoan:
    """A loan from one fund to another; minor units."""

    key: str
    date: dt.date
    from_: str
    amount: int
    to: str | None


@dataclass(frozen=True, kw_only=True)
class LoansTable:
    """Loans between funds made in a span, and the open amount at its end, from both sides."""

    made: tuple[FundLoan, ...]
    open_at_end: int
    owed_at_end: int


@dataclass(frozen=True, kw_only=True)
class FundTransfer:
    """A transfer from one fund to another; minor units."""

    key: str
    date: dt.date
    from_: str | None
    to: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Released:
    """The use of a restricted fund: costs, and assets moved to another fund; minor units."""

    costs: int
    transfers_of_assets: int
    released: int


MOVEMENT_FIELDS = ("open", "income", "costs", "transfers", "members", "close")


def _heading(row: DatasetRow, span: Span) -> str:
    if row.date < span.first:
        return "open"
    if row.chart.kind in ("income", "expense"):
        return "income" if row.chart.kind == "income" else "costs"
    if row.family == OPENING:
        return "open"
    return "transfers" if row.account in (TRANSFERS_IN, TRANSFERS_OUT) else "members"


@cached_on_dataset
def funds_table(dataset: Dataset, span: Span) -> FundsTable:
    """Every fund: open + income + costs + transfers + members = close; minor units.

    An opening balance dated within the span counts as opening. The year's closing entry is left out.
    """
    opened = [fund for fund in dataset.money_funds if (fund.opened or dt.date.min) <= span.last]
    rows = tuple(_movement(dataset, span, fund) for fund in opened)
    return FundsTable(rows=rows, total=Movement(**sum_fields(rows, *MOVEMENT_FIELDS)))


def _movement(dataset: Dataset, span: Span, fund: Fund) -> FundMovement:
    moves = dict.fromkeys(MOVEMENT_FIELDS, 0)
    for row in dataset.fund_rows(fund.code).until(span.last):
        is_own = row.chart.kind not in ("asset", "liability")
        if is_own and (row.family != YEAR_CLOSE or row.date < span.first):
            moves[_heading(row, span)] -= row.amount
    moves["close"] = sum(moves.values())
    return FundMovement(fund=fund.code, name=fund.name, class_=fund.class_, **moves)


@report_table("funds")
def funds(dataset: Dataset, columns: Columns) -> Mapping[str, FundsTable]:
    """Fund movements, to date and in the period."""
    return by_period(dataset, columns, funds_table)


@report_table("restricted")
def restricted(dataset: Dataset, columns: Columns) -> tuple[GrantLine, ...]:
    """Each grant and appeal at the end of the period."""
    return grant_lines(dataset, columns.end)


@report_table("fund_loans")
def fund_loans(dataset: Dataset, columns: Columns) -> LoansTable:
    """Loans between funds."""
    rows = [row for row in dataset.account_rows(DUE_FROM_FUNDS).within(columns.period) if row.amount > 0]
    return LoansTable(
        made=tuple(_loan(dataset, row) for row in rows),
        open_at_end=balance(dataset, columns.end, DUE_FROM_FUNDS),
        owed_at_end=-balance(dataset, columns.end, DUE_TO_FUNDS),
    )


def _loan(dataset: Dataset, row: DatasetRow) -> FundLoan:
    lines = dataset.entries[row.seq]
    to = next((line.fund for line in lines if line.account == DUE_TO_FUNDS and line.amount < 0), None)
    return FundLoan(key=row.key, date=row.date, from_=row.fund, amount=row.amount, to=to)


@report_table("fund_transfers")
def fund_transfers(dataset: Dataset, columns: Columns) -> list[FundTransfer]:
    """Transfers between funds, in entry order."""
    rows = dataset.account_rows(TRANSFERS_IN).within(columns.period)
    return [_transfer(dataset, row) for row in rows if row.family != YEAR_CLOSE]


def _transfer(dataset: Dataset, row: DatasetRow) -> FundTransfer:
    giver = next((line.fund for line in dataset.entries[row.seq] if line.account == TRANSFERS_OUT), None)
    return FundTransfer(key=row.key, date=row.date, from_=giver, to=row.fund, amount=-row.amount)


@report_table("cash_by_fund")
def cash_by_fund(dataset: Dataset, columns: Columns) -> Mapping[str, int]:
    """Cash of each fund that has any; minor units."""
    by_fund = {code: fund_cash(dataset, columns.end, code) for code in dataset.fund_codes}
    return {code: amount for code, amount in by_fund.items() if amount}


@report_table("cash_by_place")
def cash_by_place(dataset: Dataset, columns: Columns) -> Mapping[str, int]:
    """Cash in each bank account, cash box and payment processor, over all its funds; minor units."""
    return {
        place.code: sum(
            balance(dataset, columns.end, place.account, fund) for fund in place.funds or dataset.fund_codes
        )
        for place in dataset.registers.places
    }


@report_table("released", (ANNUAL,))
def released(dataset: Dataset, columns: Columns) -> Mapping[str, Released]:
    """The amounts released from each restricted fund in the year: costs, and assets moved out."""
    funds_bound = [fund.code for fund in dataset.money_funds if fund.class_ == "restricted"]
    return {code: _released(dataset.fund_rows(code).within(columns.period)) for code in funds_bound}


def _released(rows: Iterable[DatasetRow]) -> Released:
    counted = [row for row in rows if row.family != YEAR_CLOSE]
    spent = sum(row.amount for row in counted if row.chart.kind == "expense")
    moved = sum(row.amount for row in counted if row.account == TRANSFERS_OUT and row.kind == "asset-transferred")
    return Released(costs=spent, transfers_of_assets=moved, released=spent + moved)
