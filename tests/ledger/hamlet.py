"""A community founded the way an operator does, with its chart, funds and policies: what the services are tried on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from ledger.chain import hashing
from ledger.database.unit_of_work import WriteUnit, write_books, write_transaction
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember

SLUG = "hamlet"
JOINED = dt.date(2025, 1, 1)


def found(engine: Engine, slug: str = SLUG, timezone: str = "Europe/Athens", currency: str = "EUR") -> str:
    """Found a community; give its slug."""
    with write_transaction(engine) as connection:
        communities.create(connection, slug, slug.title(), currency, timezone)
    return slug


def people(engine: Engine, *names: str, slug: str = SLUG) -> list[int]:
    """Enrol people; give their numbers."""
    with write_books(engine, slug) as unit:
        new = [NewMember(name=name, joined=JOINED, user=name.lower()) for name in names]
        return members.add(unit, new, entered_by=OPERATOR)


def erase(unit: WriteUnit, party_id: int) -> int:
    """Erase the names of someone, as they may ask."""
    return hashing.append_act(unit, "erase", entered_by=OPERATOR, facts={"party": party_id})
