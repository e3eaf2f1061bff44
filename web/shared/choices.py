"""Options of members' forms: days, people, programmes."""

from __future__ import annotations

import datetime as dt

from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import members
from ledger.registers.registry import PROGRAMMES
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Option


def day_options(today: dt.date) -> list[Option]:
    """Today and yesterday; any other day is typed."""
    yesterday = today - dt.timedelta(days=1)
    return [
        Option(value=today.isoformat(), label=gettext("Today"), hint=formats.day(today)),
        Option(value=yesterday.isoformat(), label=gettext("Yesterday"), hint=formats.day(yesterday)),
    ]


def people_options(uow: UnitOfWork, today: dt.date, but: int | None = None) -> list[Option]:
    """The members enrolled on this day, except `but`."""
    enrolled = members.enrolled(uow, today)
    return [Option(value=str(party_id), label=member.name) for party_id, member in enrolled.items() if party_id != but]


def programme_options(uow: UnitOfWork) -> list[Option]:
    """The community's programmes, sorted by name."""
    named = sorted((programme.name or code, code) for code, programme in PROGRAMMES.all(uow).items())
    return [Option(value=code, label=name) for name, code in named]
