"""Books: what kinds and rules may ask, answered from one unit of work; nothing can be written through it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property

from sqlalchemy import func, select

from ledger.core.account_roles import OWNED_TIME
from ledger.core.drafts import AccountKey
from ledger.core.errors import UnknownMember
from ledger.core.messages import Message, make_message
from ledger.core.periods import Month, financial_year
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import balances
from ledger.journal.fund_results import Result, fund_results
from ledger.kinds.base import KEEPER, OPERATOR
from ledger.limits.account_limits import Bounds, bounds_of
from ledger.limits.limit_rules import Limits
from ledger.limits.limit_status import limited_accounts, pot_bounds
from ledger.models import account, balance, chart_line, period
from ledger.registers import communities, decisions, members, policies, roles
from ledger.registers.communities import OPERATOR as OPERATOR_PARTY
from ledger.registers.members import Party
from ledger.registers.plan_records import Grant
from ledger.registers.records import Account, CommunitySettings, Fund, Member, PolicyException, Programme, RoleTerm
from ledger.registers.registry import ACCOUNTS, EXCEPTIONS, FUNDS, GRANTS, MEMBERS, PROGRAMMES

GROUPS = ("household", "group")
"""Owners that are no single person and take part like one."""
Translate = Callable[[Message], str]


class BooksLookup:
    """The community's books, read as they stand in a unit of work; each list is read at most once.

    `translate` finishes messages in the community's language; the English text where none is given.
    """

    def __init__(self, uow: UnitOfWork, translate: Translate = str) -> None:
        self._uow = uow
        self._translate = translate

    @cached_property
    def today(self) -> dt.date:
        """The community's date, by the database's clock."""
        return communities.today(self._uow)

    @property
    def currency(self) -> str:
        """The currency that money is kept in."""
        return self._settings.currency

    @cached_property
    def _settings(self) -> CommunitySettings:
        return communities.settings(self._uow)

    @cached_property
    def _policies(self) -> Mapping[str, object]:
        return policies.get_all(self._uow)

    @cached_property
    def _everyone(self) -> tuple[Member, ...]:
        return tuple(MEMBERS.all(self._uow).values())

    @cached_property
    def _terms(self) -> tuple[RoleTerm, ...]:
        return tuple(roles.get_all(self._uow).values())

    @cached_property
    def _accounts(self) -> Mapping[str, Account]:
        return ACCOUNTS.all(self._uow)

    @cached_property
    def _funds(self) -> Mapping[str, Fund]:
        return FUNDS.all(self._uow)

    @cached_property
    def _programmes(self) -> Mapping[str, Programme]:
        return PROGRAMMES.all(self._uow)

    @cached_property
    def _decisions(self) -> Mapping[str, int]:
        return decisions.codes(self._uow)

    @cached_property
    def _grants(self) -> tuple[Grant, ...]:
        return tuple(GRANTS.all(self._uow).values())

    @cached_property
    def _exceptions(self) -> tuple[PolicyException, ...]:
        return tuple(EXCEPTIONS.all(self._uow).values())

    def words(self, message: Message) -> str:
        """A message in the community's language."""
        return self._translate(message)

    def policy(self, key: str) -> object:
        """What the community chose for a policy, or the safe value."""
        return self._policies.get(key)

    def name(self, party_id: int) -> str:
        """The display name of anyone who can own an account; empty where it was erased."""
        if party_id not in self._parties:
            raise UnknownMember(
                make_message("There is nobody with the number %(code)s in this community.", code=party_id)
            )
        return self._parties[party_id].name

    def _kind_of(self, party_id: int) -> str | None:
        known = self._parties.get(party_id)
        return known.kind if known else None

    @cached_property
    def _parties(self) -> Mapping[int, Party]:
        return members.parties(self._uow)

    def _member(self, party_id: int) -> Member | None:
        return MEMBERS.get(self._uow, str(party_id))

    def household(self, party_id: int) -> str | None:
        """The code of a member's household, or None."""
        member = self._member(party_id)
        return member.household if member else None

    def takes_part(self, party_id: int, day: dt.date) -> bool:
        """Whether someone may give and receive on a day: a member then, or a household or group."""
        member = self._member(party_id)
        return member.is_enrolled(day) if member else self._kind_of(party_id) in GROUPS

    def joined(self, party_id: int) -> dt.date | None:
        """A member's first day; None for whoever is none."""
        member = self._member(party_id)
        return member.joined if member else None

    def enrolled(self, day: dt.date) -> frozenset[int]:
        """The community's members on a day."""
        return frozenset(member.party_id for member in self._everyone if member.is_enrolled(day))

    def roles(self, party_id: int, day: dt.date) -> frozenset[str]:
        """The offices that someone holds on a day, with `member`; `operator` for the command line."""
        if party_id == OPERATOR_PARTY:
            return frozenset({OPERATOR})
        held = {term.role for term in self._terms if term.holder == party_id and term.is_held(day)}
        member = self._member(party_id)
        return frozenset(held | ({roles.MEMBER} if member and member.is_enrolled(day) else set()))

    def holders(self, offices: frozenset[str], day: dt.date) -> frozenset[int]:
        """The members who hold one of some offices on a day."""
        held = {term.holder for term in self._terms if term.role in offices and term.is_held(day)}
        return frozenset(one for one in held if one is not None) & self.enrolled(day)

    def keepers(self, programme: str, day: dt.date) -> frozenset[int]:
        """Who keeps a programme on a day."""
        held = [term for term in self._terms if (term.role, term.scope) == (KEEPER, programme) and term.is_held(day)]
        return frozenset(term.holder for term in held if term.holder is not None)

    def find_account(self, code: str) -> Account | None:
        """A line of the chart of accounts."""
        return self._accounts.get(code)

    def find_fund(self, code: str) -> Fund | None:
        """A fund with its class and restriction."""
        return self._funds.get(code)

    def find_programme(self, code: str) -> Programme | None:
        """A programme."""
        return self._programmes.get(code)

    def has_decision(self, code: str) -> bool:
        """Whether a decision is in the list."""
        return code in self._decisions

    def deadline(self, fund: str) -> dt.date | None:
        """The last day on which the grants of a fund may be spent; None where one of them sets none."""
        days = [grant.deadline for grant in self._grants if grant.fund == fund]
        return max((day for day in days if day), default=None) if all(days) else None

    def is_open(self, day: dt.date) -> bool:
        """Whether the month of a day still takes entries: neither it nor a later one is closed."""
        where = (period.c.community_id == self._uow.community_id, period.c.period_id >= Month.of(day).id)
        query = select(period.c.period_id).where(*where, period.c.state == "closed")
        return self._uow.connection.scalar(query.limit(1)) is None

    def is_excepted(self, policy: str, fund: str, day: dt.date) -> bool:
        """Whether a policy is set aside for a fund on a day."""
        found = [one for one in self._exceptions if (one.policy, one.fund) == (policy, fund) and one.from_ <= day]
        return any(one.to is None or day <= one.to for one in found)

    def held(self, fund: str) -> int:
        """What a fund holds: its money and claims less what it owes, in minor units."""
        here = account.c.community_id == self._uow.community_id
        same = (balance.c.community_id == account.c.community_id) & (balance.c.account_id == account.c.account_id)
        line = (chart_line.c.community_id == account.c.community_id) & (chart_line.c.code == account.c.chart)
        query = select(func.sum(balance.c.posted)).select_from(account).join(balance, same).join(chart_line, line)
        query = query.where(here, account.c.fund == fund, account.c.unit == self.currency)
        query = query.where(chart_line.c["class"].in_(("ASSET", "LIABILITY")))
        return int(self._uow.connection.scalar(query) or 0)

    def balance(self, leaf: AccountKey) -> int:
        """The balance of one account, in minor units, debit positive."""
        return balances.balance_of(self._uow, leaf)

    def results(self, fund: str, day: dt.date) -> list[Result]:
        """A fund's income, cost and transfer accounts with their balances at a day's end, none at nought."""
        return fund_results(self._uow, day, fund)

    def ends_a_year(self, day: dt.date) -> bool:
        """Whether a day is the last of a financial year."""
        return financial_year(Month.of(day), self._settings.first_month).last == day

    @cached_property
    def _limits(self) -> Limits:
        return Limits.of(self._uow)

    @cached_property
    def _bounded(self) -> Mapping[AccountKey, Bounds]:
        return limited_accounts(self._uow)

    def bounds(self, leaf: AccountKey) -> Bounds:
        """What stands on an account with what waits, and its hard limits; one never used gets those of its rule."""
        if leaf in self._bounded or leaf.chart not in OWNED_TIME:
            return self._bounded.get(leaf, Bounds())
        floor, ceiling = bounds_of(self._limits.rule(self._kind_of(leaf.owner) or "", leaf.owner))
        return Bounds(floor=floor, ceiling=ceiling)

    def pot(self) -> Bounds:
        """What stands in the community's pot, as an account that grows smaller by debits, and its hard limits."""
        return pot_bounds(self._uow, self._limits.pot)
