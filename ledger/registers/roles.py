"""Roles with dated terms. Four of them give rights; the others only appear in reports."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from ledger.core.errors import FieldWrong, LedgerError, UnknownMember
from ledger.core.messages import N_, make_message
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.registers import communities, members, policies, store
from ledger.registers.records import RoleTerm
from ledger.registers.registry import MEMBERS, ROLES

MEMBER, ORGANISER, TREASURER, CHECKER = "member", "organiser", "treasurer", "checker"
ROLES_WITH_RIGHTS = (MEMBER, ORGANISER, TREASURER, CHECKER)
"""The roles that give rights; every enrolled person has `member`."""

_EARLY = N_("An office begins on somebody’s first day here at the earliest: %(day)s")
_LATE = N_("An office ends with somebody’s last day here at the latest: %(day)s")


class UnknownRole(LedgerError):
    """There is no such term of a role."""

    slug = "unknown-role"


class HolderNotHere(LedgerError):
    """The holder is not a member on every day of the term."""

    slug = "holder-not-here"


class OrganiserNeeded(LedgerError):
    """A community always has an organiser, because nobody else can give offices."""

    slug = "organiser-needed"


def get_all(uow: UnitOfWork) -> dict[str, RoleTerm]:
    """Every term by key, past and future ones too."""
    return ROLES.all(uow)


def roles_held(uow: UnitOfWork, party_id: int, on: dt.date) -> frozenset[str]:
    """The roles that a person holds on a day; `member` while they are enrolled."""
    roles = {term.role for term in get_all(uow).values() if term.holder == party_id and term.is_held(on)}
    member = MEMBERS.get(uow, str(party_id))
    return frozenset(roles | ({MEMBER} if member is not None and member.is_enrolled(on) else set()))


def holders(uow: UnitOfWork, role: str, on: dt.date) -> list[int]:
    """The people who hold a role on a day, by number."""
    return sorted(
        {t.holder for t in get_all(uow).values() if t.role == role and t.is_held(on) and t.holder is not None}
    )


def give(
    writing: WriteUnit,
    role: str,
    holder: int,
    from_: dt.date,
    to: dt.date | None = None,
    *,
    scope: str | None = None,
    entered_by: int,
) -> RoleTerm:
    """Give a person a role from one day to another, by default for the policy's term; repeating it changes nothing."""
    role = normalize_name(role)
    to = last_day(writing, holder, from_, to)
    earlier = [t for t in get_all(writing).values() if (t.role, t.scope, t.holder) == (role, scope, holder)]
    previous = max((t.term for t in earlier if t.to + dt.timedelta(days=1) == from_), default=0)
    term = RoleTerm(role=role, scope=scope, holder=holder, from_=from_, to=to, term=1 + previous)
    store.write(writing, [ROLES.change(term)], entered_by=entered_by)
    return term


def last_day(uow: UnitOfWork, holder: int, first: dt.date, last: dt.date | None = None) -> dt.date:
    """The last day of a term: `last`, or the end of the policy's term, or the holder's last day if that is earlier.

    Raises UnknownMember; FieldWrong if it is before the first day; HolderNotHere.
    """
    member = MEMBERS.get(uow, str(holder))
    if member is None:
        raise UnknownMember(make_message("There is nobody with the number %(code)s in this community.", code=holder))
    left = member.left or dt.date.max
    last = last or min(term_end(first, policies.get(uow, "gov.role_term_months")), max(left, first))
    if last < first:
        raise FieldWrong("last", make_message("The term ends before it begins."))
    if first < member.joined:
        raise HolderNotHere(make_message(_EARLY, day=member.joined.isoformat()), "first")
    if last > left:
        raise HolderNotHere(make_message(_LATE, day=left.isoformat()), "last")
    return last


def end(writing: WriteUnit, key: str, last: dt.date, *, entered_by: int) -> RoleTerm:
    """End a term on its new last day; a term that begins later is removed."""
    term = ROLES.get(writing, key)
    if term is None:
        raise UnknownRole(make_message("There is no such term of office: %(key)s", key=key))
    ended = replace(term, to=min(term.to, last))
    change = ROLES.withdraw(key) if ended.to < ended.from_ else ROLES.change(ended, key)
    store.write(writing, [change], entered_by=entered_by)
    return ended


def end_terms(writing: WriteUnit, holder: int, keys: Iterable[str], last: dt.date, *, entered_by: int) -> None:
    """End those of a person's terms that run on after a day; OrganiserNeeded where nobody else would be organiser."""
    terms = get_all(writing)
    running = [key for key in keys if terms[key].to > last]
    for key in running:
        end(writing, key, last, entered_by=entered_by)
    if any(terms[key].role == ORGANISER for key in running):
        _require_organiser(writing, holder, max(last, communities.today(writing)) + dt.timedelta(days=1))


def _require_organiser(writing: WriteUnit, other_than: int, day: dt.date) -> None:
    organisers = set(holders(writing, ORGANISER, day)) & set(members.enrolled(writing, day))
    if not organisers - {other_than}:
        raise OrganiserNeeded(
            make_message("Nobody would be organiser after that day. Give the office to someone else first.")
        )


def term_end(first: dt.date, months: object) -> dt.date:
    """The last day of a term of a number of months from its first day; 12 months if `months` is no number."""
    count = first.year * 12 + first.month - 1 + (months if isinstance(months, int) else 12)
    year, month = divmod(count, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)
