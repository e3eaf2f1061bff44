"""Balances: what each account holds, now, at an earlier number, or at the end of an earlier day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.drafts import AccountKey
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import snapshots
from ledger.models import account, balance


@dataclass(frozen=True)
class BalanceRow:
    """One account with its balance in minor units, debit positive."""

    account_id: int
    leaf: AccountKey
    balance: int


def balance_of(uow: UnitOfWork, leaf: AccountKey) -> int:
    """The balance of one account, in minor units, debit positive; 0 for one that was never used."""
    asked = (leaf.owner, leaf.chart, leaf.unit, leaf.fund, uow.community_id)
    rows = raw_sql.fetch_rows(uow.connection, _ONE[uow.engine_name], asked)
    return int(rows[0][0]) if rows else 0


def trial_balance(uow: UnitOfWork, on: dt.date | None = None, at: int | None = None) -> list[BalanceRow]:
    """Every account that is not at nought, in the order chart line, fund, owner; debits and credits add up to zero.

    With a day: as of that day's end, however late its entries were written down. With a number, or in a Reading at
    an earlier one: as the books stood then. Past balances are those of the last closed month plus what came since.
    """
    seen = uow.at if at is None else min(at, uow.at)
    if on is None and uow.is_latest and seen == uow.at:
        amount: ColumnElement[int] = balance.c.posted
        query = select(account, amount.label("amount")).join(
            balance, _same_account(balance.c.community_id, balance.c.account_id)
        )
    else:
        moves = snapshots.amounts_until(uow, on, seen)
        amount = func.sum(moves.c.amount)
        query = select(account, amount.label("amount")).join(moves, moves.c.account_id == account.c.account_id)
        query = query.group_by(account.c.community_id, account.c.account_id)
    query = query.where(account.c.community_id == uow.community_id)
    query = query.order_by(account.c.chart, account.c.fund, account.c.unit, account.c.owner_id)
    rows = uow.connection.execute(query).mappings()
    return [
        BalanceRow(
            row["account_id"], AccountKey(row["chart"], row["unit"], row["fund"], row["owner_id"]), int(row["amount"])
        )
        for row in rows
        if row["amount"]
    ]


def member_minutes(uow: UnitOfWork, party_id: int) -> int:
    """A member's time balance as the member reads it: minutes of help given more than received."""
    return -sum(row.balance for row in owner_balances(uow, party_id) if row.leaf.chart == MEMBER_TIME)


def owner_balances(uow: UnitOfWork, party_id: int) -> list[BalanceRow]:
    """One owner's accounts, those at nought too."""
    query = select(account, balance.c.posted).join(balance, _same_account(balance.c.community_id, balance.c.account_id))
    query = query.where(account.c.community_id == uow.community_id, account.c.owner_id == party_id)
    rows = uow.connection.execute(query.order_by(account.c.chart, account.c.fund)).mappings()
    return [
        BalanceRow(
            row["account_id"], AccountKey(row["chart"], row["unit"], row["fund"], row["owner_id"]), row["posted"]
        )
        for row in rows
    ]


def _same_account(community_id: ColumnElement[int], account_id: ColumnElement[int]) -> ColumnElement[bool]:
    return (account.c.community_id == community_id) & (account.c.account_id == account_id)


_ONE = {
    name: f"""SELECT b.posted FROM account AS a
JOIN balance AS b ON b.community_id = a.community_id AND b.account_id = a.account_id
WHERE a.owner_id = {value} AND a.chart = {value} AND a.unit = {value} AND a.fund = {value}
AND a.community_id = {value}"""  # noqa: S608
    for name, value in (("sqlite", "?"), ("postgresql", "%s"))
}
"""Asked for on every page, so it is written out."""
