"""Rules about limits: hours go as far as the community chose, and no further unless someone lets one entry pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ledger.core import account_roles
from ledger.core.account_roles import OWNED_TIME
from ledger.core.amounts import MINUTES
from ledger.core.drafts import AccountKey
from ledger.core.errors import NotAllowed, OverLimit
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import OPERATOR, ORGANISER, TREASURER
from ledger.kinds.time.time_accounts import signed_clock
from ledger.limits.account_limits import Bounds
from ledger.rules.proposal import Proposal

LIFTERS = frozenset({TREASURER, ORGANISER, OPERATOR})
"""The offices that may let one entry pass a limit."""
READERS = frozenset({TREASURER, OPERATOR})
"""The offices that read how anybody's hours stand."""
FIELD = "lift"
"""The question that such a refusal belongs to: why may it pass this once?"""
ALONE = "time.limit_alone_minutes"
POT = AccountKey(account_roles.POT, MINUTES, "TB")
"""Stands for all accounts of hours that nobody owns."""

_OWN = N_(
    "Your hours stand at %(stands)s, and this would make it %(becomes)s. Here it stops at %(stop)s. "
    "Make it shorter, wait until you gave or received some, or talk with the treasurer."
)
_OFFICE = N_(
    "The hours of %(name)s stand at %(stands)s, and this would make it %(becomes)s. Here it stops at %(stop)s. "
    "Talk with them first. If it shall pass this once, write why."
)
_LIFTER = N_("This does not fit now, for: %(name)s. Talk with them first. If it shall pass this once, write why.")
_OTHER = N_("This does not fit now, for: %(name)s. Talk together; an organiser or the treasurer can help.")
_POT = N_(
    "The community’s pot stands at %(stands)s, and this would make it %(becomes)s. It stops at %(stop)s. "
    "Bring it to the assembly; if it shall pass this once, write why."
)


def lets_pass_by_office(case: Proposal) -> None:
    """Only treasurers and organisers let an entry pass a limit."""
    if case.lift is not None and not case.roles & LIFTERS:
        raise NotAllowed(make_message("Only organisers and treasurers let something pass a limit."))


def keeps_within_limits(case: Proposal) -> None:
    """No hours go past a hard limit, unless this entry may pass; what waits counts with the rest."""
    if case.lift is not None:
        return
    for leaf, change, bounds in passed(case):
        stop = bounds.stop(change)
        values = {
            "stands": signed_clock(-bounds.posted),
            "becomes": signed_clock(-bounds.after(change)),
            "stop": signed_clock(-(stop or 0)),
        }
        may_lift = case.roles & LIFTERS and not case.waited
        raise OverLimit(_refusal(case, leaf, values), FIELD if may_lift else None)


def _refusal(case: Proposal, leaf: AccountKey, values: dict[str, str]) -> Message:
    """The refusal for its reader: figures for the owner, the person who records for them and the treasurer only."""
    if leaf.owner == 0:
        return make_message(_POT, **values)
    name = case.books.name(leaf.owner)
    if case.waited:
        return make_message(_OTHER, name=name)
    if leaf.owner == case.writer and not case.roles & LIFTERS:
        return make_message(_OWN, **values)
    if case.roles & READERS or leaf.owner == case.speaker:
        return make_message(_OFFICE, name=name, **values)
    return make_message(_LIFTER if case.roles & LIFTERS else _OTHER, name=name)


def passed(case: Proposal) -> Iterator[tuple[AccountKey, int, Bounds]]:
    """The accounts whose hard limits a case would pass, each with its change and bounds; the pot is one of them."""
    pot = 0
    for leaf, change in _changes(case).items():
        if leaf.unit == MINUTES and leaf.chart not in OWNED_TIME:
            pot += change
        yield from _past(case, leaf, change, case.books.bounds(leaf))
    if pot:
        yield from _past(case, POT, pot, case.books.pot())


def _past(case: Proposal, leaf: AccountKey, change: int, bounds: Bounds) -> Iterator[tuple[AccountKey, int, Bounds]]:
    free = bounds.without(change) if case.has_room else bounds
    if free.stop(change) is not None:
        yield leaf, change, free


def _changes(case: Proposal) -> Counter[AccountKey]:
    changes: Counter[AccountKey] = Counter()
    for line in case.draft.postings:
        changes[line.leaf] += line.amount
    return changes


def takes_two_to_pass(case: Proposal) -> bool:
    """Whether letting a case pass takes two: it goes further than one may allow alone, or its writer is part of it."""
    if case.lift is None:
        return False
    past = [abs(bounds.after(change) - (bounds.stop(change) or 0)) for _, change, bounds in passed(case)]
    alone = case.books.policy(ALONE)
    is_far = not isinstance(alone, int) or max(past, default=0) > alone
    return bool(past) and (is_far or case.writer in case.kind.people())
