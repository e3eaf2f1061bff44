"""Policies: values that the community chose, with their decisions; a policy never chosen has its default value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.registers import store
from ledger.registers.records import Policy
from ledger.registers.registry import POLICIES

DEFAULTS: Mapping[str, object] = MappingProxyType(
    {
        "privacy.k_members": 5,
        "privacy.k_public": 10,
        "time.unit_step_minutes": 1,
        "time.talk_limit_low_minutes": -600,
        "time.talk_limit_high_minutes": 1500,
        "time.limit_action": "flag and talk",
        "time.limit_alone_minutes": 300,
        "time.session_mode": "community pays",
        "time.confirm_by": "receiver",
        "time.auto_confirm_days": None,
        "time.claim_expires_days": 60,
        "time.late_claim_days": 60,
        "time.max_minutes_per_day": 720,
        "time.pot_floor_minutes": -1200,
        "time.welcome_minutes": 0,
        "time.transfer_scope": "pot and any member",
        "barter.enabled": True,
        "barter.allow_time_credits_for_goods": "off",
        "barter.require_value": "optional",
        "barter.open_days_warn": 30,
        "money.capitalise_from": 50000,
        "fund.restricted_negative": "refuse",
        "fund.interfund_loan_max_days": 180,
        "emergency.target_months_least": 3,
        "emergency.target_months_aim": 6,
        "emergency.trigger_review_months": "3/2",
        "emergency.trigger_review_draws": {"draws": 3, "months": 6},
        "emergency.fast_amount": 10000,
        "emergency.max_share_percent": 50,
        "budget.flag_percent": 10,
        "budget.flag_cents": 5000,
        "budget.flag_minutes": 300,
        "gov.two_people_from": 5000,
        "gov.decision_above": 50000,
        "gov.quorum_percent": 40,
        "gov.role_term_months": 12,
        "gov.max_consecutive": 2,
        "coop.patronage_basis": "hours worked",
        "coop.cash_part_percent": 40,
        "coop.capital_interest_percent": 2,
        "coop.living_wage": None,
        "csa.undelivered": "refund",
        "consignment.commission_percent": 20,
        "booking.kept_percent": 30,
        "report.factor_set": None,
        "survey.min_answers": 10,
        "workload.flag_minutes_week": 600,
    }
)
"""Every policy with its default value, the safe one; amounts in minor units, hours in minutes."""


def get(uow: UnitOfWork, key: str) -> object:
    """The value of a policy at the head of the unit of work; its default if the community chose none."""
    chosen = POLICIES.get(uow, key)
    return DEFAULTS.get(key) if chosen is None else chosen.value


def get_all(uow: UnitOfWork) -> dict[str, object]:
    """Every policy with its current value."""
    return {**DEFAULTS, **{key: chosen.value for key, chosen in POLICIES.all(uow).items()}}


def set_values(
    writing: WriteUnit, values: Mapping[str, object], *, entered_by: int, decision_id: int | None = None
) -> int | None:
    """Set values of policies from now on and return the act's number; None if nothing changes."""
    changes = [POLICIES.change(Policy(value=value), key) for key, value in values.items()]
    return store.write(writing, changes, entered_by=entered_by, decision_id=decision_id)
