"""What members' forms offer to choose from: days, people, programmes."""

from __future__ import annotations

import datetime as dt

from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import members
from ledger.registers.registry import PROGRAMMES
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Option


def day_options(today: dt.date) -> list[Option]:
    """Today and yesterday; any other day is written."""
    yesterday = today - dt.timedelta(days=1)
    return [
        Option(value=today.isoformat(), label=gettext("Today"), hint=formats.day(today)),
        Option(value=yesterday.isoformat(), label=gettext("Yesterday"), hint=formats.day(yesterday)),
    ]


def people_options(uow: UnitOfWork, today: dt.date, but: int | None = None) -> list[Option]:
    """The members of today by name, perhaps without one of them."""
    found = members.enrolled(uow, today)
    return [Option(value=str(number), label=member.name) for number, member in found.items() if number != but]


def programme_options(uow: UnitOfWork) -> list[Option]:
    """The community's programmes by name."""
    found = sorted((one.name or code, code) for code, one in PROGRAMMES.all(uow).items())
    return [Option(value=code, label=name) for name, code in found]


def with_empty_option(label: str, options: list[Option]) -> list[Option]:
    """The answers of a list that opens with none of them chosen."""
    return [Option(value="", label=label), *options]
