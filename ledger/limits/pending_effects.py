"""Held: what each account would gain or lose if all that waits were confirmed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, literal_column, or_, select

from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import UnitOfWork
from ledger.models import account, hold

IS_OPEN: ColumnElement[bool] = literal_column("hold.state = 'open'")
"""Said in these words, so that the index of open holds is used."""


def pending_changes(uow: UnitOfWork, *wanted: ColumnElement[bool]) -> dict[AccountKey, int]:
    """What each account would gain or lose if all that waits were confirmed, in minor units, debit positive.

    What lapsed counts no more. `wanted` narrows to some accounts.
    """
    same = (account.c.community_id == hold.c.community_id) & (account.c.account_id == hold.c.account_id)
    parts = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    running = or_(hold.c.expires_at.is_(None), hold.c.expires_at > uow.clock())
    query = select(*parts, func.sum(hold.c.amount)).join(hold, same)
    query = query.where(hold.c.community_id == uow.community_id, IS_OPEN, running, *wanted).group_by(*parts)
    return {AccountKey(*row[:4]): int(row[4]) for row in uow.connection.execute(query)}
