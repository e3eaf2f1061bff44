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
    """All registers as of the head of the chain."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._bodies = _bodies(uow)

    def settings(self) -> CommunitySettings:
        """The community's settings."""
        return next(iter(self.by_key(registers.COMMUNITY).values()))

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
        accounts=reader.by_key(registers.ACCOUNTS),
        funds=reader.by_key(registers.FUNDS),
        programmes=reader.by_key(registers.PROGRAMMES),
        places=reader.records(registers.PLACES),
        members={member.party_id: member for member in reader.records(registers.MEMBERS)},
        partners=reader.records(registers.PARTNERS),
        roles=reader.records(registers.ROLES),
        decisions=reader.records(registers.DECISIONS),
        assemblies=reader.records(registers.ASSEMBLIES),
        budgets=_budgets(reader),
        commitments=reader.records(registers.COMMITMENTS),
        grants=reader.records(registers.GRANTS),
        expected_cash=reader.records(registers.EXPECTED_CASH),
        farm_shares_offered={shares.year: shares.offered for shares in reader.records(registers.FARM_SHARES)},
        hours_worked=reader.records(registers.HOURS_WORKED),
        person_nights={nights.month: nights.person_nights for nights in reader.records(registers.PERSON_NIGHTS)},
        meters=reader.records(registers.METERS),
        readings=reader.records(registers.READINGS),
        emergency=next(iter(reader.records(registers.EMERGENCY)), None),
        reconciliations=reader.records(registers.RECONCILIATIONS),
        disputes=reader.records(registers.DISPUTES),
        exceptions=reader.records(registers.EXCEPTIONS),
        policies={**DEFAULTS, **{key: policy.value for key, policy in reader.by_key(registers.POLICIES).items()}},
    )


def _budgets(reader: RegisterReader) -> tuple[Budget, ...]:
    """Every version of every year's plan, with its lines, known changes and notes."""
    starts = reader.settings().first_month

    def year_of(day: dt.date) -> int:
        return financial_year(Month.of(day), starts).first.year

    lines = reader.by_key(registers.BUDGET_LINES)
    changes, notes = reader.records(registers.KNOWN_CHANGES), reader.records(registers.BUDGET_NOTES)
    return tuple(
        replace(
            budget,
            lines=tuple(line for name, line in lines.items() if name.startswith(f"{key}/")),
            known_changes=tuple(change for change in changes if year_of(change.as_at) == budget.year),
            notes=tuple(note for note in notes if year_of(Month.parse(note.period).first) == budget.year),
        )
        for key, budget in reader.by_key(registers.BUDGETS).items()
    )
