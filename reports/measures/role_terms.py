"""Role terms on a day: current, overdue and ending soon."""

from __future__ import annotations

import datetime as dt

from ledger.registers.records import RoleTerm
from reports.data.dataset import Dataset


def current_roles(dataset: Dataset, day: dt.date) -> list[RoleTerm]:
    """Terms that run on a day, and ended terms without a successor."""
    terms = dataset.registers.roles
    return [term for term in terms if term.from_ <= day and (day <= term.to or not _is_followed(terms, term, day))]


def _is_followed(terms: tuple[RoleTerm, ...], term: RoleTerm, day: dt.date) -> bool:
    return any((other.role, other.scope) == (term.role, term.scope) and term.to < other.from_ <= day for other in terms)


def overdue_roles(dataset: Dataset, day: dt.date) -> list[RoleTerm]:
    """Ended terms without a successor."""
    return [term for term in current_roles(dataset, day) if term.to < day]


def ending_roles(dataset: Dataset, day: dt.date, days: int = 90) -> list[RoleTerm]:
    """Current terms that end within a number of days."""
    limit = day + dt.timedelta(days)
    return [term for term in current_roles(dataset, day) if day <= term.to <= limit]
