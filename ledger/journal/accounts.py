"""The accounts of the books, read: each is one chart line in one fund and unit, of one owner."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import UnitOfWork
from ledger.models import account


def account_keys(uow: UnitOfWork) -> list[AccountKey]:
    """Every account of the books, in the order chart line, fund, unit, owner."""
    columns = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    rows = uow.connection.execute(select(*columns).where(account.c.community_id == uow.community_id)).all()
    return [AccountKey(*row) for row in sorted(rows, key=lambda row: (row[0], row[2], row[1], row[3]))]


def account_owners(uow: UnitOfWork, chart: str, fund: str) -> list[int]:
    """Whose accounts a chart line has in a fund, lowest number first; 0 is the community's own."""
    query = select(account.c.owner_id).where(account.c.community_id == uow.community_id)
    query = query.where(account.c.chart == chart, account.c.fund == fund)
    return sorted(uow.connection.scalars(query))


def charts_and_owners(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, tuple[str, int]]:
    """The chart line and the owner of some accounts; asked apart, for a join may read all lines of each account."""
    query = select(account.c.account_id, account.c.chart, account.c.owner_id)
    query = query.where(account.c.community_id == uow.community_id, account.c.account_id.in_(numbers))
    return {row[0]: (row[1], row[2]) for row in uow.connection.execute(query)}
