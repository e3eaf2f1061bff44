"""Report tables, one file for each family; a new table is a function in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.tables.registry import ANNUAL, MONTHLY, TABLES, Table

_ORDER = "variance_table funds hours agenda cash_forecast plan resources trial_balance net_assets".split()
"""The families as reports list them; one that is not named here comes last."""


@cache
def all_tables() -> tuple[Table, ...]:
    """Every table that the files of this package enrol, family by family, whichever was imported first."""
    names = sorted(module.name for module in iter_modules(__path__))
    for name in names:
        import_module(f"{__name__}.{name}")
    places = {f"{__name__}.{name}": place for place, name in enumerate(dict.fromkeys([*_ORDER, *names]))}
    return tuple(sorted(TABLES.values(), key=lambda one: places[one.work.__module__]))


def compute_tables(dataset: Dataset, columns: Columns) -> Mapping[str, object]:
    """Compute the tables of a monthly or annual report, by name."""
    kind = ANNUAL if columns.is_annual else MONTHLY
    return {table.name: table.work(dataset, columns) for table in all_tables() if kind in table.of}
