"""Roles: offices with dated terms. Four of them give rights; the others are facts that reports show."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

from ledger.core.errors import FieldWrong, LedgerError, UnknownMember
from ledger.core.messages import N_, make_message
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.registers import policies, store
from ledger.registers.records import RoleTerm
from ledger.registers.registry import MEMBERS, ROLES

MEMBER, ORGANISER, TREASURER, CHECKER = "member", "organiser", "treasurer", "checker"
ROLES_WITH_RIGHTS = (MEMBER, ORGANISER, TREASURER, CHECKER)
"""The roles that decide what someone may do; `member` comes with being enrolled."""


_EARLY = N_("An office begins on somebody’s first day here at the earliest: %(day)s")
_LATE = N_("An office ends with somebody’s last day here at the latest: %(day)s")


class UnknownRole(LedgerError):
    """A term that is ended was given before."""

    slug = "unknown-role"


class HolderNotHere(LedgerError):
    """An office is given for days on which its holder belongs to the community, from the first to the last."""

    slug = "holder-not-here"


def get_all(uow: UnitOfWork) -> dict[str, RoleTerm]:
    """Every term, past and future too, by its key."""
    return ROLES.all(uow)


def roles_held(uow: UnitOfWork, party_id: int, on: dt.date) -> frozenset[str]:
    """The roles that a person holds on a day; `member` while they are enrolled."""
    found = {term.role for term in get_all(uow).values() if term.holder == party_id and term.is_held(on)}
    enrolment = MEMBERS.get(uow, str(party_id))
    return frozenset(found | ({MEMBER} if enrolment is not None and enrolment.is_enrolled(on) else set()))


def holders(uow: UnitOfWork, role: str, on: dt.date) -> list[int]:
    """Who holds a role on a day, lowest number first."""
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
    """Give a person a role from a day to a day, by default for as long as the policy says; the same again is one."""
    role = normalize_name(role)
    to = last_day(writing, holder, from_, to)
    before = [t for t in get_all(writing).values() if (t.role, t.scope, t.holder) == (role, scope, holder)]
    in_a_row = [t.term for t in before if t.to + dt.timedelta(days=1) == from_]
    term = RoleTerm(role=role, scope=scope, holder=holder, from_=from_, to=to, term=1 + max(in_a_row, default=0))
    store.write(writing, [ROLES.change(term)], entered_by=entered_by)
    return term


def last_day(uow: UnitOfWork, holder: int, first: dt.date, last: dt.date | None = None) -> dt.date:
    """The last day of a term: the one that was asked for, or the policy's, or its holder's last day here before that.

    Raises UnknownMember, FieldWrong where it comes before the first, HolderNotHere.
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
    """End a term on a day, its last; a term that would not have begun by then is struck."""
    term = ROLES.get(writing, key)
    if term is None:
        raise UnknownRole(make_message("There is no such term of office: %(key)s", key=key))
    ended = replace(term, to=min(term.to, last))
    change = ROLES.withdraw(key) if ended.to < ended.from_ else ROLES.change(ended, key)
    store.write(writing, [change], entered_by=entered_by)
    return ended


def term_end(first: dt.date, months: object) -> dt.date:
    """The last day of a term of so many months from its first day."""
    count = first.year * 12 + first.month - 1 + (months if isinstance(months, int) else 12)
    year, month = divmod(count, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)
