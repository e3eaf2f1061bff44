"""Load the registers in one query."""

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
from ledger.registers import registry
from ledger.registers.codec import record_of
from ledger.registers.plan_records import Budget
from ledger.registers.policies import DEFAULTS
from ledger.registers.records import LAST, CommunitySettings
from ledger.registers.registry import Register
from reports.data.registers import Registers

Record = TypeVar("Record")
BodiesByRegister = Mapping[str, Mapping[str, Any]]


class RegisterReader:
    """All registers as of the head of the chain."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._bodies = _bodies(uow)

    def settings(self) -> CommunitySettings:
        """The community's settings."""
        return next(iter(self.by_key(registry.COMMUNITY).values()))

    def by_key(self, register: Register[Record]) -> dict[str, Record]:
        """The records of one register by key, in register order."""
        records = {
            key: record_of(register.record_type, body) for key, body in self._bodies.get(register.slug, {}).items()
        }
        return dict(sorted(records.items(), key=lambda item: (getattr(item[1], "order", LAST), item[0])))

    def records(self, register: Register[Record]) -> tuple[Record, ...]:
        """The records of one register, in register order."""
        return tuple(self.by_key(register).values())


def _bodies(uow: UnitOfWork) -> BodiesByRegister:
    """The newest body of every record, by register and key, without withdrawn ones."""
    table = register_row.c
    here = (table.community_id == uow.community_id, table.act_id <= uow.at)
    newest = select(table.register, table.key, func.max(table.act_id).label("act_id")).where(*here)
    newest_of = newest.group_by(table.register, table.key).subquery()
    same = (
        (table.register == newest_of.c.register) & (table.key == newest_of.c.key) & (table.act_id == newest_of.c.act_id)
    )
    query = select(table.register, table.key, table.body).join(newest_of, same).where(*here, table.body.is_not(None))
    bodies: dict[str, dict[str, Any]] = {}
    for register, key, body in uow.connection.execute(query):
        bodies.setdefault(register, {})[key] = json.loads(body)
    return bodies


def read_registers(reader: RegisterReader) -> Registers:
    """The registers in the form that reports use."""
    return Registers(
        accounts=reader.by_key(registry.ACCOUNTS),
        funds=reader.by_key(registry.FUNDS),
        programmes=reader.by_key(registry.PROGRAMMES),
        places=reader.records(registry.PLACES),
        members={member.party_id: member for member in reader.records(registry.MEMBERS)},
        partners=reader.records(registry.PARTNERS),
        roles=reader.records(registry.ROLES),
        decisions=reader.records(registry.DECISIONS),
        assemblies=reader.records(registry.ASSEMBLIES),
        budgets=_budgets(reader),
        commitments=reader.records(registry.COMMITMENTS),
        grants=reader.records(registry.GRANTS),
        expected_cash=reader.records(registry.EXPECTED_CASH),
        farm_shares_offered={shares.year: shares.offered for shares in reader.records(registry.FARM_SHARES)},
        hours_worked=reader.records(registry.HOURS_WORKED),
        person_nights={nights.month: nights.person_nights for nights in reader.records(registry.PERSON_NIGHTS)},
        meters=reader.records(registry.METERS),
        readings=reader.records(registry.READINGS),
        emergency=next(iter(reader.records(registry.EMERGENCY)), None),
        reconciliations=reader.records(registry.RECONCILIATIONS),
        disputes=reader.records(registry.DISPUTES),
        exceptions=reader.records(registry.EXCEPTIONS),
        policies={**DEFAULTS, **{key: policy.value for key, policy in reader.by_key(registry.POLICIES).items()}},
    )


def _budgets(reader: RegisterReader) -> tuple[Budget, ...]:
    """Every version of every year's plan, with its lines, known changes and notes."""
    starts = reader.settings().first_month

    def year_of(day: dt.date) -> int:
        return financial_year(Month.of(day), starts).first.year

    lines = reader.by_key(registry.BUDGET_LINES)
    changes, notes = reader.records(registry.KNOWN_CHANGES), reader.records(registry.BUDGET_NOTES)
    return tuple(
        replace(
            budget,
            lines=tuple(line for name, line in lines.items() if name.startswith(f"{key}/")),
            known_changes=tuple(change for change in changes if year_of(change.as_at) == budget.year),
            notes=tuple(note for note in notes if year_of(Month.parse(note.period).first) == budget.year),
        )
        for key, budget in reader.by_key(registry.BUDGETS).items()
    )
