"""One person as organisers see them, and the rules of ending offices that the pages share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import abort, request, url_for
from marshmallow import ValidationError

from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import Message, make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import communities, erasure, members, roles
from ledger.registers.records import Member, RoleTerm
from web import parsing
from web.i18n import formats
from web.i18n.formats import day_in_full
from web.i18n.translation import gettext
from web.identity import link_permissions, links, logins, permissions
from web.parsing import ParseError
from web.shared.components import Fact
from web.shared.form_state import Form


@dataclass(frozen=True, kw_only=True)
class SignIns:
    """Who in a community can sign in, and who holds a slip that can still be used."""

    with_login: frozenset[int]
    slips: Mapping[int, dt.datetime]

    def knows(self, party_id: int) -> bool:
        """Whether somebody has a way in, or holds a slip for one."""
        return party_id in self.with_login or party_id in self.slips

    def words(self, party_id: int) -> str:
        """How somebody's way in stands."""
        if party_id in self.slips:
            until = day_in_full(self.slips[party_id].date())
            return gettext("Has a slip, good until %(day)s", day=until)
        return gettext("Signs in") if party_id in self.with_login else gettext("Cannot sign in yet")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term of office as the page shows it; `end` is where its last day can be changed."""

    name: str
    days: str
    end: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person as the page shows them; `past` terms are over, `no_slip` and `no_erasing` say why not."""

    number: int
    name: str
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    past: tuple[Term, ...]
    is_here: bool
    has_left: bool
    can_erase: bool
    no_erasing: str
    can_sign_in: bool
    no_slip: str


def sign_ins(books: UnitOfWork) -> SignIns:
    """Who can sign in, and who holds a slip."""
    found = logins.parties_with_login(books.connection, books.community_id)
    return SignIns(with_login=found, slips=links.open_link_expiries(books.connection, books.community_id))


def office_name(role: str) -> str:
    """An office in the language of the page; one that gives no rights stands as it was written."""
    return gettext(permissions.OFFICE_NAMES[role]) if role in permissions.OFFICE_NAMES else role


def shown_name(known: Member) -> str:
    """What somebody is called; their number where the name was erased."""
    return known.name or gettext("Former member %(number)s", number=known.party_id)


def member(books: UnitOfWork, party_id: int) -> Member:
    """The member with this number; no such page where there is none."""
    found = members.get_all(books).get(party_id)
    if found is None:
        abort(404)
    return found


def person(books: UnitOfWork, party_id: int) -> Person:
    """What organisers know of somebody: offices, days, and how the way in stands."""
    known, today, ways = member(books, party_id), communities.today(books), sign_ins(books)
    has_left = known.has_left(today)
    way_in = gettext("Cannot sign in here") if has_left else ways.words(party_id)
    refused_slip = link_permissions.refusal_message(books, permissions.current_member().party_id, party_id)
    mine = {key: term for key, term in roles.get_all(books).items() if term.holder == party_id}
    terms = [(term.to >= today, _term(books.slug, party_id, key, term)) for key, term in mine.items()]
    return Person(
        number=party_id,
        name=shown_name(known),
        facts=tuple(_facts(books.slug, known, way_in)),
        terms=tuple(term for is_open, term in terms if is_open),
        past=tuple(term for is_open, term in terms if not is_open),
        is_here=known.is_enrolled(today),
        has_left=has_left,
        can_erase=has_left and bool(known.name),
        no_erasing=gettext("These names are gone already.")
        if has_left
        else formats.format_message(make_message(erasure.STILL_HERE)),
        can_sign_in=party_id in ways.with_login,
        no_slip=formats.format_message(refused_slip) if refused_slip else "",
    )


def _facts(slug: str, known: Member, way_in: str) -> Iterable[Fact]:
    change = url_for("person.ask_name", slug=slug, party_id=known.party_id)
    if known.name:
        yield Fact(term=gettext("Name"), detail=known.name, change=change)
    else:
        yield Fact(term=gettext("Name"), detail=gettext("erased"))
    first = url_for("person.ask_joined", slug=slug, party_id=known.party_id)
    yield Fact(term=gettext("First day"), detail=day_in_full(known.joined), change=first)
    if known.left:
        yield Fact(term=gettext("Last day"), detail=day_in_full(known.left))
    yield Fact(term=gettext("Sign-in"), detail=way_in)


def _term(slug: str, party_id: int, key: str, term: RoleTerm) -> Term:
    end = url_for("offices.ask_end", slug=slug, party_id=party_id, term=key)
    return Term(name=office_name(term.role), days=span(term), end=end)


def span(term: RoleTerm) -> str:
    """The days of a term."""
    return gettext("%(first)s to %(last)s", first=day_in_full(term.from_), last=day_in_full(term.to))


def joined_on(books: UnitOfWork, party_id: int, first: dt.date) -> Member:
    """The member with another first day; FieldsWrong for one after the last, or still to come for who is here."""
    known, today = member(books, party_id), communities.today(books)
    if known.left is not None and first > known.left:
        raise FieldsWrong({"first": make_message("The last day lies before the first.")})
    if known.is_enrolled(today) and first > today:
        raise FieldsWrong(
            {"first": make_message("Write a day that has come already. Today is %(today)s.", today=today)}
        )
    return replace(known, joined=first)


def days(books: UnitOfWork, written: Mapping[str, str]) -> list[dt.date]:
    """The days written in fields; FieldsWrong for those that cannot be understood."""
    today = communities.today(books)
    wrong: dict[str, Message] = {}
    found: list[dt.date] = []
    for field, text in written.items():
        try:
            found.append(parsing.parse_day(text, today))
        except ParseError as refusal:
            wrong[field] = refusal.message
    if wrong:
        raise FieldsWrong(wrong)
    return found


def refused(wrong: ValidationError | LedgerError) -> Form:
    """The form as it was sent, with what was wrong."""
    return Form.filled(request.form, wrong.messages_dict if isinstance(wrong, ValidationError) else wrong)
