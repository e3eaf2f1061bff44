"""Tables of the reports, one pure file each family; a new table is a function in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.tables.registry import ANNUAL, MONTHLY, TABLES, Table


@cache
def all_tables() -> tuple[Table, ...]:
    """Every table that the files of this package enrol, in the order of their names, whichever was read first."""
    for module in sorted(found.name for found in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return tuple(sorted(TABLES.values(), key=lambda one: one.work.__module__))


def compute_tables(dataset: Dataset, columns: Columns) -> Mapping[str, object]:
    """The tables of a monthly or an annual report, by name."""
    kind = ANNUAL if columns.is_annual else MONTHLY
    return {table.name: table.work(dataset, columns) for table in all_tables() if kind in table.of}
