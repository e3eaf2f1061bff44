"""Results: what a fund's income, costs and transfers have come to since they were last emptied into its own worth."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, or_, select

from ledger.core.account_roles import TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import snapshots
from ledger.models import account, chart_line

RESULT_CLASSES = ("INCOME", "EXPENSE")
Result = tuple[AccountKey, int]
"""An account and its balance, in minor units, debit positive."""


def fund_results(uow: UnitOfWork, day: dt.date, fund: str | None = None) -> list[Result]:
    """The income, cost and transfer accounts that are not at nought at a day's end, by fund and account."""
    moves = snapshots.amounts_until(uow, day)
    line = (chart_line.c.community_id == account.c.community_id) & (chart_line.c.code == account.c.chart)
    columns = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    query = select(*columns, func.sum(moves.c.amount)).join(moves, moves.c.account_id == account.c.account_id)
    query = query.join(chart_line, line).where(account.c.community_id == uow.community_id)
    is_transfer = account.c.chart.in_((TRANSFERS_OUT, TRANSFERS_IN))
    query = query.where(or_(chart_line.c["class"].in_(RESULT_CLASSES), is_transfer))
    if fund is not None:
        query = query.where(account.c.fund == fund)
    query = query.group_by(account.c.community_id, account.c.account_id, *columns)
    ordered = query.order_by(account.c.fund, account.c.chart, account.c.unit, account.c.owner_id)
    return [(AccountKey(*row[:4]), int(row[4])) for row in uow.connection.execute(ordered) if row[4]]
