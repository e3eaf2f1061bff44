"""Who may make a sign-in link for whom: the maker could use it, so it must not open an office they do not hold."""

from __future__ import annotations

from ledger.core.errors import LedgerError
from ledger.core.messages import Message, make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import communities, members, roles
from ledger.registers.communities import OPERATOR
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity import permissions


class SlipForOffice(LedgerError):
    """A sign-in slip for an office holder is made by a holder of the same office, or on the server."""

    slug = "slip-for-office"


def refusal_message(books: UnitOfWork, maker: int, party_id: int) -> Message | None:
    """Why `maker` may not make a sign-in slip for a member; None if they may."""
    offices = offices_gained(books, maker, party_id)
    if not offices:
        return None
    return make_message(
        "%(person)s holds an office that you do not: %(offices)s. Ask someone who holds it too to make this slip. "
        "Where nobody does, whoever runs the server makes one: hourstead member link",
        person=members.get(books, party_id).name,
        offices=formats.names(sorted(gettext(permissions.OFFICE_NAMES[role]) for role in offices)),
    )


def offices_gained(books: UnitOfWork, maker: int, party_id: int) -> frozenset[str]:
    """The offices that a member holds today and the maker of their slip does not; none if the operator makes it."""
    if maker == OPERATOR:
        return frozenset()
    today = communities.today(books)
    return (roles.roles_held(books, party_id, today) - roles.roles_held(books, maker, today)) & permissions.OFFICES
