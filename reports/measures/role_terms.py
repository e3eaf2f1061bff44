"""Who holds which role on a day, and which terms have run out: roles are facts, persons are not printed here."""

from __future__ import annotations

import datetime as dt

from ledger.registers.records import RoleTerm
from reports.data.dataset import Dataset


def current_roles(dataset: Dataset, day: dt.date) -> list[RoleTerm]:
    """Roles that someone holds, or held last while nobody has followed yet."""
    terms = dataset.registers.roles
    return [term for term in terms if term.from_ <= day and (day <= term.to or not _is_followed(terms, term, day))]


def _is_followed(terms: tuple[RoleTerm, ...], term: RoleTerm, day: dt.date) -> bool:
    return any((other.role, other.scope) == (term.role, term.scope) and term.to < other.from_ <= day for other in terms)


def overdue_roles(dataset: Dataset, day: dt.date) -> list[RoleTerm]:
    """Roles whose term is over while nobody has followed."""
    return [term for term in current_roles(dataset, day) if term.to < day]


def ending_roles(dataset: Dataset, day: dt.date, days: int = 90) -> list[RoleTerm]:
    """Roles whose term ends within so many days."""
    limit = day + dt.timedelta(days)
    return [term for term in current_roles(dataset, day) if day <= term.to <= limit]
