"""Report tables, one file for each family; a new table is a function in one of them."""

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
    """Every registered table, ordered by module name and then by definition, independent of import order."""
    for module in sorted(module_info.name for module_info in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return tuple(sorted(TABLES.values(), key=lambda table: table.work.__module__))


def compute_tables(dataset: Dataset, columns: Columns) -> Mapping[str, object]:
    """Compute the tables of a monthly or annual report, by name."""
    kind = ANNUAL if columns.is_annual else MONTHLY
    return {table.name: table.work(dataset, columns) for table in all_tables() if kind in table.of}
