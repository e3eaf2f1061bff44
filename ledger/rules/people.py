"""Rules about people: who may write what down, for whom, and between whom."""

from __future__ import annotations

from ledger.core.errors import LedgerError, NotAllowed
from ledger.core.messages import N_, make_message
from ledger.kinds.base import MEMBER, OPERATOR, ORGANISER, TREASURER
from ledger.kinds.fields import fields_of
from ledger.rules.proposal import Proposal

WRITES_FOR_OTHERS = frozenset({ORGANISER, TREASURER, OPERATOR})
"""The offices that write down for members who have no e-mail or phone."""


class NotAMember(LedgerError):
    """Hours and swaps are between people who belong to the community on that day."""

    slug = "not-a-member"


class SamePerson(LedgerError):
    """Nobody gives to themselves."""

    slug = "same-person"


class OwnApproval(LedgerError):
    """Nobody says yes to what they wrote down or are paid themselves."""

    slug = "own-approval"


class GiftOutOfScope(LedgerError):
    """Hours are passed on only to those whom the community's policy names."""

    slug = "gift-out-of-scope"


def belongs_to_the_writers_office(case: Proposal) -> None:
    """A kind is recorded by those whose office it is; members record what they took part in."""
    if case.roles & case.kind.recorders - {MEMBER}:
        return
    if case.kind.keeps() and case.writer in case.books.keepers(case.kind.keeps() or "", case.kind.day):
        return
    if not case.roles & case.kind.recorders:
        raise NotAllowed(make_message("This is recorded by someone with another office."))
    if case.speaker not in case.kind.people():
        raise NotAllowed(make_message("You can write down what you took part in yourself."))


def is_written_for_someone_in_it(case: Proposal) -> None:
    """Organisers and treasurers write down for others who took part, where they did not take part themselves."""
    person = case.actors.on_behalf_of
    if person is None:
        return
    if not case.roles & WRITES_FOR_OTHERS:
        raise NotAllowed(make_message("Only organisers and treasurers write down for someone else."))
    if person not in case.kind.people():
        raise NotAllowed(make_message("You can write down for someone what they took part in."))
    if case.writer in case.kind.people():
        raise OwnApproval(make_message("You are part of this yourself. Let someone else write it down for them."))


def is_between_two_sides(case: Proposal) -> None:
    """Nobody stands on both sides."""
    gave, received = case.kind.sides()
    if set(gave) & set(received):
        raise SamePerson(make_message("The same person stands on both sides."), _field_of(case, gave))


def is_among_members(case: Proposal) -> None:
    """Everyone who gave or received was a member on the day."""
    for person in sorted(case.kind.people()):
        if not case.books.takes_part(person, case.kind.day):
            name, joined = case.books.name(person), case.books.joined(person)
            if joined is not None and case.kind.day < joined:
                words = N_("Not a member yet on that day: %(name)s. The first possible day is %(day)s.")
                raise NotAMember(make_message(words, name=name, day=joined), "day")
            raise NotAMember(make_message("Not a member on that day: %(name)s", name=name), _field_of(case, (person,)))


def _field_of(case: Proposal, people: tuple[int, ...]) -> str:
    """The question whose answer names one of these people; they may stand in its lines."""
    asking = [spec for spec in fields_of(type(case.kind)) if spec.type in ("member", "members", "rows")]
    for spec in asking:
        answer = getattr(case.kind, spec.name)
        if set(people) & set(answer if isinstance(answer, tuple) else (answer,)):
            return spec.name
    return asking[-1].name


def passes_hours_within_the_scope(case: Proposal) -> None:
    """Gifts of hours go as far as the policy says: the pot only, the household too, or any member."""
    passed_on = case.kind.passes_on()
    if passed_on is None:
        return
    giver, receiver = passed_on
    scope = str(case.books.policy("time.transfer_scope"))
    if scope.startswith("pot only"):
        raise GiftOutOfScope(make_message("Here hours are passed on to the community’s pot only."), "receiver")
    home = case.books.household(giver)
    if scope.startswith("household") and (home is None or home != case.books.household(receiver)):
        raise GiftOutOfScope(make_message("Here hours are passed on within a household, or to the pot."), "receiver")
