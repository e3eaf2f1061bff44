"""Limits: levels at which one talks, and stops where the community chose them; dated, decided, in the chain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, select

from ledger.chain import hashing
from ledger.core.account_roles import OWNED_TIME
from ledger.core.amounts import MINUTES
from ledger.core.drafts import AccountKey
from ledger.core.errors import FieldWrong, UnknownDecision
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.limits.account_limits import bounds_of
from ledger.models import account, act, balance, party, register_row
from ledger.registers import decisions, members, policies, store
from ledger.registers.cache import cached
from ledger.registers.codec import record_of
from ledger.registers.records import LimitRule, Partner
from ledger.registers.registry import LIMITS, PARTNERS

EVERYONE, POT = "everyone", "pot"
RULE_BY_KIND: Mapping[str, str] = {"member": "member", "household": "household", "group": "group", "peer": "partner"}
"""Whose rule counts for an owner, by what the owner is."""
RULE_KEYS = (EVERYONE, *RULE_BY_KIND.values(), POT)
PARTNER_MINUTES = 1200
"""With a partner one talks at so much either way, where nothing else was agreed."""
_ORDER = N_("Write the lower level below the upper one, with nought between them.")
_BEFORE = N_("One talks before it stops: this stop lies nearer to nought than the level for talking.")


def owner_key(party_id: int) -> str:
    """The key of a rule for one owner."""
    return f"owner/{party_id}"


@dataclass(frozen=True)
class Limits:
    """Every rule about limits as it stands. The nearest counts, whole: of the owner, of their kind, of everyone."""

    rules: Mapping[str, LimitRule]
    policies: Mapping[str, object]
    partners: Mapping[int, Partner]

    @classmethod
    def of(cls, uow: UnitOfWork) -> Limits:
        """The rules at the head of a unit of work."""
        return cached(uow, "limits", lambda: cls._read(uow))

    @classmethod
    def _read(cls, uow: UnitOfWork) -> Limits:
        partners = {one.party_id: one for one in PARTNERS.all(uow).values()}
        return cls(LIMITS.all(uow), policies.get_all(uow), partners)

    def rule(self, kind: str, party_id: int) -> LimitRule:
        """The rule that counts for an owner of a kind: a member, household, group or peer."""
        own = self.rules.get(owner_key(party_id))
        if own is not None:
            return own
        if kind == "peer":
            agreed = self._agreed(party_id)
            return agreed or self.rules.get("partner") or _talk(-PARTNER_MINUTES, PARTNER_MINUTES)
        return self.rules.get(RULE_BY_KIND.get(kind, ""), self.everyone)

    @cached_property
    def everyone(self) -> LimitRule:
        """The rule for members, households and groups that have none nearer; the safe levels where none was set."""
        low, high = self._level("low"), self._level("high")
        blocks = str(self.policies.get("time.limit_action")).startswith("block")
        usual = LimitRule(talk_low_minutes=low, talk_high_minutes=high, stop_low_minutes=low if blocks else None)
        return self.rules.get(EVERYONE) or usual

    @cached_property
    def pot(self) -> LimitRule:
        """The rule for the community's own pot."""
        level = self.policies.get("time.pot_floor_minutes")
        return self.rules.get(POT) or LimitRule(talk_low_minutes=level if isinstance(level, int) else None)

    def of_whose(self, whose: str) -> LimitRule:
        """The rule as it counts for a kind of owner, everyone or the pot."""
        if whose == POT:
            return self.pot
        kinds = {rule: kind for kind, rule in RULE_BY_KIND.items()}
        return self.rule(kinds[whose], 0) if whose in kinds else self.everyone

    def _level(self, end: str) -> int | None:
        level = self.policies.get(f"time.talk_limit_{end}_minutes")
        return level if isinstance(level, int) else None

    def _agreed(self, party_id: int) -> LimitRule | None:
        partner = self.partners.get(party_id)
        if partner is None or (partner.limit_they_owe_minutes, partner.limit_we_owe_minutes) == (None, None):
            return None
        owe = partner.limit_they_owe_minutes
        return _talk(None if owe is None else -owe, partner.limit_we_owe_minutes)


def _talk(low: int | None, high: int | None) -> LimitRule:
    return LimitRule(talk_low_minutes=low, talk_high_minutes=high)


# setting


def set_rule(writing: WriteUnit, whose: str, rule: LimitRule | None, *, entered_by: int) -> int:
    """Set the rule of everyone, of a kind of owner, of the pot or of one owner, or strike it; how many accounts moved.

    The accounts concerned get their hard limits by acts in the same transaction. FieldWrong where levels cross,
    UnknownDecision where the decision is in no list.
    """
    if rule is not None:
        validate_rule(rule)
        if rule.decision is None and bounds_of(rule) != (None, None):
            raise FieldWrong("decision", make_message("A stop rests on a decision of the assembly. Choose it."))
    decided = _decision(writing, rule)
    change = LIMITS.withdraw(whose) if rule is None else LIMITS.change(rule, whose)
    store.write(writing, [change], entered_by=entered_by, decision_id=decided)
    return apply_rules(writing, entered_by=entered_by, decision_id=decided)


def validate_rule(rule: LimitRule) -> None:
    """FieldWrong unless nought lies between the levels, and one talks before it stops."""
    for name in ("talk", "stop"):
        low, high = getattr(rule, f"{name}_low_minutes"), getattr(rule, f"{name}_high_minutes")
        if (low or 0) > 0 or (high or 0) < 0 or (low, high) == (0, 0):
            raise FieldWrong(f"{name}_low", make_message(_ORDER))
    if _is_nearer(rule.stop_low_minutes, rule.talk_low_minutes):
        raise FieldWrong("stop_low", make_message(_BEFORE))
    if _is_nearer(rule.stop_high_minutes, rule.talk_high_minutes):
        raise FieldWrong("stop_high", make_message(_BEFORE))


def _is_nearer(stop: int | None, talk: int | None) -> bool:
    return stop is not None and talk is not None and abs(stop) < abs(talk)


def _decision(uow: UnitOfWork, rule: LimitRule | None) -> int | None:
    if rule is None or rule.decision is None:
        return None
    number = decisions.codes(uow).get(rule.decision)
    if number is None:
        raise UnknownDecision(make_message("There is no decision “%(code)s”.", code=rule.decision), "decision")
    return number


def apply_rules(writing: WriteUnit, *, entered_by: int, decision_id: int | None = None) -> int:
    """Give every account the hard limits that the rules set on it, by an act each; how many changed."""
    limits, changed = Limits.of(writing), 0
    for number, owner, kind, floor, ceiling in _owned(writing):
        wanted = bounds_of(limits.rule(kind, owner))
        if wanted != (floor, ceiling):
            set_bounds(writing, number, wanted, entered_by=entered_by, decision_id=decision_id)
            changed += 1
    return changed


def _owned(uow: UnitOfWork) -> list[tuple[Any, ...]]:
    columns = (account.c.account_id, account.c.owner_id, party.c.kind, balance.c.floor, balance.c.ceiling)
    query = (
        select(*columns)
        .join(balance, same_account())
        .join(party, (party.c.community_id == account.c.community_id) & (party.c.party_id == account.c.owner_id))
    )
    here = (account.c.community_id == uow.community_id, account.c.chart.in_(OWNED_TIME), account.c.unit == MINUTES)
    return [tuple(row) for row in uow.connection.execute(query.where(*here).order_by(account.c.account_id))]


def set_bounds(
    writing: WriteUnit,
    account_id: int,
    bounds: tuple[int | None, int | None],
    *,
    entered_by: int,
    decision_id: int | None = None,
    entry_id: int | None = None,
) -> int:
    """Set the floor and ceiling of one account by an act; `entry_id` is the one entry that they are lifted for."""
    facts = {"floor": bounds[0], "ceiling": bounds[1]} | ({} if entry_id is None else {"entry": entry_id})
    return hashing.append_act(
        writing, "limits", entered_by=entered_by, facts=facts, account_id=account_id, decision_id=decision_id
    )


def apply_to_new_accounts(writing: WriteUnit, opened: Iterable[tuple[int, AccountKey]]) -> None:
    """Give accounts that are just opened the hard limits that the rules set on them."""
    concerned = [(number, leaf) for number, leaf in opened if leaf.chart in OWNED_TIME and leaf.unit == MINUTES]
    if not concerned:
        return
    limits, kinds = Limits.of(writing), owner_kinds(writing)
    for number, leaf in concerned:
        wanted = bounds_of(limits.rule(kinds[leaf.owner], leaf.owner))
        if wanted != (None, None):
            set_bounds(writing, number, wanted, entered_by=0)


def owner_kinds(uow: UnitOfWork) -> dict[int, str]:
    """What every owner is: member, household, group, peer, outside."""
    return cached(uow, "owner kinds", lambda: {number: party.kind for number, party in members.parties(uow).items()})


def same_account() -> ColumnElement[bool]:
    """How a balance finds its account."""
    return (balance.c.community_id == account.c.community_id) & (balance.c.account_id == account.c.account_id)


# what was


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """One change of a rule: when, by whom, whose rule, and the rule from then on (None: struck)."""

    act_id: int
    recorded_at: str
    entered_by: int
    whose: str
    rule: LimitRule | None


def rule_history(uow: UnitOfWork) -> list[RuleChange]:
    """Every change of a rule about limits, newest first."""
    rows = register_row.c
    same = (act.c.community_id == rows.community_id) & (act.c.act_id == rows.act_id)
    query = select(rows.act_id, act.c.recorded_at, act.c.entered_by, rows.key, rows.body).join(act, same)
    query = query.where(rows.community_id == uow.community_id, rows.register == LIMITS.slug, rows.act_id <= uow.at)
    return [
        RuleChange(act_id=row[0], recorded_at=row[1], entered_by=row[2], whose=row[3], rule=_rule(row[4]))
        for row in uow.connection.execute(query.order_by(rows.act_id.desc(), rows.key))
    ]


def _rule(body: str | None) -> LimitRule | None:
    return None if body is None else record_of(LimitRule, json.loads(body))
