"""The registry of tables: functions from dataset and columns to frozen records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from ledger.core.periods import Span
from reports.data.columns import MONTH, YEAR, YTD, Columns
from reports.data.dataset import Dataset

Compute: TypeAlias = Callable[[Dataset, Columns], object]
ComputeT = TypeVar("ComputeT", bound=Compute)
TableData = TypeVar("TableData")

MONTHLY, ANNUAL = "monthly", "annual"
BOTH = (MONTHLY, ANNUAL)


@dataclass(frozen=True)
class Table:
    """A registered table and the report types (monthly, annual) that have it."""

    name: str
    of: tuple[str, ...]
    work: Compute


TABLES: dict[str, Table] = {}
"""Every registered table by name."""


def report_table(name: str, of: Iterable[str] = BOTH) -> Callable[[ComputeT], ComputeT]:
    """Register a table under a name."""

    def enrol(work: ComputeT) -> ComputeT:
        if name in TABLES:
            raise ValueError(f"two tables are called {name}")
        TABLES[name] = Table(name, tuple(of), work)
        return work

    return enrol


def by_period(
    dataset: Dataset, columns: Columns, work: Callable[[Dataset, Span], TableData]
) -> Mapping[str, TableData]:
    """Compute a table for the year to date and the month, or for the year."""
    return {name: work(dataset, columns.spans[name]) for name in (YTD, MONTH, YEAR) if name in columns.spans}
