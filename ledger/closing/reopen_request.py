"""Requests to open a month again, as they stand, and who may say yes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds.base import SECOND_OFFICES
from ledger.registers.communities import OPERATOR
from ledger.rules.approval import TINY
from ledger.rules.books_view import BooksLookup
from ledger.workflow import agreements
from ledger.workflow.agreements import Agreement, UnknownAgreement
from ledger.workflow.courses import REOPENING

PEOPLE_NEEDED = 2
"""How many stand behind a month that is opened again; the operator is none of them."""


@dataclass(frozen=True, kw_only=True)
class Reopening:
    """A request: which month, why, who asked, who said yes so far, and whether it still waits."""

    agreement_id: int
    month: Month
    reason: str
    asked_by: int
    yes: tuple[int, ...]
    state: str
    opened_at: str

    @property
    def is_open(self) -> bool:
        """Whether it still waits for someone."""
        return self.state in REOPENING.open_states

    @property
    def people(self) -> frozenset[int]:
        """Who stands behind it so far."""
        return frozenset({self.asked_by, *self.yes}) - {OPERATOR}


def find(uow: UnitOfWork, number: int) -> Reopening:
    """One request by its number; UnknownAgreement where there is none."""
    return reopening_of(agreements.get(uow, number))


def open_requests(uow: UnitOfWork) -> list[Reopening]:
    """The requests that still wait, oldest first."""
    return [reopening_of(standing) for standing in agreements.open_ones(uow, REOPENING.open_states)]


def can_approve(uow: UnitOfWork, found: Reopening, person: int) -> bool:
    """Whether this person's yes would move a request on."""
    return (
        found.is_open
        and person not in (found.asked_by, *found.yes)
        and person in possible_approvers(uow, found.asked_by)
    )


def possible_approvers(uow: UnitOfWork, by: int) -> frozenset[int]:
    """Who may say yes to what someone asks: the other holders of an office; in a tiny community any other member."""
    books = BooksLookup(uow)
    members = books.enrolled(books.today)
    return (members if len(members) < TINY else books.holders(SECOND_OFFICES, books.today)) - {by}


def reopening_of(standing: Agreement) -> Reopening:
    """The request that an agreement holds; UnknownAgreement where it is something else."""
    if standing.kind != REOPENING.kind:
        raise UnknownAgreement(
            make_message("There is nothing with the number %(number)s.", number=standing.agreement_id)
        )
    body: Mapping[str, Any] = standing.body
    return Reopening(
        agreement_id=standing.agreement_id,
        month=Month.from_id(body["month"]),
        reason=body["reason"],
        asked_by=body["asked_by"],
        yes=tuple(body["yes"]),
        state=standing.state,
        opened_at=standing.opened_at,
    )
