"""Opening a closed month again: one person asks with a reason, another agrees, and both stand in the chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.chain import hashing
from ledger.chain.hashing import canonical_json, sha256
from ledger.closing import period_states
from ledger.closing.reopen_request import (
    PEOPLE_NEEDED,
    Reopening,
    can_approve,
    find,
    open_requests,
    possible_approvers,
    reopening_of,
)
from ledger.core.errors import FieldWrong, LedgerError, NotAllowed
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.core.text import normalize_text
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal.idempotency import Key
from ledger.kinds.base import OPERATOR as OPERATOR_ROLE
from ledger.kinds.base import SECOND_OFFICES
from ledger.registers.communities import OPERATOR
from ledger.rules.approval import NobodyToConfirm
from ledger.rules.books_view import BooksLookup
from ledger.rules.people import OwnApproval
from ledger.workflow import agreements
from ledger.workflow.agreements import Agreement, Move
from ledger.workflow.courses import REOPENING
from ledger.workflow.state_machine import AlreadySettled

__all__ = [
    "NotClosed",
    "ReopenResult",
    "Reopening",
    "ReopeningAsked",
    "agree",
    "can_approve",
    "decline",
    "find",
    "open_requests",
    "possible_approvers",
    "request",
    "withdraw",
]


class NotClosed(LedgerError):
    """Only a closed month is opened again."""

    slug = "not-closed"


class ReopeningAsked(LedgerError):
    """One request to open a month again waits at a time."""

    slug = "reopening-asked"


@dataclass(frozen=True)
class ReopenResult:
    """What came of a deed: the request's number, and the months that are open again by it."""

    agreement_id: int
    months: tuple[Month, ...] = ()


def request(writing: WriteUnit, month: Month, reason: str, *, by: int, key: Key) -> ReopenResult:
    """Ask for a closed month to be opened again, with the reason; it waits for somebody else's yes.

    Raises NotAllowed, NotClosed, FieldWrong for a missing reason, ReopeningAsked, NobodyToConfirm.
    """
    reason = normalize_text(reason).strip()
    move = _move(by, key, ["ask", month.id, reason])
    before = agreements.moved_before(writing, key, move.fingerprint)
    if before is not None:
        return ReopenResult(before)
    if not _offices(writing, by) & (SECOND_OFFICES | {OPERATOR_ROLE}):
        raise NotAllowed(make_message("A month is opened again by those who hold an office."))
    if not period_states.month_state(writing, month).is_closed:
        raise NotClosed(make_message("This month is open: %(month)s", month=str(month)))
    if not reason:
        raise FieldWrong("reason", make_message("Say why the month is opened again."))
    if any(one.month == month for one in open_requests(writing)):
        raise ReopeningAsked(make_message("Someone asked for this month already. It waits for a yes."))
    if len(possible_approvers(writing, by) | ({by} - {OPERATOR})) < PEOPLE_NEEDED:
        raise NobodyToConfirm(make_message("This needs a second person. Give someone else an office first."))
    body = {"month": month.id, "reason": reason, "asked_by": by, "yes": []}
    return ReopenResult(agreements.begin(writing, REOPENING, body, move))


def agree(writing: WriteUnit, number: int, *, by: int, key: Key) -> ReopenResult:
    """Say yes; with two people behind it, the month and the later closed ones open, the newest first.

    Each is an act of its own whose facts name the reason and the people. Raises OwnApproval, NotAllowed,
    AlreadySettled, NotClosed.
    """
    move = _move(by, key, ["agree", number])
    if agreements.moved_before(writing, key, move.fingerprint) is not None:
        return ReopenResult(number)
    standing, found = _waiting(writing, number)
    _refuse(writing, found, by)
    opened = period_states.closed_months_from(writing, found.month)
    if found.month not in opened:
        raise NotClosed(make_message("This month is open: %(month)s", month=str(found.month)))
    yes = [*found.yes, by]
    body = standing.body | {"yes": yes}
    if len(found.people | {by}) < PEOPLE_NEEDED:
        agreements.move_on(writing, standing, REOPENING.after(standing.state, REOPENING.agree), body, move)
        return ReopenResult(number)
    facts = {"reason": found.reason, "asked_by": found.asked_by, "agreed_by": yes, "agreement": number}
    for month in opened:
        hashing.append_act(writing, period_states.REOPEN, entered_by=by, facts=facts, period_id=month.id)
    agreements.move_on(writing, standing, REOPENING.after(standing.state, REOPENING.finish), body, move)
    return ReopenResult(number, tuple(opened))


def decline(writing: WriteUnit, number: int, *, by: int, key: Key) -> ReopenResult:
    """Say no to a request that waits for one's yes; the month stays closed."""
    move = _move(by, key, ["turn-down", number])
    if agreements.moved_before(writing, key, move.fingerprint) is None:
        standing, found = _waiting(writing, number)
        _refuse(writing, found, by)
        agreements.move_on(writing, standing, REOPENING.after(standing.state, REOPENING.decline), standing.body, move)
    return ReopenResult(number)


def withdraw(writing: WriteUnit, number: int, *, by: int, key: Key) -> ReopenResult:
    """Take one's own request back; the month stays closed."""
    move = _move(by, key, ["take-back", number])
    if agreements.moved_before(writing, key, move.fingerprint) is None:
        standing, found = _waiting(writing, number)
        if by != found.asked_by:
            raise NotAllowed(make_message("Only who wrote it down can take it back."))
        agreements.move_on(writing, standing, REOPENING.after(standing.state, REOPENING.withdraw), standing.body, move)
    return ReopenResult(number)


def _offices(uow: UnitOfWork, person: int) -> frozenset[str]:
    books = BooksLookup(uow)
    return books.roles(person, books.today)


def _waiting(uow: UnitOfWork, number: int) -> tuple[Agreement, Reopening]:
    standing = agreements.get(uow, number)
    found = reopening_of(standing)
    if not found.is_open:
        raise AlreadySettled(make_message("This is settled already. Nothing was changed."))
    return standing, found


def _refuse(uow: UnitOfWork, found: Reopening, by: int) -> None:
    if by in (found.asked_by, *found.yes):
        raise OwnApproval(make_message("You asked for it, or said yes already. Someone else must agree."))
    if by not in possible_approvers(uow, found.asked_by):
        raise NotAllowed(make_message("This waits for someone else’s yes."))


def _move(by: int, key: Key, asked: list[Any]) -> Move:
    return Move(moved_by=by, key=key, fingerprint=sha256(canonical_json([*asked, by])))
