"""The books of page benchmarks: history, members, two sessions, pending claims, and a budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ledger.database.unit_of_work import UnitOfWork, WriteUnit, write_books, write_transaction
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.kinds.time.hours import Hours
from ledger.models import programme
from ledger.registers import communities, members, roles, store
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember
from ledger.registers.plan_records import BudgetLine
from ledger.workflow import budgets, record
from web.bench.fixtures import SLUG, Bench
from web.bench.history import COSTS, LAST_DAY
from web.identity import logins, sessions

CLAIMS = 5
OFFICE_DAYS = 300


@dataclass(frozen=True)
class SessionReferences:
    """The references of two sessions: of a member without an office and of the treasurer."""

    member: str
    treasurer: str


def prepare_books(bench: Bench, number: int) -> SessionReferences:
    """Enrol members up to `number`, sign two of them in, add pending claims, and approve a budget."""
    with write_books(bench.engine, SLUG) as books:
        today = communities.today(books)
        new = [
            NewMember(name=f"Member {n:03}", joined=LAST_DAY)
            for n in range(len(bench.people) + 1, max(number, CLAIMS + 2) + 1)
        ]
        people = [*bench.people, *members.add(books, new, entered_by=OPERATOR)]
        member, treasurer = people[:2]
        roles.give(books, "treasurer", treasurer, today, today + dt.timedelta(OFFICE_DAYS), entered_by=OPERATOR)
        _add_claims(books, people[2 : 2 + CLAIMS], member, today)
        _approve_budget(books, today)
    with write_transaction(bench.engine) as connection:
        return SessionReferences(
            _start_session(connection, "member", member), _start_session(connection, "treasurer", treasurer)
        )


def _add_claims(books: WriteUnit, helpers: Sequence[int], receiver: int, day: dt.date) -> None:
    """Each helper records help for the receiver, who has to confirm it."""
    for helper in helpers:
        help_given = Hours(day=day, helpers=(helper,), receiver=receiver, minutes=60, what="Weeding")
        record.record(books, help_given, Actors(helper), Key(FORM, f"bench-claim-{helper}"))


def _approve_budget(books: WriteUnit, day: dt.date) -> None:
    """A budget of the last year of the history, with a line for each cost account of each programme."""
    budget = budgets.draft(books, LAST_DAY.year, entered_by=OPERATOR)
    lines = [
        BudgetLine(fund="GEN", programme=code, account=account, unit="EUR", months=(100_00,) * 12)
        for code in _programme_codes(books)
        for account in COSTS
    ]
    budgets.enter(books, LAST_DAY.year, budget.version, lines, entered_by=OPERATOR)
    budgets.approve(books, LAST_DAY.year, budget.version, None, day, entered_by=OPERATOR)


def _programme_codes(books: UnitOfWork) -> list[str | None]:
    return [*sorted(store.codes(books, programme))] or [None]


def _start_session(connection: Connection, user: str, party_id: int) -> str:
    """Create a login without a password and start a session; returns its reference."""
    login_id = logins.create(connection, user, None)
    logins.add_membership(connection, login_id, logins.find_community_id(connection, SLUG), party_id)
    return sessions.begin(connection, login_id, kept=True, device="Bench")
