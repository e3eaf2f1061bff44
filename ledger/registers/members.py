"""Members: the people of the community, and everyone else who can own an account; names stand apart, erasable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from ledger.chain.record_acts import NameRow, NewIdentities, next_id
from ledger.core.errors import FieldWrong, NameTaken, UnknownMember
from ledger.core.messages import make_message
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import party
from ledger.registers import store
from ledger.registers.cache import cached
from ledger.registers.communities import COMMUNITY_PARTY
from ledger.registers.records import Household, Member, Partner
from ledger.registers.registry import HOUSEHOLDS, MEMBERS, PARTNERS

__all__ = ["Household", "Member", "NewMember", "Partner", "Party"]

FIRST_PERSON = 2
"""The lowest number that a person can have: 0 is the community, 1 the operator."""


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A person who joins: their name, perhaps the name they sign in by, and the code of their household."""

    name: str
    joined: dt.date
    user: str | None = None
    household: str | None = None


@dataclass(frozen=True)
class Party:
    """Anyone who can own an account: member, household, group, partner, outside party; an erased name is empty."""

    party_id: int
    kind: str
    name: str


def get_all(uow: UnitOfWork) -> dict[int, Member]:
    """Everyone who is or was a member, by number, with their names."""
    return dict(cached(uow, "members", lambda: _read_members(uow)))


def _read_members(uow: UnitOfWork) -> dict[int, Member]:
    names = store.party_names(uow)
    return {member.party_id: _named(member, names) for member in MEMBERS.all(uow).values()}


def _named(member: Member, names: dict[int, store.PartyNames]) -> Member:
    known = names.get(member.party_id, store.PartyNames())
    return replace(member, name=known.name or "", user=known.user)


def enrolled(uow: UnitOfWork, day: dt.date) -> dict[int, Member]:
    """The members on a day, in order of their names."""
    return dict(cached(uow, ("enrolled", day), lambda: _read_enrolled(uow, day)))


def _read_enrolled(uow: UnitOfWork, day: dt.date) -> dict[int, Member]:
    found = [member for member in get_all(uow).values() if member.is_enrolled(day)]
    return {member.party_id: member for member in sorted(found, key=lambda m: (m.name.casefold(), m.party_id))}


def get(uow: UnitOfWork, party_id: int) -> Member:
    """One member by number; UnknownMember where nobody has it."""
    found = MEMBERS.get(uow, str(party_id))
    if found is None:
        raise UnknownMember(make_message("There is nobody with the number %(code)s in this community.", code=party_id))
    return _named(found, store.party_names(uow))


def parties(uow: UnitOfWork) -> dict[int, Party]:
    """Everyone who can own an account, by number; the community itself and the operator too."""
    return dict(cached(uow, "parties", lambda: _read_parties(uow)))


def _read_parties(uow: UnitOfWork) -> dict[int, Party]:
    names = store.party_names(uow)
    query = select(party.c.party_id, party.c.kind).where(party.c.community_id == uow.community_id)
    rows = uow.connection.execute(query.order_by(party.c.party_id))
    return {number: Party(number, kind, names.get(number, store.PartyNames()).name or "") for number, kind in rows}


def partners(uow: UnitOfWork) -> dict[int, Partner]:
    """The communities with which hours run both ways, by number, with their names."""
    names = store.party_names(uow)
    found = PARTNERS.all(uow).values()
    return {p.party_id: replace(p, name=names.get(p.party_id, store.PartyNames()).name or "") for p in found}


def households(uow: UnitOfWork) -> dict[str, Household]:
    """The households by code, with their names."""
    names = store.party_names(uow)
    found = HOUSEHOLDS.all(uow).items()
    return {code: replace(h, name=names.get(h.party_id, store.PartyNames()).name or "") for code, h in found}


def find_by_name(uow: UnitOfWork, name: str) -> int | None:
    """The number of the owner with exactly this name; None where nobody has it."""
    return owners(uow).get(name)


def owners(uow: UnitOfWork) -> dict[str, int]:
    """Every owner's number by name, without the community itself."""
    found = {known.name: number for number, known in store.party_names(uow).items() if number != COMMUNITY_PARTY}
    return {name: number for name, number in found.items() if name}


def find_by_user(uow: UnitOfWork, user: str) -> int | None:
    """The number of the member who signs in by this name here; None where nobody does."""
    return next((number for number, known in store.party_names(uow).items() if known.user == user), None)


def add(writing: WriteUnit, people: Sequence[NewMember], *, entered_by: int) -> list[int]:
    """Enrol people, all or none, in the order given; their numbers. NameTaken where a name is someone's already."""
    first = max(next_id(writing, "party"), FIRST_PERSON)
    numbers = list(range(first, first + len(people)))
    names, changes = [], []
    for number, person in zip(numbers, people, strict=True):
        names.append(NameRow(number, "name", normalize_name(person.name)))
        names += [NameRow(number, "user", normalize_name(person.user))] if person.user else []
        member = Member(party_id=number, joined=person.joined, household=person.household)
        changes.append(MEMBERS.change(member))
    refuse_taken(writing, names)
    opens = NewIdentities(parties=[(number, "member") for number in numbers])
    store.write(writing, changes, names, opens, entered_by=entered_by)
    return numbers


def add_party(writing: WriteUnit, kind: str, name: str, *, entered_by: int) -> int:
    """Enter someone else who can own an account: `outside`, `group`, `household` or `peer`; their number."""
    if kind not in ("outside", "group", "household", "peer"):
        raise FieldWrong("kind", make_message("An owner is a member, household, group, partner or outside party."))
    number = max(next_id(writing, "party"), FIRST_PERSON)
    names = [NameRow(number, "name", normalize_name(name))]
    refuse_taken(writing, names)
    store.write(writing, [], names, NewIdentities(parties=[(number, kind)]), entered_by=entered_by)
    return number


def change(writing: WriteUnit, member: Member, *, entered_by: int) -> int | None:
    """Change what is known of a member from now on: names, household, the days of joining and leaving."""
    names = [NameRow(member.party_id, "name", normalize_name(member.name))]
    names += [NameRow(member.party_id, "user", normalize_name(member.user))] if member.user else []
    refuse_taken(writing, names)
    return store.write(writing, [MEMBERS.change(member)], names, entered_by=entered_by)


def refuse_taken(uow: UnitOfWork, names: Sequence[NameRow]) -> None:
    """NameTaken where a name or user name is another's, in the books or in the list itself."""
    taken = {("name", known.name): number for number, known in store.party_names(uow).items()}
    taken |= {("user", known.user): number for number, known in store.party_names(uow).items()}
    for row in names:
        if taken.setdefault((row.part, row.body), row.party_id) != row.party_id:
            raise NameTaken(make_message("The name “%(name)s” is taken.", name=row.body), row.part)
