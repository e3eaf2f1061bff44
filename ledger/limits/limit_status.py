"""Where hours stand: against the levels at which one talks, against stops, and with all that waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from ledger.core.account_roles import MEMBER_TIME, OWNED_TIME
from ledger.core.amounts import MINUTES
from ledger.core.drafts import AccountKey
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.limits.account_limits import Bounds, bounds_of
from ledger.limits.limit_rules import Limits, owner_kinds, same_account
from ledger.models import account, balance
from ledger.registers.records import LimitRule


def limited_accounts(uow: UnitOfWork) -> dict[AccountKey, Bounds]:
    """The accounts that have hard limits, with what stands on them."""
    parts = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    amounts = (balance.c.posted, balance.c.held_debit, balance.c.held_credit, balance.c.floor, balance.c.ceiling)
    query = select(*parts, *amounts).join(balance, same_account()).where(account.c.community_id == uow.community_id)
    rows = uow.connection.execute(query.where(balance.c.floor.is_not(None) | balance.c.ceiling.is_not(None)))
    names = ("posted", "held_debit", "held_credit", "floor", "ceiling")
    return {AccountKey(*row[:4]): Bounds(**dict(zip(names, row[4:], strict=True))) for row in rows}


def pot_bounds(uow: UnitOfWork, rule: LimitRule) -> Bounds:
    """The community's pot as one account: the other side of all hours that somebody owns."""
    sums = (func.sum(balance.c.posted), func.sum(balance.c.held_debit), func.sum(balance.c.held_credit))
    query = select(*(func.coalesce(one, 0) for one in sums)).join(account, same_account())
    here = (account.c.community_id == uow.community_id, account.c.unit == MINUTES, account.c.chart.not_in(OWNED_TIME))
    posted, debit, credit = uow.connection.execute(query.where(*here)).one()
    floor, ceiling = bounds_of(rule)
    return Bounds(posted=int(posted), held_debit=int(debit), held_credit=int(credit), floor=floor, ceiling=ceiling)


@dataclass(frozen=True, kw_only=True)
class LimitStatus:
    """Where hours stand as their owner reads them, what they would be with all that waits, and the rule that counts."""

    minutes: int
    with_waiting: int
    rule: LimitRule

    @property
    def lowest(self) -> int:
        """The lower of what stands and what it may become."""
        return min(self.minutes, self.with_waiting)

    @property
    def is_past(self) -> str | None:
        """`low` or `high` past a level at which one talks, else None."""
        low, high = self.rule.talk_low_minutes, self.rule.talk_high_minutes
        if low is not None and self.minutes < low:
            return "low"
        return "high" if high is not None and self.minutes > high else None


def get_limit_status(uow: UnitOfWork, party_id: int, limits: Limits | None = None) -> LimitStatus:
    """Where an owner's hours stand, with all that waits."""
    here = (uow.community_id, party_id)
    values = (*here, *OWNED_TIME, *here, MEMBER_TIME, uow.clock())
    posted, waiting = raw_sql.fetch_portable(uow.connection, _POSTED_AND_WAITING, values)[0]
    rule = (limits or Limits.of(uow)).rule(owner_kinds(uow).get(party_id, ""), party_id)
    minutes = -int(posted or 0)
    return LimitStatus(minutes=minutes, with_waiting=minutes - int(waiting or 0), rule=rule)


_POSTED_AND_WAITING = f"""SELECT (SELECT sum(b.posted) FROM account AS a CROSS JOIN balance AS b
WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.chart IN ({",".join("?" * len(OWNED_TIME))})
AND b.community_id = a.community_id AND b.account_id = a.account_id),
(SELECT sum(h.amount) FROM account AS a CROSS JOIN hold AS h
WHERE a.community_id + 0 = ? AND a.owner_id = ? AND a.chart = ?
AND h.community_id = a.community_id AND h.account_id = a.account_id
AND h.state = 'open' AND (h.expires_at IS NULL OR h.expires_at > ?))"""  # noqa: S608


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose hours: the owner's number, and what they are."""

    party_id: int
    kind: str


def owners_past_talk_level(uow: UnitOfWork) -> list[Owner]:
    """The owners whose hours are past the level at which one talks, by number."""
    query = select(account.c.owner_id, balance.c.posted).join(balance, same_account())
    here = (account.c.community_id == uow.community_id, account.c.chart.in_(OWNED_TIME), account.c.unit == MINUTES)
    rows = uow.connection.execute(query.where(*here).order_by(account.c.owner_id))
    return past_talk_level(uow, ((owner, -posted) for owner, posted in rows))


def past_talk_level(uow: UnitOfWork, minutes_by_owner: Iterable[tuple[int, int]]) -> list[Owner]:
    """Those of some owners, each with their minutes, who are past the level at which one talks."""
    limits, kinds = Limits.of(uow), owner_kinds(uow)
    return [
        Owner(party_id=owner, kind=kinds[owner])
        for owner, minutes in minutes_by_owner
        if LimitStatus(minutes=minutes, with_waiting=minutes, rule=limits.rule(kinds[owner], owner)).is_past
    ]
