"""Approval: whose yes an entry needs before it stands in the books, and who may give it."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.amounts import Amount
from ledger.core.drafts import OPENING
from ledger.core.errors import LedgerError, NotAllowed
from ledger.core.messages import N_, make_message
from ledger.journal.idempotency import Actors
from ledger.kinds.base import ORGANISER, SECOND_OFFICES, TREASURER
from ledger.rules.funds import bound_funds_left
from ledger.rules.limits import takes_two_to_pass
from ledger.rules.people import OwnApproval
from ledger.rules.proposal import Proposal

TRUSTED = frozenset({TREASURER, ORGANISER})
"""The offices that check community hours where no keeper is free, and that say yes for members on paper."""
TINY = 4
"""Below so many members anyone else may be the second person."""


class DecisionMissing(LedgerError):
    """Above the community's threshold, money is paid out under a decision that is named."""

    slug = "decision-missing"


class NobodyToConfirm(LedgerError):
    """What needs a second person waits for one who exists."""

    slug = "nobody-to-confirm"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose yes is needed: that of each of some people, and that of any one of others."""

    each: frozenset[int] = frozenset()
    one_of: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.each or self.one_of)


NOBODY = Asked()
"""No yes is missing."""


def asked(case: Proposal) -> Asked:
    """Whose yes a case needs beside its writer's word; nobody's where it may be posted at once."""
    if takes_two_to_pass(case):
        return Asked(each=frozenset(case.kind.asks()) - {case.speaker}, one_of=_who_may_let_pass(case))
    if case.kind.asks():
        return Asked(each=frozenset(case.kind.asks()) - {case.speaker})
    if case.kind.keeps():
        return Asked(one_of=_checkers_of_hours(case))
    return Asked(one_of=_second_people(case) if needs_two(case) else frozenset())


def _who_may_let_pass(case: Proposal) -> frozenset[int]:
    """Members in office who have no part in it."""
    officers = case.books.holders(SECOND_OFFICES, case.books.today)
    return _somebody(officers - case.kind.people() - {case.writer, case.speaker})


def _checkers_of_hours(case: Proposal) -> frozenset[int]:
    """The programme's keeper, an organiser or a treasurer who did not do the work; anyone, where none is free."""
    if case.books.policy("time.confirm_by") == "none for community-paid":
        return frozenset()
    keepers = case.books.keepers(case.kind.keeps() or "", case.kind.day)
    members = case.books.enrolled(case.books.today)
    free = (members & keepers | case.books.holders(TRUSTED, case.books.today)) - case.kind.people()
    if case.writer in free:
        return frozenset()
    return _somebody((free or members) - case.kind.people() - {case.writer})


def needs_two(case: Proposal) -> bool:
    """Whether a second person is needed: for a year's close, or by a payment's amount, fund or payee."""
    if case.kind.always_two or bound_funds_left(case):
        return True
    if case.kind.payee() is not None and case.kind.payee() in (case.writer, case.actors.on_behalf_of):
        return True
    paid = paid_out(case)
    return paid > _limit(case, "gov.decision_above") or (
        paid >= _limit(case, "gov.two_people_from") and case.draft.decision is None
    )


def names_the_decision_it_needs(case: Proposal) -> None:
    """Large payments name a decision; emergency help does above the amount that two people may give at once."""
    limit = _limit(case, case.kind.decision_policy)
    if paid_out(case) > limit and case.draft.decision is None:
        words = N_("A payment above %(limit)s needs a decision. Write its number here.")
        raise DecisionMissing(make_message(words, limit=Amount(limit, case.books.currency)), "decision")


def paid_out(case: Proposal) -> int:
    """What leaves bank and cash for good, in minor units; moving money about and opening the books pay nothing out."""
    moved = 0
    if case.draft.family == OPENING:
        return moved
    for line in case.money:
        account = case.books.find_account(line.leaf.chart)
        moved += line.amount if account is not None and account.cash else 0
    return max(-moved, 0)


def _limit(case: Proposal, key: str) -> int:
    value = case.books.policy(key)
    return value if isinstance(value, int) else 0


def _second_people(case: Proposal) -> frozenset[int]:
    members = case.books.enrolled(case.books.today)
    allowed = members if len(members) < TINY else case.books.holders(case.kind.second_offices, case.books.today)
    return _somebody(allowed - {case.writer, case.actors.on_behalf_of, case.kind.payee()})


def _somebody(people: frozenset[int]) -> frozenset[int]:
    if not people:
        raise NobodyToConfirm(make_message("This needs a second person. Give someone else an office first."))
    return people


def refuse_wrong_yes(case: Proposal, wanted: Asked, actors: Actors) -> None:
    """NotAllowed or OwnApproval, unless these actors may say yes to the case."""
    person = actors.on_behalf_of or actors.entered_by
    if actors.entered_by in (case.writer, case.actors.on_behalf_of) or person == case.kind.payee():
        raise OwnApproval(make_message("You cannot say yes to what you wrote down or are paid yourself."))
    if person not in wanted.each | wanted.one_of:
        raise NotAllowed(make_message("This waits for someone else’s yes."))
    if actors.on_behalf_of is None:
        return
    if not case.books.roles(actors.entered_by, case.books.today) & TRUSTED or person in wanted.one_of:
        raise NotAllowed(make_message("Only organisers and treasurers say yes for someone else."))
    if actors.entered_by in case.kind.people():
        raise OwnApproval(make_message("You are part of this yourself. Let someone else say yes for them."))
