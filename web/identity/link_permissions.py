"""Who may hand a way in to whom: whoever hands it over could use it, and so never gains an office by it."""

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
    """A slip for somebody in office is made by whoever holds that office too, or on the server."""

    slug = "slip-for-office"


def refusal_message(books: UnitOfWork, maker: int, party_id: int) -> Message | None:
    """Why somebody may not make a slip for a person of the community, None where they may."""
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
    """The offices that somebody's slip opens today and its maker does not hold; the server holds them all."""
    if maker == OPERATOR:
        return frozenset()
    today = communities.today(books)
    return (roles.roles_held(books, party_id, today) - roles.roles_held(books, maker, today)) & permissions.OFFICES
