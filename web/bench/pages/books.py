"""Books for pages: the history, so many members, two of them signed in, claims that wait, and a year's plan."""

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
    """The references of two sessions: of a member without an office, and of the treasurer."""

    member: str
    treasurer: str


def prepare_books(bench: Bench, number: int) -> SessionReferences:
    """Enrol members until there are so many; sign two of them in; let claims wait, and put a plan in force."""
    with write_books(bench.engine, SLUG) as books:
        today = communities.today(books)
        new = [
            NewMember(name=f"Member {n:03}", joined=LAST_DAY)
            for n in range(len(bench.people) + 1, max(number, CLAIMS + 2) + 1)
        ]
        people = [*bench.people, *members.add(books, new, entered_by=OPERATOR)]
        member, treasurer = people[:2]
        roles.give(books, "treasurer", treasurer, today, today + dt.timedelta(OFFICE_DAYS), entered_by=OPERATOR)
        _claim(books, people[2 : 2 + CLAIMS], member, today)
        _plan(books, today)
    with write_transaction(bench.engine) as connection:
        return SessionReferences(_sign_in(connection, "member", member), _sign_in(connection, "treasurer", treasurer))


def _claim(books: WriteUnit, helpers: Sequence[int], receiver: int, day: dt.date) -> None:
    """Each helper writes down help for the receiver, whose yes it needs."""
    for helper in helpers:
        help_given = Hours(day=day, helpers=(helper,), receiver=receiver, minutes=60, what="Weeding")
        record.record(books, help_given, Actors(helper), Key(FORM, f"bench-claim-{helper}"))


def _plan(books: WriteUnit, day: dt.date) -> None:
    """A plan of the last year of the history, with a line for each cost of each programme."""
    budget = budgets.draft(books, LAST_DAY.year, entered_by=OPERATOR)
    lines = [
        BudgetLine(fund="GEN", programme=code, account=account, unit="EUR", months=(100_00,) * 12)
        for code in _programmes(books)
        for account in COSTS
    ]
    budgets.enter(books, LAST_DAY.year, budget.version, lines, entered_by=OPERATOR)
    budgets.approve(books, LAST_DAY.year, budget.version, None, day, entered_by=OPERATOR)


def _programmes(books: UnitOfWork) -> list[str | None]:
    return [*sorted(store.codes(books, programme))] or [None]


def _sign_in(connection: Connection, user: str, party_id: int) -> str:
    """A login without a password, and its session's reference."""
    login = logins.create(connection, user, None)
    logins.add_membership(connection, login, logins.find_community_id(connection, SLUG), party_id)
    return sessions.begin(connection, login, kept=True, device="Bench")
