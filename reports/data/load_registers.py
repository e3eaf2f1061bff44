"""The community's lists read from the books in one query, and put together as reports need them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import func, select

from ledger.core.periods import Month, financial_year
from ledger.database.unit_of_work import UnitOfWork
from ledger.models import register_row
from ledger.registers import registry as registers
from ledger.registers.codec import record_of
from ledger.registers.plan_records import Budget
from ledger.registers.policies import DEFAULTS
from ledger.registers.records import LAST, CommunitySettings
from ledger.registers.registry import Register
from reports.data.registers import Registers

Record = TypeVar("Record")
BodiesByRegister = Mapping[str, Mapping[str, Any]]


class RegisterReader:
    """Every register as it stood at the head of a unit of work."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._bodies = _bodies(uow)

    def settings(self) -> CommunitySettings:
        """What the community says of itself."""
        return next(iter(self.of(registers.COMMUNITY).values()))

    def of(self, register: Register[Record]) -> dict[str, Record]:
        """One list in its own order, by key."""
        found = {key: record_of(register.type, body) for key, body in self._bodies.get(register.slug, {}).items()}
        return dict(sorted(found.items(), key=lambda item: (getattr(item[1], "order", LAST), item[0])))

    def rows(self, register: Register[Record]) -> tuple[Record, ...]:
        """The records of one list in its own order."""
        return tuple(self.of(register).values())


def _bodies(uow: UnitOfWork) -> BodiesByRegister:
    """The newest body of every item, by register and key; withdrawn ones are left out."""
    table = register_row.c
    here = (table.community_id == uow.community_id, table.act_id <= uow.at)
    newest = select(table.register, table.key, func.max(table.act_id).label("act_id")).where(*here)
    newest_of = newest.group_by(table.register, table.key).subquery()
    same = (
        (table.register == newest_of.c.register) & (table.key == newest_of.c.key) & (table.act_id == newest_of.c.act_id)
    )
    query = select(table.register, table.key, table.body).join(newest_of, same).where(*here, table.body.is_not(None))
    found: dict[str, dict[str, Any]] = {}
    for register, key, body in uow.connection.execute(query):
        found.setdefault(register, {})[key] = json.loads(body)
    return found


def read_registers(lists: RegisterReader) -> Registers:
    """The lists as a report's figures read them."""
    return Registers(
        accounts=lists.of(registers.ACCOUNTS),
        funds=lists.of(registers.FUNDS),
        programmes=lists.of(registers.PROGRAMMES),
        places=lists.rows(registers.PLACES),
        members={member.party_id: member for member in lists.rows(registers.MEMBERS)},
        partners=lists.rows(registers.PARTNERS),
        roles=lists.rows(registers.ROLES),
        decisions=lists.rows(registers.DECISIONS),
        assemblies=lists.rows(registers.ASSEMBLIES),
        budgets=_budgets(lists),
        commitments=lists.rows(registers.COMMITMENTS),
        grants=lists.rows(registers.GRANTS),
        expected_cash=lists.rows(registers.EXPECTED_CASH),
        farm_shares_offered={shares.year: shares.offered for shares in lists.rows(registers.FARM_SHARES)},
        hours_worked=lists.rows(registers.HOURS_WORKED),
        person_nights={nights.month: nights.person_nights for nights in lists.rows(registers.PERSON_NIGHTS)},
        meters=lists.rows(registers.METERS),
        readings=lists.rows(registers.READINGS),
        emergency=next(iter(lists.rows(registers.EMERGENCY)), None),
        reconciliations=lists.rows(registers.RECONCILIATIONS),
        disputes=lists.rows(registers.DISPUTES),
        exceptions=lists.rows(registers.EXCEPTIONS),
        policies={**DEFAULTS, **{key: policy.value for key, policy in lists.of(registers.POLICIES).items()}},
    )


def _budgets(lists: RegisterReader) -> tuple[Budget, ...]:
    """Every version of every year's plan with its lines, known changes and notes."""
    starts = lists.settings().first_month

    def year_of(day: dt.date) -> int:
        return financial_year(Month.of(day), starts).first.year

    lines = lists.of(registers.BUDGET_LINES)
    changes, notes = lists.rows(registers.KNOWN_CHANGES), lists.rows(registers.BUDGET_NOTES)
    return tuple(
        replace(
            budget,
            lines=tuple(line for name, line in lines.items() if name.startswith(f"{key}/")),
            known_changes=tuple(change for change in changes if year_of(change.as_at) == budget.year),
            notes=tuple(note for note in notes if year_of(Month.parse(note.period).first) == budget.year),
        )
        for key, budget in lists.of(registers.BUDGETS).items()
    )
