"""Balances: what each account holds, now, at an earlier number, or at the end of an earlier day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from ledger.db import Reading, UnitOfWork
from ledger.drafts import Leaf
from ledger.models import account, balance, chain_head, posting


@dataclass(frozen=True)
class BalanceRow:
    """One account with its balance in minor units, debit positive."""

    account_id: int
    leaf: Leaf
    balance: int


def balance_of(uow: UnitOfWork, leaf: Leaf) -> int:
    """The balance of one account, in minor units, debit positive; 0 for one that was never used."""
    query = select(balance.c.posted).join(account, _same_account(balance.c.community_id, balance.c.account_id))
    query = query.where(
        account.c.community_id == uow.community_id,
        account.c.owner_id == leaf.owner,
        account.c.chart == leaf.chart,
        account.c.unit == leaf.unit,
        account.c.fund == leaf.fund,
    )
    return int(uow.connection.scalar(query) or 0)


def trial_balance(uow: UnitOfWork, on: dt.date | None = None) -> list[BalanceRow]:
    """Every account that is not at nought, in the order chart line, fund, owner; debits and credits add up to zero.

    With a day: as of that day's end, however late its entries were written down. In a Reading at an earlier
    number: as the books stood then.
    """
    if on is None and _at_the_head(uow):
        amount: ColumnElement[int] = balance.c.posted
        query = select(account, amount.label("amount")).join(
            balance, _same_account(balance.c.community_id, balance.c.account_id)
        )
    else:
        amount = func.sum(posting.c.amount)
        query = select(account, amount.label("amount")).join(
            posting, _same_account(posting.c.community_id, posting.c.account_id)
        )
        query = query.where(posting.c.entry_id <= uow.at).group_by(account.c.community_id, account.c.account_id)
        if on is not None:
            query = query.where(posting.c.effective_on <= on)
    query = query.where(account.c.community_id == uow.community_id)
    query = query.order_by(account.c.chart, account.c.fund, account.c.unit, account.c.owner_id)
    rows = uow.connection.execute(query).mappings()
    return [
        BalanceRow(row["account_id"], Leaf(row["chart"], row["unit"], row["fund"], row["owner_id"]), int(row["amount"]))
        for row in rows
        if row["amount"]
    ]


def member_minutes(uow: UnitOfWork, party_id: int) -> int:
    """A member's time balance as the member reads it: minutes of help given more than received."""
    return -sum(row.balance for row in trial_balance_of(uow, party_id) if row.leaf.chart == "T2000")


def trial_balance_of(uow: UnitOfWork, party_id: int) -> list[BalanceRow]:
    """One owner's accounts, those at nought too."""
    query = select(account, balance.c.posted).join(balance, _same_account(balance.c.community_id, balance.c.account_id))
    query = query.where(account.c.community_id == uow.community_id, account.c.owner_id == party_id)
    rows = uow.connection.execute(query.order_by(account.c.chart, account.c.fund)).mappings()
    return [
        BalanceRow(row["account_id"], Leaf(row["chart"], row["unit"], row["fund"], row["owner_id"]), row["posted"])
        for row in rows
    ]


def _at_the_head(uow: UnitOfWork) -> bool:
    if not isinstance(uow, Reading):
        return True
    query = select(chain_head.c.seq).where(chain_head.c.community_id == uow.community_id)
    return bool(uow.connection.scalar(query) == uow.at)


def _same_account(community_id: ColumnElement[int], account_id: ColumnElement[int]) -> ColumnElement[bool]:
    return (account.c.community_id == community_id) & (account.c.account_id == account_id)
