"""The trial balance, and the checks at the close."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.account_roles import DUE_FROM_FUNDS, DUE_TO_FUNDS, SUSPENSE, TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.amounts import MINUTES
from ledger.core.drafts import YEAR_CLOSE
from reports.data.columns import Columns
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import BROUGHT_FORWARD, total_amount
from reports.measures.aggregates import balance, fund_net_assets
from reports.tables.registry import ANNUAL, report_table


@dataclass(frozen=True, kw_only=True)
class DebitCredit:
    """Debits and credits, neither below 0; minor units or minutes."""

    debit: int
    credit: int


@dataclass(frozen=True, kw_only=True)
class TrialLine(DebitCredit):
    """The balance of an account by fund and unit, over all owners."""

    account: str
    name: str
    fund: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class TrialBalance:
    """Every account with a balance, and the totals of each unit; debits equal credits."""

    rows: tuple[TrialLine, ...]
    total: Mapping[str, DebitCredit]


@dataclass(frozen=True, kw_only=True)
class Checks:
    """The amounts and counts that must be 0, or be listed, at a close; minor units and minutes."""

    entries_read: int
    last_key: str | None
    entries_out_of_balance: int
    time_sum: int
    barter_sum: int
    suspense: int
    clearing: int
    due_from_less_due_to_funds: int
    transfers_net: int
    restricted_below_zero: tuple[str, ...]
    late_entries: int


@cached_on_dataset
def trial_balance_on(dataset: Dataset, day: dt.date, before_close: bool = False) -> TrialBalance:
    """Debit or credit of every account on a day, by unit, account and fund; optionally before the year's close."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in dataset.rows.until(day):
        if not before_close or row.family != YEAR_CLOSE:
            sums[row.unit, row.account, row.fund] += row.amount
    accounts = dataset.registers.accounts
    rows = tuple(
        TrialLine(
            account=account,
            name=accounts[account].name if account in accounts else account,
            fund=fund,
            unit=unit,
            debit=max(value, 0),
            credit=max(-value, 0),
        )
        for (unit, account, fund), value in sorted(sums.items())
        if value
    )
    units = dict.fromkeys((dataset.currency, MINUTES, *(row.unit for row in rows)))
    return TrialBalance(rows=rows, total={unit: _sides([r for r in rows if r.unit == unit]) for unit in units})


def _sides(rows: list[TrialLine]) -> DebitCredit:
    return DebitCredit(debit=sum(row.debit for row in rows), credit=sum(row.credit for row in rows))


@report_table("trial_balance")
def trial_balance(dataset: Dataset, columns: Columns) -> TrialBalance:
    """The trial balance at the end of the period; after the closing entry where the year is closed."""
    return trial_balance_on(dataset, columns.end)


@report_table("trial_balance_before_close", (ANNUAL,))
def trial_balance_before_close(dataset: Dataset, columns: Columns) -> TrialBalance:
    """The trial balance before the year's closing entry."""
    return trial_balance_on(dataset, columns.end, before_close=True)


@report_table("checks")
def checks(dataset: Dataset, columns: Columns) -> Checks:
    """The checks at the close: entries read, entries out of balance, clearing accounts, late entries."""
    end = columns.end
    rows = [row for row in dataset.source.rows.until(end) if row.kind != BROUGHT_FORWARD]
    heads = {row.seq: row for row in rows}
    first = columns.period.first
    about = [row.about or row.date for row in heads.values() if row.date >= first]
    clearing = [a.code for a in dataset.registers.accounts.values() if a.clearing and a.unit == dataset.currency]
    return Checks(
        entries_read=dataset.entries_before + len(heads),
        last_key=_last_key(dataset.source, {seq: row.key for seq, row in heads.items()}),
        entries_out_of_balance=_out_of_balance(dataset, end),
        time_sum=total_amount(dataset.time.until(end)),
        barter_sum=total_amount(dataset.barter.until(end)),
        suspense=balance(dataset, end, SUSPENSE),
        clearing=sum(balance(dataset, end, code) for code in clearing if code != SUSPENSE),
        due_from_less_due_to_funds=balance(dataset, end, DUE_FROM_FUNDS) + balance(dataset, end, DUE_TO_FUNDS),
        transfers_net=balance(dataset, end, TRANSFERS_OUT) + balance(dataset, end, TRANSFERS_IN),
        restricted_below_zero=tuple(
            fund for fund in restricted_funds(dataset) if fund_net_assets(dataset, end, fund) < 0
        ),
        late_entries=sum(day < first for day in about),
    )


def _last_key(dataset: Dataset, keys: Mapping[int, str]) -> str | None:
    older = dict([dataset.last_before]) if dataset.last_before else {}
    return max({**older, **keys}.items(), default=(0, None))[1]


def restricted_funds(dataset: Dataset) -> list[str]:
    """The codes of the restricted funds."""
    return [fund.code for fund in dataset.money_funds if fund.class_ == "restricted"]


def _out_of_balance(dataset: Dataset, day: dt.date) -> int:
    sums: Counter[tuple[int, str, str]] = Counter()
    for row in dataset.source.rows.until(day):
        sums[row.seq, row.unit, row.fund] += row.amount
    return sum(1 for left in sums.values() if left)
