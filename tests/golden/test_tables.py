"""Every golden table of Willow comes out exactly, row for row and field for field."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reports.render.json_export import plain_json
from reports.tables import compute_tables
from tests.golden.test_figures import FILES
from tests.golden.willow import figures_file, willow


@cache
def found(name: str) -> dict[str, Any]:
    return {table: plain_json(rows) for table, rows in compute_tables(willow(), FILES[name]).items()}


def wanted(name: str) -> dict[str, Any]:
    tables: dict[str, Any] = figures_file(name)["tables"]
    return tables


@pytest.mark.parametrize(("name", "table"), [(name, table) for name in FILES for table in wanted(name)])
def test_a_golden_table_comes_out_exactly(name: str, table: str) -> None:
    assert found(name).get(table) == wanted(name)[table]


@pytest.mark.parametrize("name", FILES)
def test_no_table_is_worked_out_that_the_golden_file_does_not_have(name: str) -> None:
    assert found(name).keys() == wanted(name).keys()
