"""Receivables by age, and open items at the close of a month."""

from __future__ import annotations

import datetime as dt
from collections import Counter, deque
from collections.abc import Iterable

from ledger.core.account_roles import DUE_FROM_PARTNERS, GRANTS_RECEIVABLE, MEMBER_RECEIVABLES, TRADE_RECEIVABLES
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month, Span
from ledger.registers.records import Place
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.registry import BUDGET_REVIEW, point_indicator
from reports.language.figure import FigureValue, figure_value, percent
from reports.measures.aggregates import balance

RECEIVABLES = (TRADE_RECEIVABLES, MEMBER_RECEIVABLES, GRANTS_RECEIVABLE, DUE_FROM_PARTNERS)
OVERDUE_AFTER = dt.timedelta(60)


def older_part(rows: Iterable[DatasetRow], by: dt.date, sign: int = 1) -> int:
    """The open amount that is older than a day. In each account, payments settle the oldest items first. Minor units.

    `sign` is 1 for receivables (a debit opens an item), -1 for payables.
    """
    queues: dict[tuple[str, str, int], deque[list[int]]] = {}
    paid: Counter[tuple[str, str, int]] = Counter()
    for row in rows:
        leaf, amount = (row.account, row.fund, row.owner), row.amount * sign
        if amount > 0:
            queues.setdefault(leaf, deque()).append([amount, row.date <= by])
        else:
            paid[leaf] -= amount
    return sum(_old_rest(queue, paid[leaf]) for leaf, queue in queues.items())


def _old_rest(queue: Iterable[list[int]], paid: int) -> int:
    old = 0
    for amount, is_old in queue:
        settled = min(amount, paid)
        paid -= settled
        old += (amount - settled) * is_old
    return old


def _nothing_overdue(outcome: FigureValue) -> Message | None:
    return make_message(N_("nothing overdue")) if outcome.value == 0 else None


@point_indicator(
    "receivables-overdue-share",
    "percent",
    N_("Receivables older than 60 days"),
    (BUDGET_REVIEW,),
    wording=_nothing_overdue,
)
def receivables_overdue_share(dataset: Dataset, day: dt.date) -> FigureValue:
    """Receivables older than 60 days / all receivables; percent. 0 is printed as "nothing overdue"."""
    rows = dataset.account_rows(*RECEIVABLES).until(day)
    owed, old = sum(row.amount for row in rows), older_part(rows, day - OVERDUE_AFTER)
    inputs = {"total": owed, "older_than_60_days": old}
    return figure_value(percent(old, owed).value or 0 if owed > 0 else 0, **inputs)


@point_indicator("open-items", "count", N_("Open items at the close"), (BUDGET_REVIEW,))
def open_items(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of clearing accounts that are not 0 plus places not reconciled to the day; target 0."""
    leaves: Counter[tuple[str, str, int]] = Counter()
    for row in dataset.rows.until(day):
        if row.chart.clearing:
            leaves[row.account, row.fund, row.owner] += row.amount
    open_accounts = sum(1 for balance in leaves.values() if balance)
    unreconciled = sum(is_unreconciled(dataset, place, day) for place in dataset.registers.places)
    return figure_value(
        open_accounts + unreconciled, clearing_and_suspense=open_accounts, places_not_reconciled=unreconciled
    )


def is_unreconciled(dataset: Dataset, place: Place, day: dt.date) -> bool:
    """Whether a place holds money and has no reconciliation dated from the day to the end of the next month.

    Payment processors are not counted: their accounts are clearing accounts.
    """
    account = dataset.registers.accounts.get(place.account)
    if account is None or account.clearing or not balance(dataset, day, place.account):
        return False
    in_time = Span(day, Month.of(day).next().last - dt.timedelta(1))
    return not any(
        reconciliation.place == place.code and reconciliation.to in in_time
        for reconciliation in dataset.registers.reconciliations
    )
